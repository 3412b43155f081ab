// The canonical answers: what a backend gives back and a facade encodes.
#pragma once

#include "schemas/operation.hpp"

namespace parley {

/// The answer of any operation: one alternative for each type that is the `Answer` of one.
using Outcome = Operations::Outcome;

/// Whether an outcome is one that Op may be answered with: its `Answer`, or its `Substitute` where it has one.
template <class Op>
[[nodiscard]] bool may_answer(const Outcome& outcome) noexcept {
  if (std::holds_alternative<typename Op::Answer>(outcome)) return true;
  if constexpr (detail::HasSubstitute<Op>) return std::holds_alternative<typename Op::Substitute>(outcome);
  return false;
}

}  // namespace parley
