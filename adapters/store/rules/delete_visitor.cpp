// See delete_visitor.hpp.
#include "adapters/store/rules/delete_visitor.hpp"

namespace parley::store {

VisitorTraces gather(const DeleteVisitor& operation, Gathered& gathered) {
  return gather_traces(gathered.find(operation.visitor.empty() ? visitor_by_secret(operation.token)
                                                               : visitor_by_id(operation.visitor.text)),
                       gathered);
}

Result<Decision> decide(const DeleteVisitor&, const VisitorTraces& found, const DecisionContext& context) {
  if (found.visitor == nullptr) return refusal(Code::no_such_visitor, "no such visitor");
  if (has_open_chat(found)) {
    return refusal(Code::visitor_has_open_chat, "the visitor has an open chat; close it first");
  }
  Decision decision;
  ErasedVisitor erased = erase({&found, 1}, {}, {}, context, decision.changes);
  erased.visitor = found.visitor->value.id;
  decision.outcome = std::move(erased);
  return decision;
}

}  // namespace parley::store
