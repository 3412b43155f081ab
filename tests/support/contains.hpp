// `contains` of C++23's std::string_view.
#pragma once

#include <string_view>

namespace parley::test {

[[nodiscard]] constexpr bool contains(std::string_view text, std::string_view part) noexcept {
  return text.find(part) != std::string_view::npos;
}

}  // namespace parley::test
