// What the rules need of a store: records by key, and changes to them. No rule knows how either is done.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"

namespace parley::store {

/// The records as of one moment: what two calls of `gather` find belongs together. Used on one thread.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  /// Answers everything that `gathered` wants, as keys.hpp says. An error: the store does not answer, and nothing that was gathered
  /// may be believed.
  virtual Result<void> gather(Gathered& gathered) = 0;
};

/// Records that can be changed: all of it becomes true at once, or none.
class Transaction : public Snapshot {
 public:
  /// Makes the changes, in their order; the next `gather` sees them. An error: the store does not answer, and the transaction is lost.
  virtual Result<void> apply(const Changes& changes) = 0;
};

}  // namespace parley::store
