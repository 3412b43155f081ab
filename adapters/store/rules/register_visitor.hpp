// RegisterVisitor: who a registration finds, and what it makes or changes.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

struct RegisterVisitorRecords {
  const FoundVisitor* known = nullptr;    ///< whom the registration recognises
  const FoundVisitor* same_id = nullptr;  ///< of a new visitor: who has its id already
  const std::int64_t* guests = nullptr;   ///< of a new visitor with a guest's name: the highest N of guest-N so far
};

/// Token, then phone (by IdentityRule), then e-mail; two rounds for a new visitor.
RegisterVisitorRecords gather(const RegisterVisitor& operation, Gathered& gathered);

/// The visitor as it is now. An empty name, e-mail, phone or department means "leave it"; address, user agent, host, id and username are
/// only a new visitor's. Who is recognised by e-mail takes the new token. Errors: invalid_field (`id` is another visitor's; `attributes`).
Result<Decision> decide(const RegisterVisitor& operation, const RegisterVisitorRecords& found,
                        const DecisionContext& context);

}  // namespace parley::store
