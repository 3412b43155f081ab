// MergeContacts: makes one contact of two.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

struct MergeContactsRecords {
  const Stored<Contact>* contact = nullptr;
  const Stored<Contact>* other = nullptr;
  List<const List<Stored<Chat>>*> chats{};  ///< of each visitor of `other`
};
/// Needs up to two rounds.
MergeContactsRecords gather(const MergeContacts& operation, Gathered& gathered);
/// The contact that is left. Errors: those of the operation.
Result<Decision> decide(const MergeContacts& operation, const MergeContactsRecords& found,
                        const DecisionContext& context);

}  // namespace parley::store
