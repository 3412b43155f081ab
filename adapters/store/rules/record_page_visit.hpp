// RecordPageVisit: records a page visit and updates the visitor's present page.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

struct RecordPageVisitRecords {
  const FoundVisitor* visitor = nullptr;
  const Stored<Chat>* chat = nullptr;  ///< set only if the visit is to be verified and the visitor exists
};

RecordPageVisitRecords gather(const RecordPageVisit& operation, Gathered& gathered);

/// The visit, and whether it was recorded: only the configured kind of change is. It is recorded even if nobody has the
/// token. It also updates the visitor's page: a change of `url` always does, another change only if the address differs.
/// The page history keeps the last 100 pages. Errors, whatever the kind of change: no_such_visitor, not_the_visitors_chat.
Result<Decision> decide(const RecordPageVisit& operation, const RecordPageVisitRecords& found,
                        const DecisionContext& context);

}  // namespace parley::store
