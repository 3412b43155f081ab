// What is wrong with text before it is parsed: a byte order mark is skipped; what is no Unicode is found, and replaced by U+FFFD
// where that is better than no answer at all.
#pragma once

#include <cstddef>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::shape {

/// U+FFFD in UTF-8.
inline constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// What stands behind one byte order mark, or all of a text that begins with none (RFC 8259, 8.1).
[[nodiscard]] std::string_view skip_byte_order_mark(std::string_view text) noexcept;

/// Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. Returns the offset of the first bad byte,
/// or npos.
[[nodiscard]] std::size_t find_bad_utf8(std::string_view text) noexcept;

/// `text` with U+FFFD for each byte that is no UTF-8.
[[nodiscard]] String replace_bad_utf8(std::string_view text);

/// One U+FFFD in a repaired text: where it begins there, and how many bytes longer it is than what it replaces.
struct Repair {
  std::size_t at = 0;
  std::size_t growth = 0;
};
using Repairs = List<Repair>;  ///< in the order of the text

/// JSON text with U+FFFD for each byte that is no UTF-8, and `\ufffd` for each escape of a surrogate that stands alone.
/// `repairs` is filled.
[[nodiscard]] String repair_json(std::string_view json, Repairs& repairs);

}  // namespace parley::shape
