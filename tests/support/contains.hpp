// What std::string_view has from C++23 on.
#pragma once

#include <string_view>

namespace parley::test {

[[nodiscard]] constexpr bool contains(std::string_view text, std::string_view part) noexcept {
  return text.find(part) != std::string_view::npos;
}

}  // namespace parley::test
