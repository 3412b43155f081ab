// What rules need from a store: to read records by key, and to change them. Rules do not know how a store does this.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"

namespace parley::store {

/// Records as of one moment: the results of several calls of `gather` are consistent. Used on one thread.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  /// Answers all open keys of `gathered`, as keys.hpp specifies. An error: the store does not answer, and nothing in `gathered` is valid.
  virtual Result<void> gather(Gathered& gathered) = 0;
};

/// Records that can be changed: either all changes take effect, or none.
class Transaction : public Snapshot {
 public:
  /// Makes the changes in their order; the next `gather` sees them. An error: the store does not answer, and the transaction is lost.
  virtual Result<void> apply(const Changes& changes) = 0;
};

}  // namespace parley::store
