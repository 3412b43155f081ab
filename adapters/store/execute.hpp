// Operations by their rules: first the parts, for any store; then put together, for a store that answers at once.
#pragma once

#include <functional>

#include "adapters/store/transaction.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// Notes in `gathered` what the operation wants to know. True: there is something; call again when the store has answered. A list wants
/// nothing: lists are no rule's, each store reads them in its own way.
[[nodiscard]] bool gather_for(const Operation& operation, Gathered& gathered);

/// What a writing operation comes to, when all is known. The same records and context give the same decision: a store that meets a conflict
/// gathers anew and decides again. Errors: the rule's; then nothing changes.
[[nodiscard]] Result<Decision> decision_for(const Operation& operation, Gathered& gathered,
                                            const DecisionContext& context);

/// What a reading operation comes to, when all is known. Errors: the rule's.
[[nodiscard]] Result<Outcome> answer_for(const Operation& operation, Gathered& gathered);

/// contract::Call::vet: asked before anything is changed; its error becomes the result. May be empty.
using Vet = std::function<Result<void>(const Outcome&)>;

/// Executes a writing operation. An error of its rule or of `vet` has changed nothing; after one of the transaction, that is lost.
[[nodiscard]] Result<Outcome> execute(const Operation& operation, Transaction& transaction,
                                      const DecisionContext& context, const Vet& vet);

/// Executes a reading operation; `gathered`, empty before, holds what the outcome was made of. Errors: the rule's, the snapshot's.
[[nodiscard]] Result<Outcome> read(const Operation& operation, Snapshot& snapshot, Gathered& gathered);

}  // namespace parley::store
