// See sweep.hpp.
#include "adapters/store/rules/sweep.hpp"

namespace parley::store {
namespace {

Time before(Time now, std::chrono::milliseconds age) { return Time::at(now.since_epoch - age.count()); }

void leave(const List<Stored<Visitor>>& silent, Time now, Changes& changes) {
  for (const Stored<Visitor>& visitor : silent) {
    Visitor after = visitor.value;
    after.status = VisitorStatus::out_of_site;
    after.presence = Presence::offline;
    after.updated_at = now;
    changes.push_back(Put<Visitor>{&visitor, Ref<Visitor>(std::move(after))});
  }
}

template <class T>
void remove(const List<Stored<T>>& old, Changes& changes) {
  for (const Stored<T>& one : old) changes.push_back(Remove<T>{&one});
}

}  // namespace

Result<Swept> sweep(const Retention& retention, Time now, std::size_t limit, Transaction& transaction) {
  Gathered gathered;
  Swept swept;
  // A chat that is removed as a whole needs no removal of its messages, so chats go first, in a step of their own.
  if (retention.chats) {
    const EndedChatsKey key{before(now, *retention.chats), limit, false};
    static_cast<void>(gathered.find(key));
    if (auto answered = transaction.gather(gathered); !answered) return std::move(answered).error();
    const List<Stored<Chat>>& old = *gathered.find(key);
    Changes changes;
    remove(old, changes);
    swept.chats = old.size();
    if (auto applied = transaction.apply(changes); !applied) return std::move(applied).error();
  }
  const auto find = [&gathered, now, limit]<class Key>(const std::optional<std::chrono::milliseconds>& age, Key key) {
    if (!age) return static_cast<const typename Key::Answer*>(nullptr);
    key.before = before(now, *age);
    key.limit = limit;
    return gathered.find(key);
  };
  for (;;) {
    const auto* silent = find(retention.out_of_site, SilentVisitorsKey{});
    const auto* chats = find(retention.messages, EndedChatsKey{{}, 0, true});
    const auto* pages = find(retention.page_visits, OldPagesKey{});
    const auto* offline = find(retention.offline_messages, OldOfflineMessagesKey{});
    const auto* uploads = find(retention.uploads, OldUploadsKey{});
    if (gathered.wants()) {
      if (auto answered = transaction.gather(gathered); !answered) return std::move(answered).error();
      continue;
    }
    Changes changes;
    if (silent != nullptr) {
      leave(*silent, now, changes);
      swept.visitors_left = silent->size();
    }
    if (chats != nullptr) {
      for (const Stored<Chat>& chat : *chats) changes.push_back(RemoveMessages{&chat});
      swept.chats_without_messages = chats->size();
    }
    if (pages != nullptr && *pages > 0) {
      changes.push_back(RemoveOldPages{before(now, *retention.page_visits), limit});
      swept.page_visits = static_cast<std::size_t>(*pages);
    }
    if (offline != nullptr) {
      remove(*offline, changes);
      swept.offline_messages = offline->size();
    }
    if (uploads != nullptr) {
      for (const String& file : *uploads) changes.push_back(RemoveUpload{file});
      swept.uploads = uploads->size();
    }
    for (const std::size_t done : {swept.visitors_left, swept.chats_without_messages, swept.chats, swept.page_visits,
                                   swept.offline_messages, swept.uploads}) {
      swept.more = swept.more || done >= limit;
    }
    if (auto applied = transaction.apply(changes); !applied) return std::move(applied).error();
    return swept;
  }
}

}  // namespace parley::store
