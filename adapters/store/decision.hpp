// The result of a rule: the answer, and the changes that must be on disk before the answer is sent.
#pragma once

#include <variant>

#include "adapters/store/errors.hpp"
#include "adapters/store/keys.hpp"
#include "schemas/canonical/page_visit.hpp"
#include "schemas/outcome.hpp"

namespace parley::store {

/// Adds or replaces a record.
template <class T>
struct Put {
  const Stored<T>* before;  ///< the replaced record, in the `Gathered` of the decision; nullptr: a new record
  Ref<T> after;             ///< has the same id as `before`
};

struct SetCounter {
  std::string_view name;  ///< a literal
  std::int64_t value;
};

/// Removes a chat with its messages.
struct Remove {
  const Stored<Chat>* chat;  ///< in the `Gathered` of the decision
};

/// Page visits are only added, never replaced. The chat of a message is stored before the message.
using Change =
    std::variant<Put<Visitor>, Put<Agent>, Put<Chat>, Put<Contact>, Put<Message>, PageVisit, SetCounter, Remove>;
/// To be made in this order.
using Changes = List<Change>;

/// Refers to records of the `Gathered` that it was made from, and shares records with its outcome. So it stays on one
/// thread until the changes are destroyed.
struct Decision {
  Outcome outcome;
  Changes changes;
};

/// Where new ids come from. Tests replace it.
struct IdSource {
  String (*random17)() = &ids::new_random17;
  String (*object24)() = &ids::new_object24;
};

/// The inputs of a decision besides its operation and records.
struct DecisionContext {
  Time now;
  IdSource ids{};
  std::string_view page_changes = "url";  ///< the only kind of page change that is recorded
};

}  // namespace parley::store
