// What a chat keeps is named here, so that a new member is removed until somebody decides that it is no personal data.
#include "adapters/store/rules/erase.hpp"

#include <algorithm>
#include <set>

#include "adapters/store/contacts.hpp"
#include "adapters/store/presence.hpp"

namespace parley::store {
namespace {

/// Removes the offline messages of a list that were not removed before.
void remove_messages(const List<Stored<OfflineMessage>>* messages, std::set<std::int64_t>& removed, Changes& changes) {
  if (messages == nullptr) return;
  for (const Stored<OfflineMessage>& message : *messages) {
    if (removed.insert(message.number).second) changes.push_back(Remove<OfflineMessage>{&message});
  }
}

/// A contact that stays, or not, and what it is without the visitors.
struct ChangedContact {
  const Stored<Contact>* before;
  Contact after;
};

/// What is left of the other contacts of the visitors. A contact may have several of them.
List<ChangedContact> others_of(std::span<const VisitorTraces> visitors, std::span<const Stored<Contact>* const> whole) {
  List<ChangedContact> others;
  const auto is = [](const Stored<Contact>& contact) {
    return [&contact](const auto& one) {
      if constexpr (requires { one.before; })
        return one.before->number == contact.number;
      else
        return one->number == contact.number;
    };
  };
  for (const VisitorTraces& found : visitors) {
    if (found.contacts == nullptr) continue;
    for (const Stored<Contact>& contact : *found.contacts) {
      if (std::any_of(whole.begin(), whole.end(), is(contact))) continue;
      auto other = std::find_if(others.begin(), others.end(), is(contact));
      if (other == others.end()) other = others.insert(others.end(), ChangedContact{&contact, contact.value});
      remove_visitor(other->after, found.visitor->value);
    }
  }
  return others;
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

VisitorTraces gather_traces(const FoundVisitor* known, Gathered& gathered) {
  VisitorTraces found{.visitor = known};
  if (known == nullptr) return found;
  const Visitor& visitor = known->value;
  found.chats = gathered.find(ChatsOfKey{visitor.id.text});
  found.contacts = gathered.find(ContactsOfKey{visitor.id.text});
  found.traces = gathered.find(TracesKey{visitor.id.text, token_of_pages(visitor)});
  found.offline_messages.push_back(gathered.find(OfflineMessagesOfKey{{}, visitor.id.text}));
  for (const Text& email : visitor.emails) {
    if (!email.empty()) found.offline_messages.push_back(gathered.find(OfflineMessagesOfKey{email, {}}));
  }
  return found;
}

bool has_open_chat(const VisitorTraces& found) noexcept {
  return found.chats != nullptr && std::any_of(found.chats->begin(), found.chats->end(), [](const Stored<Chat>& chat) {
           return chat.value.state != ChatState::ended;
         });
}

ErasedVisitor erase(std::span<const VisitorTraces> visitors, std::span<const Stored<Contact>* const> whole,
                    std::span<const List<Stored<OfflineMessage>>* const> messages, const DecisionContext& context,
                    Changes& changes) {
  ErasedVisitor erased{.visitor = {}, .at = context.now};
  std::set<std::int64_t> removed;
  for (const VisitorTraces& found : visitors) {
    if (found.traces != nullptr) {
      erased.messages += static_cast<std::size_t>(found.traces->messages);
      erased.pages += static_cast<std::size_t>(found.traces->pages);
    }
    if (found.chats != nullptr) {
      for (const Stored<Chat>& chat : *found.chats) {
        changes.push_back(RemoveMessages{&chat});
        Chat kept = without_visitor(chat.value);
        kept.updated_at = context.now;
        changes.push_back(Put<Chat>{&chat, Ref<Chat>(std::move(kept))});
        ++erased.chats;
      }
    }
  }
  for (ChangedContact& other : others_of(visitors, whole)) {
    if (other.after.channels.empty()) {
      changes.push_back(Remove<Contact>{other.before});
    } else {
      other.after.updated_at = context.now;
      changes.push_back(Put<Contact>{other.before, Ref<Contact>(std::move(other.after))});
    }
  }
  for (const Stored<Contact>* contact : whole) changes.push_back(Remove<Contact>{contact});
  for (const VisitorTraces& found : visitors) {
    for (const List<Stored<OfflineMessage>>* own : found.offline_messages) remove_messages(own, removed, changes);
    changes.push_back(RemovePages{token_of_pages(found.visitor->value).str()});
    changes.push_back(Remove<Visitor>{found.visitor});
  }
  for (const List<Stored<OfflineMessage>>* one : messages) remove_messages(one, removed, changes);
  erased.offline_messages = removed.size();
  return erased;
}

}  // namespace parley::store
