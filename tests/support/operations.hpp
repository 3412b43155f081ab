// Describes an operation as text, for tests that compare operations, and answers one from given records.
#pragma once

#include "schemas/outcome.hpp"

namespace parley::test {

/// The kind of an operation and its members. Leaves out the query of a list, whose effect the answer shows, and for RegisterVisitor and
/// OpenChat what describes the client: `identity`, `ip`, `user_agent`, `host`, `source_destination`.
[[nodiscard]] String describe(const Operation& operation);

/// The answer of a backend that has only the records of `all`. For a list it is the page of the query.
[[nodiscard]] Outcome answer(const Operation& operation, const Outcome& all);

}  // namespace parley::test
