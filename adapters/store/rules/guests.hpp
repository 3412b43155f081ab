// Usernames of visitors who chose none: guest-2, guest-3, …, each once.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::store {

/// The counter of the highest N of guest-N that was ever given out, chosen or loaded.
inline constexpr std::string_view guest_counter = "guest";

/// The name of the next guest, after the counter's value.
[[nodiscard]] String next_guest(std::int64_t& counter);

/// The N of guest-N; nothing: another name, or more than nine digits. A client may choose its name: it shall not use up the numbers.
[[nodiscard]] std::optional<std::int64_t> guest_number(std::string_view username) noexcept;

}  // namespace parley::store
