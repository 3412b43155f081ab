// The canonical answers: a backend returns an outcome, a facade encodes it.
#pragma once

#include "schemas/operation.hpp"

namespace parley {

/// The answer of any operation: a variant of the `Answer` types of all operations.
using Outcome = Operations::Outcome;

/// Whether `outcome` is a valid answer of Op: its `Answer`, or its `Substitute` if it has one.
template <class Op>
[[nodiscard]] bool may_answer(const Outcome& outcome) noexcept {
  if (std::holds_alternative<typename Op::Answer>(outcome)) return true;
  if constexpr (detail::HasSubstitute<Op>) return std::holds_alternative<typename Op::Substitute>(outcome);
  return false;
}

}  // namespace parley
