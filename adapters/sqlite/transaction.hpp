// The store as the writer changes it: one transaction after another, on the writing connection.
#pragma once

#include <map>
#include <vector>

#include "adapters/sqlite/tables.hpp"
#include "adapters/sqlite/writing.hpp"
#include "adapters/store/versions.hpp"

namespace parley::sqlite {

/// Reads and changes records within the connection's transaction, which the writer begins and ends. Used on the writer's thread.
class Transaction final : public store::Transaction {
 public:
  explicit Transaction(Connection& connection);

  /// Errors: the connection's fault, which stays with the connection.
  Result<void> gather(store::Gathered& gathered) override;
  Result<void> apply(const store::Changes& changes) override;

  /// Writes the values that are kept in memory during a transaction. Call it before the commit.
  void flush();
  /// The slots of everything that was changed since the last `committed` or `lost`.
  [[nodiscard]] const std::vector<store::Slot>& slots() const noexcept { return slots_; }
  /// Whether a record was changed since then: any but page visits, counters and parts of files, which no list shows.
  [[nodiscard]] bool changed() const noexcept { return changed_; }
  void committed();
  /// Call this if the transaction was lost: forgets everything since the last `committed`.
  void lost();

  /// True while there are no records.
  [[nodiscard]] bool empty() { return tables_.empty(); }

 private:
  /// Because there is only one writer, a counter is read once, and written once per commit.
  struct Counter {
    std::int64_t value;
    std::int64_t committed;  // the value in the file
  };
  using Counters = std::map<std::string_view, Counter>;

  /// The counter; nullptr on a fault.
  Counter* counter(std::string_view name);

  Connection& connection_;
  Tables tables_;
  Writing writing_;
  Counters counters_;
  std::vector<store::Slot> slots_;
  bool changed_ = false;
};

}  // namespace parley::sqlite
