// See messages.hpp.
#include "adapters/store/messages.hpp"

#include <algorithm>

namespace parley::store {

void append(Message& message, Chat& chat, const LastMessage* last, Time now) {
  message.chat = chat.id;
  message.number = last == nullptr ? 1 : last->number + 1;
  if (!message.at.known()) message.at = now;
  message.shown_at = std::min(message.at, now);  // a loaded time can be in the future
  if (last != nullptr) message.shown_at = std::max(message.shown_at, Time::at(last->shown_at.since_epoch + 1));
  message.updated_at = now;
  count(message, chat, last == nullptr);
  chat.updated_at = now;
}

void count(const Message& message, Chat& chat, bool first) {
  if (first) chat.messages = chat.visitor_messages = chat.agent_messages = 0;
  chat.messages += 1;
  if (is_written(message.kind)) {
    const bool answers = message.author.kind == ActorKind::agent || message.author.kind == ActorKind::bot;
    if (message.author.kind == ActorKind::visitor) chat.visitor_messages += 1;
    if (answers) chat.agent_messages += 1;
    if (answers && !chat.first_reply_at.known()) chat.first_reply_at = message.shown_at;
  }
  chat.last_message_at = message.shown_at;
}

Message notice(MessageKind kind, Actor by, const DecisionContext& context) {
  Message message;
  message.id.text = context.ids.random17();
  message.kind = kind;
  message.author = std::move(by);
  message.at = context.now;
  return message;
}

Error too_many_messages() {
  return refusal(Code::answer_too_large, "the answer would have too many messages; ask for less");
}

}  // namespace parley::store
