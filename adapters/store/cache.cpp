// A list in order of use, and an index into it.
#include "adapters/store/cache.hpp"

namespace parley::store {

const CachedRecord* Cache::find(Kind kind, std::string_view key) {
  auto& index = index_[static_cast<std::size_t>(kind)];
  const auto found = index.find(key);
  if (found == index.end()) {
    counts_->misses.add();
    return nullptr;
  }
  const Entries::iterator entry = found->second;
  if (!versions_.unchanged(entry->slots, entry->since)) {
    counts_->misses.add();
    drop(entry);
    return nullptr;
  }
  counts_->hits.add();
  entries_.splice(entries_.begin(), entries_, entry);
  return &entry->record;
}

void Cache::keep(Kind kind, std::string_view key, CachedRecord record, Versions::Number since, std::vector<Slot> slots,
                 std::size_t bytes) {
  bytes += sizeof(Entry) + key.size() + slots.size() * sizeof(Slot) + 64;  // 64: the nodes of the list and the index
  if (bytes > budget_ / 4) return;
  auto& index = index_[static_cast<std::size_t>(kind)];
  if (const auto found = index.find(key); found != index.end()) drop(found->second);
  while (used_ + bytes > budget_) drop(std::prev(entries_.end()));
  entries_.push_front(Entry{kind, String(key), std::move(record), since, std::move(slots), bytes});
  index.emplace(entries_.front().key, entries_.begin());
  used_ += bytes;
}

void Cache::drop(Entries::iterator entry) {
  used_ -= entry->bytes;
  index_[static_cast<std::size_t>(entry->kind)].erase(entry->key);
  entries_.erase(entry);
}

}  // namespace parley::store
