// Recognises files that are not JSON in UTF-8 by their first bytes, for a better message than that of a parser.
#pragma once

#include <cstddef>
#include <string_view>

namespace parley::gateway::translate {

/// The number of bytes that are enough to decide.
inline constexpr std::size_t longest_foreign_begin = 6;

/// What the text is and what to do about it; empty if it may be JSON.
[[nodiscard]] std::string_view foreign_text(std::string_view text) noexcept;

}  // namespace parley::gateway::translate
