// Rows go through Tables and Writing; counters are kept in memory.
#include "adapters/sqlite/transaction.hpp"

#include "adapters/store/slots.hpp"

namespace parley::sqlite {

Transaction::Transaction(Connection& connection) : connection_(connection), tables_(connection), writing_(connection) {}

Transaction::Counter* Transaction::counter(std::string_view name) {
  if (const auto known = counters_.find(name); known != counters_.end()) return &known->second;
  std::optional<std::int64_t> value;
  tables_.find(store::CounterKey{name}, value);
  if (connection_.faulty()) return nullptr;
  return &counters_.emplace(name, Counter{*value, *value}).first->second;
}

Result<void> Transaction::gather(store::Gathered& gathered) {
  gathered.ask([this](const auto& key, auto& place) {
    if constexpr (std::is_same_v<decltype(key), const store::CounterKey&>) {
      if (const Counter* known = counter(key.name)) place = known->value;
    } else {
      tables_.find(key, place);
    }
  });
  return connection_.check();
}

Result<void> Transaction::apply(const store::Changes& changes) {
  const auto make = [this]<class Change>(const Change& change) {
    constexpr bool of_pages = std::is_same_v<Change, PageVisit> || std::is_same_v<Change, store::RemovePages> ||
                              std::is_same_v<Change, store::RemoveOldPages>;
    constexpr bool of_upload =
        std::is_same_v<Change, store::PutFilePart> || std::is_same_v<Change, store::RemoveUpload>;
    if constexpr (!of_pages && !of_upload && !std::is_same_v<Change, store::SetCounter>) changed_ = true;
    if constexpr (std::is_same_v<Change, PageVisit>) {
      writing_.add(change);
    } else if constexpr (std::is_same_v<Change, store::SetCounter>) {
      if (Counter* known = counter(change.name)) known->value = change.value;
    } else if constexpr (requires { writing_.put(change); }) {
      writing_.put(change);
    } else {
      writing_.remove(change);
    }
  };
  for (const store::Change& change : changes) std::visit(make, change);
  store::add_touched(changes, slots_);
  return connection_.check();
}

void Transaction::flush() {
  for (const auto& [name, counter] : counters_) {
    if (counter.value != counter.committed) writing_.set_counter(name, counter.value);
  }
}

void Transaction::committed() {
  for (auto& [name, counter] : counters_) counter.committed = counter.value;
  slots_.clear();
  changed_ = false;
}

void Transaction::lost() {
  for (auto& [name, counter] : counters_) counter.value = counter.committed;
  slots_.clear();
  changed_ = false;
}

}  // namespace parley::sqlite
