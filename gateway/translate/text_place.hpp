// Where in a text something stands, in words: `(line 3, column 5)`.
#pragma once

#include <optional>
#include <string_view>

#include "schemas/error.hpp"
#include "schemas/text.hpp"

namespace parley::gateway::translate {

/// Line and column in bytes, from 1.
struct TextPlace {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// The place of the byte at `offset`.
[[nodiscard]] TextPlace place_at(std::string_view text, std::size_t offset) noexcept;

/// ` (line 3, column 5)`, as it ends a message about a text.
[[nodiscard]] String words_of(const TextPlace& place);

/// What a message says at its end, and the message without it; nothing where it names no place.
struct PlacedMessage {
  std::string_view what;
  TextPlace place;
};
[[nodiscard]] std::optional<PlacedMessage> split_place(std::string_view message) noexcept;

/// The error of a text that begins at `begin` of a larger one: its place becomes that in the larger one. A message without a place
/// gets that of the beginning.
[[nodiscard]] Error moved_to(Error error, const TextPlace& begin);

}  // namespace parley::gateway::translate
