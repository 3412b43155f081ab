// How this folder makes its errors: facade and connector use the same function.
#pragma once

#include "schemas/error.hpp"

namespace parley::comm100 {

inline constexpr Source by_comm100{"comm100"};
/// The errors of the call that logs in, which leave as RFC 6749 has them.
inline constexpr Source by_oauth{"comm100.oauth"};
/// An error of `by_comm100`.
[[nodiscard]] inline Error fault(Code code, String message, String field = {}, String detail = {}) {
  return {code, std::move(message), std::move(field), std::move(detail), by_comm100};
}

}  // namespace parley::comm100
