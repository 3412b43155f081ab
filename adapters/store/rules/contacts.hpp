// GetContact, PutContact, PutIdentity, DeleteIdentity.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// Needs one round. nullptr: there is none.
const Stored<Contact>* gather(const GetContact& operation, Gathered& gathered);
/// Errors: no_such_contact.
Result<Outcome> decide(const GetContact& operation, const Stored<Contact>* contact);

/// What an identity says, apart from the identity itself: the visitor whose id it is, and who else is known by it.
struct SaidIdentity {
  const FoundVisitor* visitor = nullptr;
  const List<Stored<Contact>>* known = nullptr;
};
struct PutContactRecords {
  const Stored<Contact>* contact = nullptr;
  const Stored<Agent>* manager = nullptr;
  List<SaidIdentity> said{};  ///< of the identities of the operation, then of its e-mail addresses, then of its numbers
};
/// Needs up to two rounds. Asks for nothing of an operation that has too many identities.
PutContactRecords gather(const PutContact& operation, Gathered& gathered);
/// The contact as it is now. Errors: those of the operation.
Result<Decision> decide(const PutContact& operation, const PutContactRecords& found, const DecisionContext& context);

struct PutIdentityRecords {
  const Stored<Contact>* contact = nullptr;
  const Identity* identity = nullptr;  ///< that is changed; nullptr: none
  SaidIdentity said{};
};
/// Needs up to two rounds.
PutIdentityRecords gather(const PutIdentity& operation, Gathered& gathered);
/// The contact as it is now. Errors: those of the operation.
Result<Decision> decide(const PutIdentity& operation, const PutIdentityRecords& found, const DecisionContext& context);

const Stored<Contact>* gather(const DeleteIdentity& operation, Gathered& gathered);
/// The contact without the identity. Errors: no_such_contact.
Result<Decision> decide(const DeleteIdentity& operation, const Stored<Contact>* contact,
                        const DecisionContext& context);

}  // namespace parley::store
