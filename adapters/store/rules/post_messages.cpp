// A new visitor is registered and changed by the new chat in one decision, so its two changes become one.
#include "adapters/store/rules/post_messages.hpp"

#include <algorithm>

#include "adapters/store/messages.hpp"
#include "adapters/store/rules/chat_ref.hpp"
#include "adapters/store/rules/guests.hpp"
#include "adapters/store/rules/register_visitor.hpp"

namespace parley::store {
namespace {

/// Registers the visitor without a change of the record itself: the new chat makes that one.
Result<FoundVisitor> registered(const PostMessages& operation, const PostMessagesRecords& found,
                                const DecisionContext& context, Changes& changes) {
  RegisterVisitor registration;
  registration.token = operation.token;
  registration.identity = operation.identity;
  registration.ip = operation.ip;
  registration.user_agent = operation.user_agent;
  registration.host = operation.host;
  RegisterVisitorRecords records;
  records.guests = found.guests;
  Result<Decision> made = decide(registration, records, context);
  if (!made) return std::move(made).error();
  FoundVisitor visitor;
  visitor.value = *std::get<Ref<Visitor>>(made->outcome);
  for (Change& change : made->changes) {
    if (!std::holds_alternative<Put<Visitor>>(change)) changes.push_back(std::move(change));
  }
  return visitor;
}

/// A new chat of the visitor. Notes the visitor's record as it is then in `people`.
Chat opened(const PostMessages& operation, const FoundVisitor& visitor, const PostMessagesRecords& found,
            const DecisionContext& context, Decision& decision, List<Person>& people) {
  OpenChat open;
  open.source = operation.source;
  open.source_destination = operation.source_destination;
  Chat chat = add_chat(open, visitor, found.added, context, decision.changes);
  people.resize(chat.participants.size());
  for (Change& change : decision.changes) {
    auto* put = std::get_if<Put<Visitor>>(&change);
    if (put == nullptr) continue;
    if (found.visitor == nullptr) put->before = nullptr;
    people.front().visitor = put->after.get();
  }
  return chat;
}

}  // namespace

PostMessagesRecords gather(const PostMessages& operation, Gathered& gathered) {
  PostMessagesRecords found;
  if (operation.token.empty()) return found;
  found.visitor = gathered.find(visitor_by_token(operation.token));
  if (found.visitor == nullptr) {
    if (gathered.wants()) return found;
    found.guests = gathered.find(CounterKey{guest_counter});
    found.added.chats = gathered.find(CounterKey{chat_counter});
    return found;
  }
  found.chat = gathered.find(OpenChatKey{found.visitor->value.id.text});
  if (found.chat != nullptr) {
    found.last = gathered.find(LastMessageKey{found.chat->value.id.text});
    found.people = gather_people(found.chat->value, gathered);
  } else if (!gathered.wants()) {
    gather_added(found.added, *found.visitor, gathered);
  }
  return found;
}

Result<Decision> decide(const PostMessages& operation, const PostMessagesRecords& found,
                        const DecisionContext& context) {
  if (operation.token.empty()) return refusal(Code::invalid_field, "the token is empty", "token");
  Decision decision;
  FoundVisitor made;
  const FoundVisitor* visitor = found.visitor;
  if (visitor == nullptr) {
    Result<FoundVisitor> registration = registered(operation, found, context, decision.changes);
    if (!registration) return std::move(registration).error();
    made = *std::move(registration);
    visitor = &made;
  }
  List<Person> people = found.people;
  Chat chat = found.chat != nullptr ? found.chat->value : opened(operation, *visitor, found, context, decision, people);
  NamedChat named;
  named.visitor = visitor;
  const Actor author = actor_of({}, named, nullptr);
  Transcript answer;
  LastMessage last = found.last == nullptr ? LastMessage{} : *found.last;
  bool has_last = found.last != nullptr;
  for (const Text& text : operation.texts) {
    Message message;
    message.id.text = context.ids.random17();
    message.author = author;
    message.kind = MessageKind::text;
    message.text = text;
    append(message, chat, has_last ? &last : nullptr, context.now);
    last = {message.number, message.shown_at};
    has_last = true;
    answer.messages.records.emplace_back(std::move(message));
  }
  decision.changes.push_back(Put<Chat>{found.chat, Ref<Chat>(chat)});
  for (const Ref<Message>& one : answer.messages.records) decision.changes.push_back(Put<Message>{nullptr, one});
  refresh_participants(chat, people, ChatDetail::of_people);
  answer.chat = Ref<Chat>(std::move(chat));
  decision.outcome = std::move(answer);
  return decision;
}

}  // namespace parley::store
