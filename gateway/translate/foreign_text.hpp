// Files that cannot be JSON in UTF-8, known by their first bytes: a parser would only say that it met a strange byte.
#pragma once

#include <cstddef>
#include <string_view>

namespace parley::gateway::translate {

/// So many first bytes are enough to know.
inline constexpr std::size_t longest_foreign_begin = 6;

/// What the text is and what to do about it; empty where it may be JSON.
[[nodiscard]] std::string_view foreign_text(std::string_view text) noexcept;

}  // namespace parley::gateway::translate
