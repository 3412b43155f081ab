// See delete_chats.hpp.
#include "adapters/store/rules/delete_chats.hpp"

#include <algorithm>

namespace parley::store {

DeleteChatsRecords gather(const DeleteChats& operation, Gathered& gathered) {
  DeleteChatsRecords found;
  for (const ChatRef& chat : operation.chats) found.push_back(gather(chat, gathered));
  return found;
}

Result<Decision> decide(const DeleteChats& operation, const DeleteChatsRecords& found, const DecisionContext&) {
  Decision decision;
  List<std::int64_t> removed;
  for (std::size_t at = 0; at < found.size(); ++at) {
    const Stored<Chat>* chat = found[at].chat;
    if (!check(operation.chats[at], found[at]) || chat->value.state != ChatState::ended) continue;
    if (std::find(removed.begin(), removed.end(), chat->number) != removed.end()) continue;
    removed.push_back(chat->number);
    decision.changes.push_back(Remove<Chat>{chat});
  }
  if (found.size() == 1 && removed.empty()) return refusal(Code::no_such_chat, "no ended chat has this id");
  decision.outcome = DeletedChats{removed.size()};
  return decision;
}

}  // namespace parley::store
