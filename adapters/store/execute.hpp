// Executes operations by their rules: first the single steps, for any store; then the whole, for a store that answers at once.
#pragma once

#include <functional>

#include "adapters/store/transaction.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// Notes in `gathered` the records that the operation needs. true: there are unanswered keys; call again when the store has
/// answered them. Does nothing for an operation that lists records: lists have no rule; each store reads them in its own way.
[[nodiscard]] bool gather_for(const Operation& operation, Gathered& gathered);

/// The decision of a writing operation, once all records are known. The same records and context give the same decision.
/// So a store that meets a conflict can gather again and decide again. Errors: the rule's; then nothing must change.
[[nodiscard]] Result<Decision> decision_for(const Operation& operation, Gathered& gathered,
                                            const DecisionContext& context);

/// The answer of a reading operation, once all records are known. Errors: the rule's.
[[nodiscard]] Result<Outcome> answer_for(const Operation& operation, Gathered& gathered);

/// contract::Call::vet: called before anything is changed; its error becomes the result. May be empty.
using Vet = std::function<Result<void>(const Outcome&)>;

/// Executes a writing operation. After an error of its rule or of `vet`, nothing has changed. After an error of the
/// transaction, the transaction is lost.
[[nodiscard]] Result<Outcome> execute(const Operation& operation, Transaction& transaction,
                                      const DecisionContext& context, const Vet& vet);

/// Executes a reading operation. `gathered` must be empty; afterwards it holds the records that the outcome was made
/// of. Errors: the rule's, the snapshot's.
[[nodiscard]] Result<Outcome> read(const Operation& operation, Snapshot& snapshot, Gathered& gathered);

}  // namespace parley::store
