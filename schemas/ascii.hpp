// Classification and conversion of ASCII bytes, independent of the process's locale.
#pragma once

#include <algorithm>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::ascii {

[[nodiscard]] constexpr bool is_digit(char byte) noexcept { return byte >= '0' && byte <= '9'; }
[[nodiscard]] constexpr bool is_letter(char byte) noexcept {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}
[[nodiscard]] constexpr bool is_letter_or_digit(char byte) noexcept { return is_letter(byte) || is_digit(byte); }
[[nodiscard]] constexpr char to_lower(char byte) noexcept {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

/// The value of a hexadecimal digit, or -1.
[[nodiscard]] constexpr int hex_value(char byte) noexcept {
  if (is_digit(byte)) return byte - '0';
  const char lower = to_lower(byte);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}
/// The hexadecimal digits, indexed by value.
inline constexpr std::string_view hex_digits = "0123456789abcdef";

/// Whether the text consists of digits only, and has at least one.
[[nodiscard]] constexpr bool all_digits(std::string_view text) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}
[[nodiscard]] constexpr bool same_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char one, char other) { return one == other || to_lower(one) == to_lower(other); });
}
[[nodiscard]] constexpr bool starts_ignoring_case(std::string_view text, std::string_view start) noexcept {
  return same_ignoring_case(text.substr(0, start.size()), start);
}
/// The text without `blanks` at either end. The default is the whitespace of JSON.
[[nodiscard]] constexpr std::string_view trim(std::string_view text, std::string_view blanks = " \t\r\n") noexcept {
  const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

[[nodiscard]] inline String lower(std::string_view text) {
  String out(text);
  std::transform(out.begin(), out.end(), out.begin(), to_lower);
  return out;
}
/// Appends the two hexadecimal digits of each byte.
inline void append_hex(std::string_view bytes, String& out) {
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    out += hex_digits[value >> 4U];
    out += hex_digits[value & 15U];
  }
}

}  // namespace parley::ascii
