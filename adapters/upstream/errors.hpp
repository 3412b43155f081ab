// How this folder makes its errors. Connectors use the function for errors that they report as the upstream's.
#pragma once

#include "schemas/error.hpp"

namespace parley::upstream {

inline constexpr Source by_upstream{"upstream"};
/// An error of `by_upstream`.
[[nodiscard]] inline Error fault(Code code, String message, String field = {}, String detail = {}) {
  return {code, std::move(message), std::move(field), std::move(detail), by_upstream};
}

}  // namespace parley::upstream
