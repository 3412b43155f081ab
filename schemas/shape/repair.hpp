// Prepares text for parsing: skips a byte order mark, and finds invalid Unicode or replaces it by U+FFFD.
#pragma once

#include <cstddef>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::shape {

/// U+FFFD in UTF-8.
inline constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// The text without one byte order mark at its start, if it has one (RFC 8259, 8.1).
[[nodiscard]] std::string_view skip_byte_order_mark(std::string_view text) noexcept;

/// The offset of the first byte that is not strict UTF-8, or npos. Overlong forms, surrogates and values above U+10FFFF are not UTF-8.
[[nodiscard]] std::size_t find_bad_utf8(std::string_view text) noexcept;

/// `text` with U+FFFD in place of each byte that is not UTF-8.
[[nodiscard]] String replace_bad_utf8(std::string_view text);

/// One U+FFFD in a repaired text: its offset there, and how many bytes longer it is than what it replaces.
struct Repair {
  std::size_t at = 0;
  std::size_t growth = 0;
};
using Repairs = List<Repair>;  ///< in the order of the text

/// `json` with U+FFFD in place of each byte that is not UTF-8, and `\ufffd` in place of each escape of a lone surrogate. `repairs` gets the
/// list of them; what it had before is removed.
[[nodiscard]] String repair_json(std::string_view json, Repairs& repairs);

}  // namespace parley::shape
