// Places in a text: `(line 3, column 5)`.
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

/// ` (line 3, column 5)`, for the end of a message.
[[nodiscard]] String words_of(const TextPlace& place);

/// A message without the place at its end, and the place.
struct PlacedMessage {
  std::string_view what;
  TextPlace place;
};
/// Splits a message at its place; nothing if it has none.
[[nodiscard]] std::optional<PlacedMessage> split_place(std::string_view message) noexcept;

/// Converts the place in an error about a text to the larger text in which it begins at `begin`. A message without a place gets
/// `begin`.
[[nodiscard]] Error moved_to(Error error, const TextPlace& begin);

}  // namespace parley::gateway::translate
