// See post_message.hpp.
#include "adapters/store/rules/post_message.hpp"

#include "adapters/store/messages.hpp"

namespace parley::store {
namespace {

bool has_ended(const Stored<Chat>* chat) { return chat != nullptr && chat->value.state == ChatState::ended; }

/// Whether the stored message is what the operation wants to store. Names do not count: a person may have got another one since.
bool is_same(const Message& known, const PostMessage& operation, const Actor& author) {
  const bool same_author = known.author.kind == author.kind && known.author.id == author.id &&
                           (!author.id.empty() || known.author.name == author.name);
  return same_author && known.kind == operation.kind && known.text == operation.text &&
         known.reply_to == operation.reply_to && !known.deleted;
}

}  // namespace

PostMessageRecords gather(const PostMessage& operation, Gathered& gathered) {
  PostMessageRecords found;
  found.named = gather(operation.chat, gathered);
  found.agent = gather_agent(operation.author, gathered);
  if (!operation.id.empty()) found.known = gathered.find(MessageKey{operation.id.text});
  if (found.named.chat == nullptr) return found;
  found.chat = found.named.chat;
  if (has_ended(found.chat) && operation.reopen && found.named.visitor != nullptr) {
    found.chat = gathered.find(OpenChatKey{found.named.visitor->value.id.text});
    gather_added(found.added, *found.named.visitor, gathered);
  }
  if (found.chat != nullptr) found.last = gathered.find(LastMessageKey{found.chat->value.id.text});
  return found;
}

Result<Decision> decide(const PostMessage& operation, const PostMessageRecords& found, const DecisionContext& context) {
  if (auto checked = check(operation.chat, found.named); !checked) return std::move(checked).error();
  const Actor author = actor_of(operation.author, found.named, found.agent);
  if (found.known != nullptr) {
    const Message& known = found.known->value;
    const bool same_chat = operation.reopen || known.chat == found.named.chat->value.id;
    if (!same_chat || !is_same(known, operation, author)) {
      return refusal(Code::message_exists, "a message with this id has another author or content");
    }
    return Decision{PostedMessage{Ref<Message>(known), false}, {}};
  }
  if (has_ended(found.chat)) return refusal(Code::chat_ended, "the chat has ended");

  Decision decision;
  Message message;
  message.id = operation.id;
  if (message.id.empty()) message.id.text = context.ids.random17();
  message.author = author;
  message.kind = operation.kind;
  message.text = operation.text;
  message.reply_to = operation.reply_to;
  Chat chat;
  if (found.chat != nullptr) {
    chat = found.chat->value;
  } else {
    const Chat& before = found.named.chat->value;
    OpenChat open;
    open.source = before.source;
    open.source_destination = before.source_destination;
    chat = add_chat(open, *found.named.visitor, found.added, context, decision.changes);
  }
  append(message, chat, found.last, context.now);
  decision.changes.push_back(Put<Chat>{found.chat, Ref<Chat>(std::move(chat))});
  const Ref<Message> stored(std::move(message));
  decision.changes.push_back(Put<Message>{nullptr, stored});
  decision.outcome = PostedMessage{stored, true};
  return decision;
}

}  // namespace parley::store
