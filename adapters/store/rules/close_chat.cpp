// Several chats may have the same agent or visitor, so the changes of people are gathered before they are made.
#include "adapters/store/rules/close_chat.hpp"

#include <algorithm>

#include "adapters/store/messages.hpp"

namespace parley::store {
namespace {

ClosingRecords gather_closing(const Stored<Chat>& chat, Gathered& gathered) {
  ClosingRecords found;
  found.chat = &chat;
  found.last = gathered.find(LastMessageKey{chat.value.id.text});
  if (!chat.value.visitor.empty()) {
    found.visitor = gathered.find(visitor_by_id(chat.value.visitor.text));
    found.open = gathered.find(OpenChatKey{chat.value.visitor.text});
  }
  if (!chat.value.agent.empty()) found.agent = gathered.find(AgentKey{chat.value.agent.text});
  return found;
}

/// The changed record of somebody, which later changes of the same decision change again.
template <class T>
struct Changed {
  const Stored<T>* before;
  T after;
};

class Closing {
 public:
  Closing(const Actor& closer, const DecisionContext& context) : closer_(closer), context_(context) {}

  /// The ended chat.
  Ref<Chat> close(const ClosingRecords& found, Chat chat) {
    chat.state = ChatState::ended;
    chat.end_at = context_.now;
    chat.closed_by = closer_;
    for (Participant& one : chat.participants) {
      if (!one.end_at.known()) one.end_at = context_.now;
      one.online = false;
    }
    Message told = notice(MessageKind::closed, closer_, context_);
    told.text = chat.comment;
    append(told, chat, found.last, context_.now);
    const Ref<Chat> stored(std::move(chat));
    changes_.push_back(Put<Chat>{found.chat, stored});
    changes_.push_back(Put<Message>{nullptr, Ref<Message>(std::move(told))});
    if (found.agent != nullptr) {
      Agent& agent = changed(agents_, found.agent);
      agent.ongoing_chats = std::max<std::int64_t>(agent.ongoing_chats - 1, 0);
    }
    const bool last_open = found.open == nullptr || found.open->value.id == stored->id;
    if (found.visitor != nullptr && last_open) {
      Visitor& visitor = changed<Visitor>(visitors_, found.visitor);
      visitor.status = status_of(Standing::ended);
      visitor.updated_at = context_.now;
    }
    return stored;
  }
  Changes take() {
    for (auto& [before, after] : agents_) changes_.push_back(Put<Agent>{before, Ref<Agent>(std::move(after))});
    // The end of a chat is where the silence of its visitor begins.
    for (auto& [before, after] : visitors_)
      changes_.push_back(Put<Visitor>{before, Ref<Visitor>(std::move(after)), context_.now});
    return std::move(changes_);
  }

 private:
  template <class T>
  static T& changed(List<Changed<T>>& all, const Stored<T>* before) {
    const auto known = std::find_if(all.begin(), all.end(),
                                    [before](const auto& one) { return one.before->number == before->number; });
    if (known != all.end()) return known->after;
    return all.emplace_back(Changed<T>{before, before->value}).after;
  }

  const Actor& closer_;
  const DecisionContext& context_;
  List<Changed<Agent>> agents_;
  List<Changed<Visitor>> visitors_;
  Changes changes_;
};

}  // namespace

CloseChatRecords gather(const CloseChat& operation, Gathered& gathered) {
  CloseChatRecords found;
  found.named = gather(operation.chat, gathered);
  found.closer = gather_agent(operation.closer, gathered);
  if (found.named.chat == nullptr) return found;
  found.closing = gather_closing(*found.named.chat, gathered);
  found.people = gather_people(found.named.chat->value, gathered);
  return found;
}

Result<Decision> decide(const CloseChat& operation, const CloseChatRecords& found, const DecisionContext& context) {
  if (auto checked = check(operation.chat, found.named); !checked) return std::move(checked).error();
  Chat chat = found.named.chat->value;
  if (chat.state == ChatState::ended) return refusal(Code::chat_ended, "the chat has ended");
  chat.close_reason = operation.reason;
  chat.comment = operation.comment;
  for (const Text& tag : operation.tags) {
    if (std::find(chat.tags.begin(), chat.tags.end(), tag) == chat.tags.end()) chat.tags.push_back(tag);
  }
  const Actor closer = actor_of(operation.closer, found.named, found.closer);
  Closing closing(closer, context);
  Chat shown = *closing.close(found.closing, std::move(chat));
  refresh_participants(shown, found.people, ChatDetail::of_people);
  for (Participant& one : shown.participants) one.online = false;
  return Decision{Ref<Chat>(std::move(shown)), closing.take()};
}

CloseAllChatsRecords gather(const CloseAllChats& operation, Gathered& gathered) {
  CloseAllChatsRecords found;
  found.closer = gather_agent(operation.closer, gathered);
  const List<Stored<Chat>>* open = gathered.find(OpenChatsKey{});
  if (open == nullptr) return found;
  for (const Stored<Chat>& chat : *open) {
    if (is_of_tenant(chat.value, operation.domain)) found.closing.push_back(gather_closing(chat, gathered));
  }
  return found;
}

Result<Decision> decide(const CloseAllChats& operation, const CloseAllChatsRecords& found,
                        const DecisionContext& context) {
  const Actor closer = actor_of(operation.closer, {}, found.closer);
  Closing closing(closer, context);
  ClosedChats closed;
  for (const ClosingRecords& one : found.closing) {
    Chat chat = one.chat->value;
    chat.close_reason = operation.reason;
    closed.chats.push_back(closing.close(one, std::move(chat))->id);
  }
  return Decision{std::move(closed), closing.take()};
}

}  // namespace parley::store
