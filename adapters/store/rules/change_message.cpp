// See change_message.hpp.
#include "adapters/store/rules/change_message.hpp"

namespace parley::store {
namespace {

template <class Op>
ChangeMessageRecords gather_for(const Op& operation, Gathered& gathered) {
  return {gather(operation.chat, gathered),
          gather_agent(operation.author, gathered),
          gathered.find(MessageKey{operation.id.text}),
          {}};
}

/// The chat and the message change together, so that caches need to know of the chat only.
template <class Op, class Edit>
Result<Decision> change(const Op& operation, const ChangeMessageRecords& found, const DecisionContext& context,
                        const Edit& edit) {
  if (auto checked = check(operation.chat, found.named); !checked) return std::move(checked).error();
  const Chat& before = found.named.chat->value;
  if (before.state == ChatState::ended) return refusal(Code::chat_ended, "the chat has ended");
  if (found.message == nullptr || found.message->value.chat != before.id || found.message->value.deleted) {
    return refusal(Code::no_such_message, "the chat has no such message");
  }
  Message message = found.message->value;
  const Actor author = actor_of(operation.author, found.named, found.agent);
  if (!is_written(message.kind) || message.author.kind != author.kind || message.author.id != author.id) {
    return refusal(Code::not_the_authors_message, "the message has another author");
  }
  edit(message);
  message.updated_at = context.now;
  Chat chat = before;
  chat.updated_at = context.now;
  const Ref<Message> stored(std::move(message));
  Decision decision;
  decision.changes.push_back(Put<Chat>{found.named.chat, Ref<Chat>(std::move(chat))});
  decision.changes.push_back(Put<Message>{found.message, stored});
  decision.outcome = stored;
  return decision;
}

}  // namespace

ChangeMessageRecords gather(const EditMessage& operation, Gathered& gathered) {
  return gather_for(operation, gathered);
}
ChangeMessageRecords gather(const DeleteMessage& operation, Gathered& gathered) {
  ChangeMessageRecords found = gather_for(operation, gathered);
  if (found.message == nullptr) return found;
  for (const Attachment& attachment : found.message->value.attachments) {
    if (!attachment.id.empty()) found.files.push_back(gathered.find(FileKey{attachment.id}));
  }
  return found;
}

Result<Decision> decide(const EditMessage& operation, const ChangeMessageRecords& found,
                        const DecisionContext& context) {
  return change(operation, found, context, [&](Message& message) {
    message.text = operation.text;
    message.extensions = {};  // a vendor's document may repeat the old text
    message.edited_at = context.now;
  });
}

Result<Decision> decide(const DeleteMessage& operation, const ChangeMessageRecords& found,
                        const DecisionContext& context) {
  Result<Decision> decision = change(operation, found, context, [](Message& message) {
    message.deleted = true;
    message.text.clear();
    message.attachments.clear();
    message.extensions = {};
  });
  if (!decision) return decision;
  for (const Stored<File>* file : found.files) {
    // A loaded message can name a file of another one.
    if (file == nullptr || file->value.message != found.message->value.id) continue;
    decision->changes.push_back(Remove<File>{file});
  }
  return decision;
}

}  // namespace parley::store
