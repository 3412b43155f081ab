// How this folder makes its errors: facade and connector use the same function.
#pragma once

#include "schemas/error.hpp"

namespace parley::comm100 {

inline constexpr Source by_comm100{"comm100"};
/// Errors of the call that logs in. They are rendered as RFC 6749 specifies.
inline constexpr Source by_oauth{"comm100.oauth"};
/// An error of `by_comm100`.
[[nodiscard]] inline Error fault(Code code, String message, String field = {}, String detail = {}) {
  return {code, std::move(message), std::move(field), std::move(detail), by_comm100};
}

}  // namespace parley::comm100
