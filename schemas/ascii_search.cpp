// Searches for both cases of the first byte. Each search passes over the text once.
#include "schemas/ascii_search.hpp"

#include "schemas/ascii.hpp"

namespace parley::ascii {

bool contains_ignoring_case(std::string_view text, std::string_view part) noexcept {
  if (part.empty()) return true;
  const char lower = to_lower(part.front());
  const char upper = is_letter(lower) ? static_cast<char>(lower - 'a' + 'A') : lower;
  std::size_t at_lower = text.find(lower);
  std::size_t at_upper = upper == lower ? std::string_view::npos : text.find(upper);
  for (;;) {
    const std::size_t at = std::min(at_lower, at_upper);
    if (at == std::string_view::npos || text.size() - at < part.size()) return false;
    if (same_ignoring_case(text.substr(at, part.size()), part)) return true;
    std::size_t& next = at == at_lower ? at_lower : at_upper;
    next = text.find(text[at], at + 1);
  }
}

}  // namespace parley::ascii
