// SetVisitorVariables: named values of a visitor, by id or token.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// The visitor; nullptr where there is none.
const FoundVisitor* gather(const SetVisitorVariables& operation, Gathered& gathered);

/// The visitor as it is now; where nothing is to be set, as it was, with no change. Errors: no_such_visitor, invalid_field (`attributes`).
Result<Decision> decide(const SetVisitorVariables& operation, const FoundVisitor* visitor,
                        const DecisionContext& context);

}  // namespace parley::store
