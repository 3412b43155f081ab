// The records that a session has read and composed, ready to be shared with replies. A hit needs no allocation and no lock.
#pragma once

#include <array>
#include <list>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "adapters/contract/counter.hpp"
#include "adapters/store/versions.hpp"
#include "schemas/outcome.hpp"

namespace parley::store {

using CachedRecord = std::variant<Ref<Chat>, Ref<Visitor>, Ref<Agent>>;

/// May be read on any thread.
struct CacheCounts {
  contract::Counter hits, misses;
};

/// Limited in bytes; drops the least recently used records first. Used on one thread.
class Cache {
 public:
  Cache(const Versions& versions, std::size_t budget) noexcept : versions_(versions), budget_(budget) {}

  /// The record of that key, if it is cached and still current; otherwise nullptr. Valid until the next call of any member.
  const CachedRecord* find(Kind kind, std::string_view key);

  /// Keeps a record. `since`: Versions::now before the record was read. `slots`: those of all records that it was
  /// composed from. `bytes`: its approximate size. Does not keep a record that is larger than a quarter of the budget.
  void keep(Kind kind, std::string_view key, CachedRecord record, Versions::Number since, std::vector<Slot> slots,
            std::size_t bytes);

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] const std::shared_ptr<CacheCounts>& counts() const noexcept { return counts_; }

 private:
  struct Entry {
    Kind kind;
    String key;
    CachedRecord record;
    Versions::Number since;
    std::vector<Slot> slots;
    std::size_t bytes;
  };
  using Entries = std::list<Entry>;

  void drop(Entries::iterator entry);

  const Versions& versions_;
  std::size_t budget_;
  std::size_t used_ = 0;
  std::shared_ptr<CacheCounts> counts_ = std::make_shared<CacheCounts>();
  Entries entries_;  // the most recently used first
  std::array<std::unordered_map<std::string_view, Entries::iterator>, kind_count>
      index_;  // keys point into the entries
};

}  // namespace parley::store
