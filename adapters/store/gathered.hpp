// The records that an operation has asked a store for, and what it still wants to know.
#pragma once

#include <algorithm>
#include <list>
#include <optional>
#include <tuple>
#include <utility>

#include "adapters/store/keys.hpp"

namespace parley::store {

/// Answers by key. A rule's `gather` calls `find`; a key that is not known yet is noted, and the store answers all of them together.
/// Answers stay where they are as long as this lives, and the operation must live as long. Used on one thread.
class Gathered {
 public:
  Gathered() = default;
  Gathered(const Gathered&) = delete;
  Gathered& operator=(const Gathered&) = delete;

  /// What `key` names; nullptr where that is nothing, and where it is not known yet: then `wants()` is true.
  template <class Key>
  const typename Key::Answer* find(const Key& key) {
    std::list<Entry<Key>>& entries = std::get<std::list<Entry<Key>>>(entries_);
    for (const Entry<Key>& entry : entries) {
      if (entry.key == key) return entry.answer ? &*entry.answer : nullptr;
    }
    entries.push_back({key, {}, true});
    ++wanted_;
    return nullptr;
  }

  /// Whether there are keys that the store has to answer.
  [[nodiscard]] bool wants() const noexcept { return wanted_ != 0; }

  /// Calls `answer(key, place)` for each key that is wanted. `place` is an empty optional of what the key names, to be filled at once
  /// or before the next `find`, and left empty where there is nothing.
  template <class F>
  void ask(F&& answer) {
    wanted_ = 0;
    each([&answer](auto& entry) {
      if (!std::exchange(entry.wanted, false)) return;
      answer(std::as_const(entry.key), entry.answer);
    });
  }

  /// Calls `see(key, answer)` for each key that was answered; `answer` is a pointer, nullptr where there is nothing.
  template <class F>
  void each_answer(F&& see) const {
    each([&see](const auto& entry) { see(entry.key, entry.answer ? &*entry.answer : nullptr); });
  }

 private:
  template <class Key>
  struct Entry {
    Key key;
    std::optional<typename Key::Answer> answer;
    bool wanted;
  };
  template <class... Keys>
  using Lists = std::tuple<std::list<Entry<Keys>>...>;

  template <class F>
  void each(F&& visit) {
    std::apply([&visit](auto&... lists) { (std::for_each(lists.begin(), lists.end(), visit), ...); }, entries_);
  }
  template <class F>
  void each(F&& visit) const {
    std::apply([&visit](const auto&... lists) { (std::for_each(lists.begin(), lists.end(), visit), ...); }, entries_);
  }

  Lists<VisitorKey, AgentKey, ChatKey, OpenChatKey, StandingKey, ContactKey, ContactOfKey, CounterKey> entries_;
  std::size_t wanted_ = 0;
};

}  // namespace parley::store
