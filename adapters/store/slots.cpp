// A record may be found under a key that is not its id (a free-text id under its guid). Both have a slot.
#include "adapters/store/slots.hpp"

namespace parley::store {
namespace {

template <class T>
void add_found(Dependencies& dependencies, Kind kind, std::string_view key, const Stored<T>* found) {
  dependencies.slots.push_back(slot_of(kind, key));
  if (found == nullptr) return;
  dependencies.bytes += found->bytes;
  if (found->value.id.text != key) dependencies.slots.push_back(slot_of(kind, found->value.id.text));
}

struct Collect {
  Dependencies& dependencies;

  void operator()(const VisitorKey& key, const FoundVisitor* found) const {
    for (const VisitorHandle& handle : key.handles()) {
      const bool hit = found != nullptr && found->handle == handle.kind;
      if (handle.kind != VisitorHandle::Kind::token) {
        add_found(dependencies, Kind::visitor, handle.text, hit ? found : nullptr);
      } else {
        dependencies.slots.push_back(slot_of(Kind::token, handle.text));
        if (hit) add_found(dependencies, Kind::visitor, found->value.id.text, found);
      }
      if (hit) return;  // later handles were not used
    }
  }
  void operator()(const AgentKey& key, const Stored<Agent>* found) const {
    add_found(dependencies, Kind::agent, key.id, found);
  }
  void operator()(const ChatKey& key, const Stored<Chat>* found) const {
    add_found(dependencies, Kind::chat, key.id, found);
  }
  void operator()(const SequenceKey&, const Stored<Chat>* found) const {
    if (found == nullptr) return;  // then there is no answer to be cached
    add_found(dependencies, Kind::chat, found->value.id.text, found);
  }
  void operator()(const MessagesKey& key, const FoundMessages* found) const {
    dependencies.slots.push_back(slot_of(Kind::chat, key.chat));  // each change of a message changes its chat
    if (found != nullptr) dependencies.bytes += found->bytes;
  }
  /// Answers that are cached do not depend on other keys.
  template <class Key, class Answer>
  void operator()(const Key&, const Answer*) const {}
};

struct Touch {
  std::vector<Slot>& slots;

  void operator()(const Put<Visitor>& put) const {
    if (put.before != nullptr) touch(put.before->value);
    touch(*put.after);
  }
  void operator()(const Put<Agent>& put) const { slots.push_back(slot_of(Kind::agent, put.after->id.text)); }
  void operator()(const Put<Chat>& put) const { slots.push_back(slot_of(Kind::chat, put.after->id.text)); }
  void operator()(const Remove<Chat>& remove) const { touch(remove.record->value); }
  void operator()(const Remove<Visitor>& remove) const { touch(remove.record->value); }
  void operator()(const RemoveMessages& remove) const { touch(remove.chat->value); }
  /// Cached lists depend on every commit that changes a record. No other cached answer contains departments, offline messages, contacts, page visits or counters.
  /// Whoever changes a message changes its chat, too.
  template <class Other>
  void operator()(const Other&) const {}

  void touch(const Chat& chat) const { slots.push_back(slot_of(Kind::chat, chat.id.text)); }
  void touch(const Visitor& visitor) const {
    slots.push_back(slot_of(Kind::visitor, visitor.id.text));
    if (!visitor.token.empty()) slots.push_back(slot_of(Kind::token, visitor.token));
  }
};

}  // namespace

Dependencies dependencies_of(const Gathered& gathered) {
  Dependencies dependencies;
  gathered.each_answer(Collect{dependencies});
  return dependencies;
}

void add_touched(const Changes& changes, std::vector<Slot>& slots) {
  for (const Change& change : changes) std::visit(Touch{slots}, change);
}

}  // namespace parley::store
