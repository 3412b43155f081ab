// What a chat keeps is named here, so that a new member is removed until somebody decides that it is no personal data.
#include "adapters/store/rules/delete_visitor.hpp"

#include <algorithm>

#include "adapters/store/presence.hpp"

namespace parley::store {
namespace {

/// Removes the visitor's channels. A contact that has no other channel is removed as a whole.
void remove_channels(const Stored<Contact>& contact, const VisitorId& visitor, Changes& changes) {
  Contact after = contact.value;
  std::erase_if(after.channels, [&visitor](const Channel& channel) { return channel.visitor == visitor; });
  if (after.channels.empty()) {
    changes.push_back(Remove<Contact>{&contact});
  } else {
    changes.push_back(Put<Contact>{&contact, Ref<Contact>(std::move(after))});
  }
}

}  // namespace

Chat without_visitor(const Chat& chat) {
  Chat kept;
  kept.id = chat.id;
  kept.sequence = chat.sequence;
  kept.service = chat.service;
  kept.widget = chat.widget;
  kept.service_name = chat.service_name;
  kept.kind = chat.kind;
  kept.domain = chat.domain;
  kept.state = chat.state;
  kept.begin_at = chat.begin_at;
  kept.end_at = chat.end_at;
  kept.queued_at = chat.queued_at;
  kept.taken_at = chat.taken_at;
  kept.first_reply_at = chat.first_reply_at;
  if (chat.closed_by.kind == ActorKind::visitor) {
    kept.closed_by.kind = ActorKind::visitor;
  } else {
    kept.closed_by = chat.closed_by;
  }
  kept.close_reason = chat.close_reason;
  kept.tags = chat.tags;
  kept.rating.grade = chat.rating.grade;
  kept.language = chat.language;
  kept.agent = chat.agent;
  kept.department = chat.department;
  kept.source = chat.source;
  kept.messages = chat.messages;
  kept.visitor_messages = chat.visitor_messages;
  kept.agent_messages = chat.agent_messages;
  kept.last_message_at = chat.last_message_at;
  for (const Participant& one : chat.participants) {
    if (one.is_agent) kept.participants.push_back(one);
  }
  return kept;
}

DeleteVisitorRecords gather(const DeleteVisitor& operation, Gathered& gathered) {
  DeleteVisitorRecords found;
  found.visitor = gathered.find(operation.visitor.empty() ? visitor_by_secret(operation.token)
                                                          : visitor_by_id(operation.visitor.text));
  if (found.visitor == nullptr) return found;
  const Visitor& visitor = found.visitor->value;
  found.chats = gathered.find(ChatsOfKey{visitor.id.text});
  found.contacts = gathered.find(ContactsOfKey{visitor.id.text});
  found.traces = gathered.find(TracesKey{visitor.id.text, token_of_pages(visitor)});
  found.offline_messages.push_back(gathered.find(OfflineMessagesOfKey{{}, visitor.id.text}));
  for (const Text& email : visitor.emails) {
    if (!email.empty()) found.offline_messages.push_back(gathered.find(OfflineMessagesOfKey{email, {}}));
  }
  return found;
}

Result<Decision> decide(const DeleteVisitor&, const DeleteVisitorRecords& found, const DecisionContext& context) {
  if (found.visitor == nullptr) return refusal(Code::no_such_visitor, "no such visitor");
  const Visitor& visitor = found.visitor->value;
  Decision decision;
  ErasedVisitor erased{.visitor = visitor.id, .at = context.now};
  if (found.traces != nullptr) {
    erased.messages = static_cast<std::size_t>(found.traces->messages);
    erased.pages = static_cast<std::size_t>(found.traces->pages);
  }
  if (found.chats != nullptr) {
    for (const Stored<Chat>& chat : *found.chats) {
      if (chat.value.state != ChatState::ended) {
        return refusal(Code::visitor_has_open_chat, "the visitor has an open chat; close it first");
      }
      decision.changes.push_back(RemoveMessages{&chat});
      Chat kept = without_visitor(chat.value);
      kept.updated_at = context.now;
      decision.changes.push_back(Put<Chat>{&chat, Ref<Chat>(std::move(kept))});
      ++erased.chats;
    }
  }
  if (found.contacts != nullptr) {
    for (const Stored<Contact>& contact : *found.contacts) remove_channels(contact, visitor.id, decision.changes);
  }
  List<std::int64_t> removed;
  for (const List<Stored<OfflineMessage>>* messages : found.offline_messages) {
    if (messages == nullptr) continue;
    for (const Stored<OfflineMessage>& message : *messages) {
      if (std::find(removed.begin(), removed.end(), message.number) != removed.end()) continue;
      removed.push_back(message.number);
      decision.changes.push_back(Remove<OfflineMessage>{&message});
    }
  }
  erased.offline_messages = removed.size();
  decision.changes.push_back(RemovePages{token_of_pages(visitor).str()});
  decision.changes.push_back(Remove<Visitor>{found.visitor});
  decision.outcome = std::move(erased);
  return decision;
}

}  // namespace parley::store
