// SetVisitorVariables: sets named values of a visitor, found by id or token.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// The visitor; nullptr if there is none.
const FoundVisitor* gather(const SetVisitorVariables& operation, Gathered& gathered);

/// The visitor after the change. If there is nothing to set, nothing changes. Errors: no_such_visitor, invalid_field (`attributes`).
Result<Decision> decide(const SetVisitorVariables& operation, const FoundVisitor* visitor,
                        const DecisionContext& context);

}  // namespace parley::store
