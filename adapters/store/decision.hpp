// What a rule decides: the answer, and the changes that have to be on disk before anybody hears it.
#pragma once

#include <variant>

#include "adapters/store/keys.hpp"
#include "schemas/canonical/page_visit.hpp"
#include "schemas/outcome.hpp"

namespace parley::store {

/// Adds or replaces a record.
template <class T>
struct Put {
  const Stored<T>* before;  ///< what it replaces, in the `Gathered` of the decision; nullptr: a new record, of a new id
  Ref<T> after;             ///< of the same id as `before`
};

struct SetCounter {
  std::string_view name;  ///< a literal
  std::int64_t value;
};

/// A page visit is only ever added.
using Change = std::variant<Put<Visitor>, Put<Agent>, Put<Chat>, Put<Contact>, PageVisit, SetCounter>;
/// To be made in their order.
using Changes = List<Change>;

/// Uses records of the `Gathered` it was made from, and shares records with its outcome: stays on one thread until the changes are gone.
struct Decision {
  Outcome outcome;
  Changes changes;
};

/// Where new ids come from.
struct IdSource {
  String (*random17)() = &ids::new_random17;
  String (*object24)() = &ids::new_object24;
};

/// What a decision depends on beside its operation and records.
struct DecisionContext {
  Time now;
  IdSource ids{};
  std::string_view page_changes = "url";  ///< the only kind of page change that is noted
};

/// A rule's refusal.
[[nodiscard]] inline Error refusal(Code code, String message, String field = {}) {
  return {.code = code, .message = std::move(message), .field = std::move(field), .source = "store"};
}

}  // namespace parley::store
