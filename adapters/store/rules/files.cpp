// See files.hpp.
#include "adapters/store/rules/files.hpp"

#include "adapters/store/messages.hpp"

namespace parley::store {

PostFileRecords gather(const PostFile& operation, Gathered& gathered) {
  PostFileRecords found;
  found.named = gather(operation.chat, gathered);
  found.agent = gather_agent(operation.author, gathered);
  found.known = gathered.find(FileKey{operation.file.id.text});
  found.parts = gathered.find(KeptPartsKey{operation.file.id.text});
  if (found.named.chat != nullptr) found.last = gathered.find(LastMessageKey{found.named.chat->value.id.text});
  return found;
}

Result<Decision> decide(const PostFile& operation, const PostFileRecords& found, const DecisionContext& context) {
  if (auto checked = check(operation.chat, found.named); !checked) return std::move(checked).error();
  if (found.named.chat->value.state == ChatState::ended) return refusal(Code::chat_ended, "the chat has ended");
  const KeptParts kept = found.parts == nullptr ? KeptParts{} : *found.parts;
  const bool whole = kept.parts == operation.file.parts && kept.bytes == operation.file.size;
  if (found.known != nullptr || !whole) return refusal(Code::no_such_file, "the bytes of the file are not all there");

  Message message;
  message.id.text = context.ids.random17();
  message.author = actor_of(operation.author, found.named, found.agent);
  message.kind = operation.file.type.starts_with("image/") ? MessageKind::image : MessageKind::file;
  Attachment& attachment = message.attachments.emplace_back();
  attachment.id = operation.file.id.text;
  attachment.name = operation.file.name;
  attachment.type = operation.file.type;
  attachment.size = operation.file.size;
  attachment.url = operation.url;
  attachment.caption = operation.caption;
  Chat chat = found.named.chat->value;
  append(message, chat, found.last, context.now);
  File file = operation.file;
  file.chat = chat.id;
  file.message = message.id;
  file.at = message.at;

  Decision decision;
  decision.changes.push_back(Put<Chat>{found.named.chat, Ref<Chat>(std::move(chat))});
  const Ref<Message> stored(std::move(message));
  decision.changes.push_back(Put<Message>{nullptr, stored});
  decision.changes.push_back(Put<File>{nullptr, Ref<File>(std::move(file))});
  decision.outcome = PostedMessage{stored, true};
  return decision;
}

GetFileRecords gather(const GetFile& operation, Gathered& gathered) {
  GetFileRecords found;
  if (!operation.any_chat) found.named = gather(operation.chat, gathered);
  found.file = gathered.find(FileKey{operation.file.text});
  return found;
}

Result<Outcome> decide(const GetFile& operation, const GetFileRecords& found) {
  // Who may not read the chat does not learn whether it has the file.
  if (!operation.any_chat && (!operation.chat.token || !check(operation.chat, found.named))) {
    return refusal(Code::not_the_visitors_chat, "the chat is not this visitor's");
  }
  const bool there =
      found.file != nullptr && (operation.any_chat || found.file->value.chat == found.named.chat->value.id);
  if (!there) return refusal(Code::no_such_file, "there is no such file");
  return Outcome(OpenedFile{Ref<File>(found.file->value), nullptr});
}

}  // namespace parley::store
