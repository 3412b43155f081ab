// How this folder makes its errors: facade and connector use the same function.
#pragma once

#include "schemas/error.hpp"

namespace parley::enghouse {

inline constexpr Source by_enghouse{"enghouse"};
/// An error of `by_enghouse`.
[[nodiscard]] inline Error fault(Code code, String message, String field = {}, String detail = {}) {
  return {code, std::move(message), std::move(field), std::move(detail), by_enghouse};
}

}  // namespace parley::enghouse
