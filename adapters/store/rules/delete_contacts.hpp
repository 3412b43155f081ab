// DeleteContacts: removes people with all that is known of them.
#pragma once

#include "adapters/store/rules/erase.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// The contacts that there are, each once, and all of their visitors.
struct DeleteContactsRecords {
  List<const Stored<Contact>*> contacts;
  List<VisitorTraces> visitors{};
  List<const List<Stored<OfflineMessage>>*> offline_messages{};  ///< of the addresses of the contacts
};
/// Needs up to three rounds.
DeleteContactsRecords gather(const DeleteContacts& operation, Gathered& gathered);
/// How many were removed. Errors: those of the operation.
Result<Decision> decide(const DeleteContacts& operation, const DeleteContactsRecords& found,
                        const DecisionContext& context);

}  // namespace parley::store
