// See set_presence.hpp.
#include "adapters/store/rules/set_presence.hpp"

#include "adapters/store/presence.hpp"

namespace parley::store {

const FoundVisitor* gather(const SetPresence& operation, Gathered& gathered) {
  return gathered.find(visitor_by_token(operation.token));
}

Result<Decision> decide(const SetPresence& operation, const FoundVisitor* visitor, const DecisionContext& context) {
  if (visitor == nullptr) return refusal(Code::no_such_visitor, "no visitor has this token");
  Visitor after = visitor->value;
  after.presence = operation.presence;
  after.updated_at = context.now;
  const bool is_here = operation.presence != Presence::offline;
  if (is_here) come_back(after, context.now);
  const Ref<Visitor> stored(std::move(after));
  return Decision{stored, {Put<Visitor>{visitor, stored, is_here ? context.now : Time()}}};
}

}  // namespace parley::store
