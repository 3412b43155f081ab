// Looking for a text in a long one, the case of ASCII letters ignored.
#pragma once

#include <string_view>

namespace parley::ascii {

/// Whether `part` stands in `text`; an empty part does. Made for texts of some hundred bytes and more: it jumps from one place to
/// the next where the first byte of `part` stands.
[[nodiscard]] bool contains_ignoring_case(std::string_view text, std::string_view part) noexcept;

}  // namespace parley::ascii
