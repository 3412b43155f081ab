// SetPresence: whether a visitor is at the keyboard.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// Needs one round.
const FoundVisitor* gather(const SetPresence& operation, Gathered& gathered);

/// The visitor as it is now. Any presence but `offline` is a sign of life. Errors: no_such_visitor.
Result<Decision> decide(const SetPresence& operation, const FoundVisitor* visitor, const DecisionContext& context);

}  // namespace parley::store
