// A header whose value is a list (RFC 9110, 5.6.1). All code that reads such a header uses this reading. Empty members
// do not count: `a,,b` has two members; `,a` and `a,` have one.
#pragma once

#include <optional>
#include <string_view>

#include "schemas/ascii.hpp"

namespace parley::http {

/// `text` without the blanks and tabs around it.
[[nodiscard]] constexpr std::string_view without_blanks(std::string_view text) noexcept {
  return ascii::trim(text, " \t");
}

/// Walks the members of one header line. Commas inside quotes and comments separate, too: do not use it for headers that can have them.
class HeaderList {
 public:
  explicit constexpr HeaderList(std::string_view value) noexcept : rest_(value) {}

  /// The next member from the left; nullopt at the end. Never an empty member.
  constexpr std::optional<std::string_view> next() noexcept {
    while (!rest_.empty()) {
      const std::size_t comma = rest_.find(',');
      const std::string_view member = without_blanks(rest_.substr(0, comma));
      rest_ = comma == std::string_view::npos ? std::string_view() : rest_.substr(comma + 1);
      if (!member.empty()) return member;
    }
    return {};
  }
  /// The next member from the right; nullopt at the end. Never an empty member.
  constexpr std::optional<std::string_view> last() noexcept {
    while (!rest_.empty()) {
      const std::size_t comma = rest_.rfind(',');
      const bool alone = comma == std::string_view::npos;
      const std::string_view member = without_blanks(alone ? rest_ : rest_.substr(comma + 1));
      rest_ = alone ? std::string_view() : rest_.substr(0, comma);
      if (!member.empty()) return member;
    }
    return {};
  }

 private:
  std::string_view rest_;
};

}  // namespace parley::http
