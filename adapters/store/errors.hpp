// How rules and stores make their errors.
#pragma once

#include "schemas/error.hpp"

namespace parley::store {

inline constexpr Source by_store{"store"};
/// An error of `by_store`: a refusal of a rule, or a fault of the database.
[[nodiscard]] inline Error refusal(Code code, String message, String field = {}, String detail = {}) {
  return {code, std::move(message), std::move(field), std::move(detail), by_store};
}

/// The refusal of an answer with more than `most_messages`.
[[nodiscard]] Error too_many_messages();

}  // namespace parley::store
