// Refusals and answers of reads.
#include "adapters/store/rules/reads.hpp"

#include <algorithm>

namespace parley::store {

namespace {

bool is_wanted(const GetChatContact& operation, const Stored<Chat>* chat) noexcept {
  return chat != nullptr && (operation.ended_too || chat->value.state != ChatState::ended);
}

}  // namespace

ChatRecords gather(const GetChatContact& operation, Gathered& gathered) {
  ChatRecords found;
  found.chat = gathered.find(ChatKey{operation.chat.text});
  if (is_wanted(operation, found.chat)) {
    found.people = gather_people(found.chat->value, gathered);
  }
  return found;
}

Result<Outcome> decide(const GetChatContact& operation, const ChatRecords& found) {
  if (!is_wanted(operation, found.chat)) {
    return refusal(Code::no_such_chat, operation.ended_too ? "no chat has this id" : "no active chat has this id");
  }
  Chat chat = found.chat->value;
  chat.sequence = 0;  // the store's own number; no style shows it in a contact, and it is no loss there
  refresh_participants(chat, found.people, ChatDetail::of_visit);
  return Outcome(Ref<Chat>(std::move(chat)));
}

const FoundVisitor* gather(const GetVisitor& operation, Gathered& gathered) {
  return gathered.find(operation.visitor.empty() ? visitor_by_token(operation.token)
                                                 : visitor_by_id(operation.visitor.text));
}

Result<Outcome> decide(const GetVisitor&, const FoundVisitor* visitor) {
  if (visitor == nullptr) return refusal(Code::no_such_visitor, "no such visitor");
  return Outcome(Ref<Visitor>(visitor->value));
}

const Stored<Agent>* gather(const GetAgent& operation, Gathered& gathered) {
  return gathered.find(AgentKey{operation.agent.text});
}

Result<Outcome> decide(const GetAgent&, const Stored<Agent>* agent) {
  if (agent == nullptr) return refusal(Code::no_such_agent, "no such agent");
  return Outcome(Ref<Agent>(agent->value));
}

const Stored<Contact>* gather(const ListContactChannels& operation, Gathered& gathered) {
  return gathered.find(ContactKey{operation.contact.text});
}

Result<Outcome> decide(const ListContactChannels&, const Stored<Contact>* contact) {
  List<Channel> grouped;
  if (contact == nullptr) return Outcome(std::move(grouped));
  for (const Channel& channel : contact->value.channels) {
    const auto same =
        std::find_if(grouped.begin(), grouped.end(), [&](const Channel& one) { return one.name == channel.name; });
    if (same == grouped.end()) {
      grouped.push_back(channel);
    } else if (channel.last_chat_at > same->last_chat_at) {  // a channel without a chat counts as earliest
      *same = channel;
    }
  }
  return Outcome(std::move(grouped));
}

}  // namespace parley::store
