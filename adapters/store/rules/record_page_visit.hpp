// RecordPageVisit: the visit itself, and where it moves the visitor to.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

struct RecordPageVisitRecords {
  const FoundVisitor* visitor = nullptr;
  const Stored<Chat>* chat = nullptr;  ///< only where the visit is to be verified, and the visitor is there
};

RecordPageVisitRecords gather(const RecordPageVisit& operation, Gathered& gathered);

/// The visit, whether it was noted or not. It is kept also for a token that nobody has; a visitor moves on with it: with a change of
/// `url` always, with another change only to another address. His history keeps the last 100 pages.
/// Errors, before the kind of change is looked at: no_such_visitor, not_the_visitors_chat.
Result<Decision> decide(const RecordPageVisit& operation, const RecordPageVisitRecords& found,
                        const DecisionContext& context);

}  // namespace parley::store
