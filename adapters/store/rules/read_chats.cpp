// See read_chats.hpp.
#include "adapters/store/rules/read_chats.hpp"

namespace parley::store {
namespace {

Ref<Chat> shown(const Stored<Chat>& found, const List<Person>& people) {
  Chat chat = found.value;
  refresh_participants(chat, people, ChatDetail::of_visit);
  return Ref<Chat>(std::move(chat));
}

}  // namespace

GetChatRecords gather(const GetChat& operation, Gathered& gathered) {
  GetChatRecords found;
  found.named = gather(operation.chat, gathered);
  if (found.named.chat != nullptr) found.people = gather_people(found.named.chat->value, gathered);
  return found;
}

Result<Outcome> decide(const GetChat& operation, const GetChatRecords& found) {
  if (auto checked = check(operation.chat, found.named); !checked) return std::move(checked).error();
  return Outcome(shown(*found.named.chat, found.people));
}

GetMessageRecords gather(const GetMessage& operation, Gathered& gathered) {
  return {gather(operation.chat, gathered), gathered.find(MessageKey{operation.id.text})};
}

Result<Outcome> decide(const GetMessage& operation, const GetMessageRecords& found) {
  if (auto checked = check(operation.chat, found.named); !checked) return std::move(checked).error();
  const bool of_chat = found.message != nullptr && found.message->value.chat == found.named.chat->value.id;
  const bool for_agents = found.message != nullptr && found.message->value.kind == MessageKind::note;
  if (!of_chat || found.message->value.deleted || (for_agents && operation.chat.token)) {
    return refusal(Code::no_such_message, "the chat has no such message");
  }
  return Outcome(Ref<Message>(found.message->value));
}

ListMessagesRecords gather(const ListMessages& operation, Gathered& gathered) {
  ListMessagesRecords found;
  found.named = gather(operation.chat, gathered);
  if (found.named.chat == nullptr || !check(operation.chat, found.named)) return found;
  found.people = gather_people(found.named.chat->value, gathered);
  found.messages = gathered.find(MessagesKey{found.named.chat->value.id.text, &operation.query});
  return found;
}

Result<Outcome> decide(const ListMessages& operation, const ListMessagesRecords& found) {
  if (auto checked = check(operation.chat, found.named); !checked) return std::move(checked).error();
  if (found.messages->too_many()) return too_many_messages();
  return Outcome(Transcript{shown(*found.named.chat, found.people), found.messages->page});
}

}  // namespace parley::store
