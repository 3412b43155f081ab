// Searches a long text for a part, ignoring the case of ASCII letters.
#pragma once

#include <string_view>

namespace parley::ascii {

/// Whether `text` contains `part`. Every text contains the empty part. Made for texts of a few hundred bytes and more: it jumps between
/// the occurrences of the first byte of `part`.
[[nodiscard]] bool contains_ignoring_case(std::string_view text, std::string_view part) noexcept;

}  // namespace parley::ascii
