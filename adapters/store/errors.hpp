// The errors of a store, whatever it is kept in.
#pragma once

#include "schemas/error.hpp"

namespace parley::store {

inline constexpr Source by_store{"store"};
/// An error of `by_store`: a rule's refusal, or a fault of what the records are kept in.
[[nodiscard]] inline Error refusal(Code code, String message, String field = {}, String detail = {}) {
  return {code, std::move(message), std::move(field), std::move(detail), by_store};
}

}  // namespace parley::store
