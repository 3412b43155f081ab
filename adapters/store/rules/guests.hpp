// Usernames of visitors who chose none: guest-2, guest-3, … Each is used once.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::store {

/// The counter's name. Its value is the highest N of any guest-N so far, whether it was given out, chosen or loaded.
inline constexpr std::string_view guest_counter = "guest";

/// Increments `counter` and returns the name of the next guest.
[[nodiscard]] String next_guest(std::int64_t& counter);

/// The N of guest-N. Nothing for another name, and for more than nine digits: a client that chooses its name must not
/// be able to use up the numbers.
[[nodiscard]] std::optional<std::int64_t> guest_number(std::string_view username) noexcept;

}  // namespace parley::store
