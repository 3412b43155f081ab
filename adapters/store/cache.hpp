// The records and lists that a session has read and composed, ready to be shared with replies. A hit needs no lock.
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

/// A record, the page of a list, or messages of a chat.
using CachedAnswer = std::variant<Ref<Chat>, Ref<Visitor>, Ref<Agent>, Page<Chat>, Page<Visitor>, Page<Agent>,
                                  Page<Department>, Page<OfflineMessage>, Page<Contact>, Transcript>;

/// May be read on any thread.
struct CacheCounts {
  contract::Counter hits, misses;
};

/// Limited in bytes; drops the least recently used answers first. Used on one thread.
class Cache {
 public:
  Cache(const Versions& versions, std::size_t budget) noexcept : versions_(versions), budget_(budget) {}

  /// The record of that key, if it is cached and still current; otherwise nullptr. Valid until the next call of any member.
  const CachedAnswer* find(Kind kind, std::string_view key) { return find_in(static_cast<std::size_t>(kind), key); }
  /// The page with that list_key, as `find`. A page is current until the next commit, whatever that changes.
  const CachedAnswer* find_list(std::string_view key) { return find_in(list_index, key); }

  /// Keeps a record. `since`: Versions::now before the record was read. `slots`: those of all records that it was
  /// composed from. `bytes`: its approximate size. Does not keep a record that is larger than a quarter of the budget.
  void keep(Kind kind, std::string_view key, CachedAnswer record, Versions::Number since, std::vector<Slot> slots,
            std::size_t bytes) {
    keep_in(static_cast<std::size_t>(kind), key, std::move(record), since, std::move(slots), bytes);
  }
  /// Keeps a page, as `keep` does with a record.
  void keep_list(std::string_view key, CachedAnswer page, Versions::Number since, std::size_t bytes) {
    keep_in(list_index, key, std::move(page), since, {}, bytes);
  }

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] const std::shared_ptr<CacheCounts>& counts() const noexcept { return counts_; }

 private:
  static constexpr std::size_t list_index = kind_count;

  struct Entry {
    std::size_t index;  ///< in index_
    String key;
    CachedAnswer answer;
    Versions::Number since;
    std::vector<Slot> slots;  ///< empty for a list, which depends on every record
    std::size_t bytes;
  };
  using Entries = std::list<Entry>;

  const CachedAnswer* find_in(std::size_t index, std::string_view key);
  void keep_in(std::size_t index, std::string_view key, CachedAnswer answer, Versions::Number since,
               std::vector<Slot> slots, std::size_t bytes);
  [[nodiscard]] bool is_current(Entry& entry) const noexcept;
  void drop(Entries::iterator entry);

  const Versions& versions_;
  std::size_t budget_;
  std::size_t used_ = 0;
  std::shared_ptr<CacheCounts> counts_ = std::make_shared<CacheCounts>();
  Entries entries_;  // the most recently used first
  // One for each kind of record, and one for lists. Keys point into the entries.
  std::array<std::unordered_map<std::string_view, Entries::iterator>, kind_count + 1> index_;
};

}  // namespace parley::store
