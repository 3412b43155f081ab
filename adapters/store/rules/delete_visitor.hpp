// DeleteVisitor: removes a visitor's personal data from all records.
#pragma once

#include "adapters/store/rules/erase.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// Needs up to two rounds.
VisitorTraces gather(const DeleteVisitor& operation, Gathered& gathered);

/// What was removed. Errors: no_such_visitor; visitor_has_open_chat.
Result<Decision> decide(const DeleteVisitor& operation, const VisitorTraces& found, const DecisionContext& context);

}  // namespace parley::store
