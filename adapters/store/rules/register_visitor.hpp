// RegisterVisitor: finds the visitor of a registration, or makes one.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

struct RegisterVisitorRecords {
  const FoundVisitor* known = nullptr;          ///< the visitor that the registration identifies
  const FoundVisitor* same_id = nullptr;        ///< for a new visitor: the visitor that already has its id
  const List<Stored<Agent>>* agents = nullptr;  ///< where an agent is named
  const std::int64_t* guests = nullptr;  ///< for a new visitor without username, or with guest-N: the highest N so far
};

/// Looks by token, then by phone (if the IdentityRule says so), then by e-mail. A new visitor needs two rounds.
RegisterVisitorRecords gather(const RegisterVisitor& operation, Gathered& gathered);

/// The visitor after the registration. An empty name, e-mail, phone or department leaves the old value. Address, user
/// agent, host, id and username are set only for a new visitor. A visitor found by e-mail gets the new token. An agent's
/// registration is no sign of life. Errors: no_such_agent; invalid_field (`id` belongs to another visitor; `attributes`).
Result<Decision> decide(const RegisterVisitor& operation, const RegisterVisitorRecords& found,
                        const DecisionContext& context);

}  // namespace parley::store
