// The records that an operation has asked a store for, and the keys that are not answered yet.
#pragma once

#include <algorithm>
#include <list>
#include <optional>
#include <tuple>
#include <utility>

#include "adapters/store/keys.hpp"

namespace parley::store {

/// Answers by key. A rule's `gather` calls `find`. A key without an answer is noted, and the store answers all noted keys together.
/// Answers stay at their addresses during the lifetime of this object, which the operation must outlive. Used on one thread.
class Gathered {
 public:
  Gathered() = default;
  Gathered(const Gathered&) = delete;
  Gathered& operator=(const Gathered&) = delete;

  /// The record of `key`. nullptr: there is none, or it is not known yet; in the second case `wants()` is true.
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

  /// Whether there are keys that the store must answer.
  [[nodiscard]] bool wants() const noexcept { return wanted_ != 0; }

  /// Calls `answer(key, place)` for each unanswered key. `place` is an empty optional of the key's `Answer`. Fill it at
  /// once or before the next `find`; leave it empty if there is no such record.
  template <class F>
  void ask(F&& answer) {
    wanted_ = 0;
    each([&answer](auto& entry) {
      if (!std::exchange(entry.wanted, false)) return;
      answer(std::as_const(entry.key), entry.answer);
    });
  }

  /// Calls `see(key, answer)` for each answered key; `answer` is a pointer, nullptr if there is no such record.
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

  Lists<VisitorKey, AgentKey, ChatKey, SequenceKey, OpenChatKey, OpenChatsKey, StandingKey, ContactKey, ContactOfKey,
        CounterKey, MessageKey, LastMessageKey, MessagesKey, ContactsOfKey, ChatsOfKey, TracesKey, DepartmentKey,
        OfflineMessageKey, OfflineNumberKey, OfflineMessagesOfKey, SilentVisitorsKey, EndedChatsKey, OldPagesKey,
        OldOfflineMessagesKey, DepartmentsKey, AgentsKey, EqualPagesKey, FileKey, KeptPartsKey, OldUploadsKey,
        IdentityKey, KnownByKey>
      entries_;
  std::size_t wanted_ = 0;
};

}  // namespace parley::store
