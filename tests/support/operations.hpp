// What an operation asks of a backend, as text: for tests that compare two of them.
#pragma once

#include "schemas/operation.hpp"

namespace parley::test {

/// The kind and every member that a backend without a query language looks at. The ListQuery of a list is left out: whether it
/// is obeyed shows in the answer alone.
[[nodiscard]] String describe(const Operation& operation);

}  // namespace parley::test
