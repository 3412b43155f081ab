// The result of a rule: the answer, and the changes that must be on disk before the answer is sent.
#pragma once

#include <variant>

#include "adapters/store/errors.hpp"
#include "adapters/store/keys.hpp"
#include "schemas/canonical/file.hpp"
#include "schemas/canonical/page_visit.hpp"
#include "schemas/outcome.hpp"

namespace parley::store {

/// Adds or replaces a record.
template <class T>
struct Put {
  const Stored<T>* before;  ///< the replaced record, in the `Gathered` of the decision; nullptr: a new record
  Ref<T> after;             ///< has the same id as `before`
};

/// A visitor also has a time of its latest sign of life, which is no part of the record. A visitor with one is on the site, until its status
/// becomes out_of_site. If the token changes, the page visits of the old one become those of the new one; of a visitor without a token, the id
/// stands for it.
template <>
struct Put<Visitor> {
  const Stored<Visitor>* before;
  Ref<Visitor> after;
  Time seen{};  ///< a sign of life; unknown: none
};

struct SetCounter {
  std::string_view name;  ///< a literal
  std::int64_t value;
};

/// A part of a file. The file is not complete until it is put; a part replaces one with the same number.
struct PutFilePart {
  String file;
  std::int64_t number;
  std::string_view bytes;  ///< of the operation
  Time at;
};

/// Removes a file that is not complete. One that is stays.
struct RemoveUpload {
  String file;
};

/// Removes a record: a chat with its messages and files, a visitor without its chats, a file with its parts.
template <class T>
struct Remove {
  const Stored<T>* record;  ///< in the `Gathered` of the decision
};

/// Removes the messages and files of a chat, which keeps its counts.
struct RemoveMessages {
  const Stored<Chat>* chat;  ///< in the `Gathered` of the decision
};

/// Removes the page visits of a visitor.
struct RemovePages {
  String token;
};

/// Removes those of the oldest `limit` page visits that are older than `before`.
struct RemoveOldPages {
  Time before;
  std::size_t limit;
};

/// Page visits are only added, never replaced. The chat of a message is stored before the message.
using Change = std::variant<Put<Visitor>, Put<Agent>, Put<Chat>, Put<Contact>, Put<Message>, Put<Department>,
                            Put<OfflineMessage>, PageVisit, SetCounter, Remove<Chat>, Remove<Visitor>, Remove<Contact>,
                            Remove<Department>, Remove<OfflineMessage>, RemoveMessages, RemovePages, RemoveOldPages,
                            Put<File>, PutFilePart, RemoveUpload, Remove<File>>;
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
