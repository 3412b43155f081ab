// How this folder makes its errors: facade and connector use the same function.
#pragma once

#include "schemas/error.hpp"

namespace parley::@NAME@ {

inline constexpr Source by_@NAME@{"@NAME@"};
/// An error of `by_@NAME@`.
[[nodiscard]] inline Error fault(Code code, String message, String field = {}, String detail = {}) {
  return {code, std::move(message), std::move(field), std::move(detail), by_@NAME@};
}

}  // namespace parley::@NAME@
