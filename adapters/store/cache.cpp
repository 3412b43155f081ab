// A list in order of use, and an index into it.
#include "adapters/store/cache.hpp"

namespace parley::store {

const CachedAnswer* Cache::find_in(std::size_t index, std::string_view key) {
  const auto found = index_[index].find(key);
  if (found == index_[index].end()) {
    counts_->misses.add();
    return nullptr;
  }
  const Entries::iterator entry = found->second;
  if (!is_current(*entry)) {
    counts_->misses.add();
    drop(entry);
    return nullptr;
  }
  counts_->hits.add();
  entries_.splice(entries_.begin(), entries_, entry);
  return &entry->answer;
}

void Cache::keep_in(std::size_t index, std::string_view key, CachedAnswer answer, Versions::Number since,
                    std::vector<Slot> slots, std::size_t bytes) {
  bytes += sizeof(Entry) + key.size() + slots.size() * sizeof(Slot) + 64;  // 64: the nodes of the list and the index
  if (bytes > budget_ / 4) return;
  if (const auto found = index_[index].find(key); found != index_[index].end()) drop(found->second);
  while (used_ + bytes > budget_) drop(std::prev(entries_.end()));
  entries_.push_front(Entry{index, String(key), std::move(answer), since, std::move(slots), bytes});
  index_[index].emplace(entries_.front().key, entries_.begin());
  used_ += bytes;
}

bool Cache::is_current(Entry& entry) const noexcept {
  if (entry.index == list_index) return versions_.now() == entry.since;
  return versions_.unchanged(entry.slots, entry.since);
}

void Cache::drop(Entries::iterator entry) {
  used_ -= entry->bytes;
  index_[entry->index].erase(entry->key);
  entries_.erase(entry);
}

}  // namespace parley::store
