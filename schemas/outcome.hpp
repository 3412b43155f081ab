// The canonical answers: a backend returns an outcome, a facade encodes it.
#pragma once

#include "schemas/operation.hpp"

namespace parley {

/// The answer of any operation: a variant of the `Answer` types of all operations. Compiled once, as Operation is.
struct Outcome : Operations::OutcomeVariant {
  using variant::variant;
  Outcome(const Outcome&);
  Outcome(Outcome&&) noexcept;
  Outcome& operator=(const Outcome&);
  Outcome& operator=(Outcome&&) noexcept;
  ~Outcome();
};

/// Whether `outcome` is a valid answer of Op: its `Answer`, or its `Substitute` if it has one.
template <class Op>
[[nodiscard]] bool may_answer(const Outcome& outcome) noexcept {
  if (std::holds_alternative<typename Op::Answer>(outcome)) return true;
  if constexpr (detail::HasSubstitute<Op>) return std::holds_alternative<typename Op::Substitute>(outcome);
  return false;
}

}  // namespace parley
