// The store as its writer changes it: a transaction after the other, on the writing connection.
#pragma once

#include <map>
#include <vector>

#include "adapters/sqlite/tables.hpp"
#include "adapters/store/versions.hpp"

namespace parley::sqlite {

/// Reads and changes within the connection's transaction, which is the writer's to begin and end. Used on the writer's thread.
class Transaction final : public store::Transaction {
 public:
  explicit Transaction(Connection& connection);

  /// Errors: the connection's fault, which stays with the connection.
  Result<void> gather(store::Gathered& gathered) override;
  Result<void> apply(const store::Changes& changes) override;

  /// Writes what is kept in memory during a transaction; call before commit.
  void flush();
  /// The slots of everything changed since the last `committed` or `lost`.
  [[nodiscard]] const std::vector<store::Slot>& slots() const noexcept { return slots_; }
  void committed();
  /// Nothing since the last `committed` has happened.
  void lost();

  /// True while there has never been a record.
  [[nodiscard]] bool empty() { return tables_.empty(); }

 private:
  /// There is one writer, so a counter is read once, and written once a commit.
  struct Counter {
    std::int64_t value;
    std::int64_t committed;  // as it stands in the file
  };
  using Counters = std::map<std::string_view, Counter>;

  /// The counter; nullptr on a fault.
  Counter* counter(std::string_view name);

  Connection& connection_;
  Tables tables_;
  Writing writing_;
  Counters counters_;
  std::vector<store::Slot> slots_;
};

}  // namespace parley::sqlite
