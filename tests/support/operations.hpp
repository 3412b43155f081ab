// What an operation asks of a backend: as text, for tests that compare two of them, and as an answer.
#pragma once

#include "schemas/outcome.hpp"

namespace parley::test {

/// The kind and every member of an operation, but for the query of a list: what that asks for shows in the answer.
[[nodiscard]] String describe(const Operation& operation);

/// What a backend answers an operation with that has only the records of `all`: of a list, the page that the query asks for.
[[nodiscard]] Outcome answer(const Operation& operation, const Outcome& all);

}  // namespace parley::test
