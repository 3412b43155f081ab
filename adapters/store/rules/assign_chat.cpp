// See assign_chat.hpp.
#include "adapters/store/rules/assign_chat.hpp"

#include <algorithm>

#include "adapters/store/messages.hpp"
#include "adapters/store/rules/open_chat.hpp"

namespace parley::store {
namespace {

void leave(Chat& chat, const Agent& agent, Time now) {
  for (Participant& one : chat.participants) {
    if (one.is_agent && one.id == agent.id.text && !one.end_at.known()) one.end_at = now, one.online = false;
  }
}

void join(Chat& chat, const Agent& agent, Time now) {
  const auto known = std::find_if(chat.participants.begin(), chat.participants.end(),
                                  [&agent](const Participant& one) { return one.is_agent && one.id == agent.id.text; });
  if (known == chat.participants.end()) {
    chat.participants.push_back(taking_part(agent, now));
  } else {
    known->end_at = {};
  }
}

/// Whoever takes a chat with an agent's login is an agent, also where the store has no record of him yet: the record is made.
bool is_new_agent(const AssignChat& operation, const AssignChatRecords& found) noexcept {
  return found.agent == nullptr && operation.by.kind == ActorKind::agent && !operation.agent.empty() &&
         operation.by.id == operation.agent.text && !operation.transfer;
}

Stored<Agent> new_agent(const Actor& by, Time now) {
  Stored<Agent> made;
  made.value.id.text = by.id;
  made.value.username = by.username;
  made.value.name = by.name;
  made.value.status = "Online";
  made.value.created_at = now;
  return made;
}

}  // namespace

AssignChatRecords gather(const AssignChat& operation, Gathered& gathered) {
  AssignChatRecords found;
  found.named = gather(operation.chat, gathered);
  found.by = gather_agent(operation.by, gathered);
  if (!operation.agent.empty()) found.agent = gathered.find(AgentKey{operation.agent.text});
  if (found.named.chat == nullptr) return found;
  const Chat& chat = found.named.chat->value;
  if (!chat.agent.empty()) found.before = gathered.find(AgentKey{chat.agent.text});
  found.last = gathered.find(LastMessageKey{chat.id.text});
  if (!chat.visitor.empty()) found.visitor = gathered.find(visitor_by_id(chat.visitor.text));
  found.people = gather_people(chat, gathered);
  return found;
}

Result<Decision> decide(const AssignChat& operation, const AssignChatRecords& found, const DecisionContext& context) {
  if (auto checked = check(operation.chat, found.named); !checked) return std::move(checked).error();
  Chat chat = found.named.chat->value;
  if (chat.state == ChatState::ended) return refusal(Code::chat_ended, "the chat has ended");
  Stored<Agent> made;
  const Stored<Agent>* taker = found.agent;
  if (is_new_agent(operation, found)) {
    made = new_agent(operation.by, context.now);
    taker = &made;
  }
  if (!operation.agent.empty() && taker == nullptr) return refusal(Code::no_such_agent, "no such agent");
  const bool has_agent = !chat.agent.empty();
  const bool same = taker != nullptr && chat.agent == taker->value.id;
  const bool moves = !operation.department.empty() && chat.department != operation.department;
  if (same && operation.transfer && !moves) return refusal(Code::chat_taken, "the agent has the chat already");
  Decision decision;
  if (same && !moves) {
    refresh_participants(chat, found.people, ChatDetail::of_people);
    decision.outcome = Ref<Chat>(std::move(chat));
    return decision;
  }
  if (has_agent && !same && !operation.transfer) return refusal(Code::chat_taken, "another agent has the chat");

  const auto put_agent = [&decision, &made](const Stored<Agent>& agent, std::int64_t more) {
    Agent after = agent.value;
    after.ongoing_chats = std::max<std::int64_t>(after.ongoing_chats + more, 0);
    decision.changes.push_back(Put<Agent>{&agent == &made ? nullptr : &agent, Ref<Agent>(std::move(after))});
  };
  List<Person> people = found.people;
  if (!operation.department.empty()) chat.department = operation.department;
  if (!same) {
    if (found.before != nullptr) {
      leave(chat, found.before->value, context.now);
      put_agent(*found.before, -1);
    }
    chat.agent = {};
    chat.state = ChatState::queued;
    if (taker != nullptr) {
      join(chat, taker->value, context.now);
      if (chat.participants.size() > people.size()) people.push_back({nullptr, &taker->value});
      put_agent(*taker, 1);
      chat.agent = taker->value.id;
      chat.state = ChatState::active;
      if (!chat.taken_at.known()) chat.taken_at = context.now;
    } else if (!chat.queued_at.known()) {
      chat.queued_at = context.now;
    }
  }
  Message told = notice(operation.transfer ? MessageKind::transferred : MessageKind::taken,
                        actor_of(operation.by, found.named, found.by), context);
  told.text = operation.comment;
  append(told, chat, found.last, context.now);
  if (found.visitor != nullptr && found.visitor->value.last_chat == chat.id) {
    Visitor visitor = found.visitor->value;
    visitor.status = status_of(standing_of(chat));
    decision.changes.push_back(Put<Visitor>{found.visitor, Ref<Visitor>(std::move(visitor))});
  }
  decision.changes.push_back(Put<Chat>{found.named.chat, Ref<Chat>(chat)});
  decision.changes.push_back(Put<Message>{nullptr, Ref<Message>(std::move(told))});
  refresh_participants(chat, people, ChatDetail::of_people);
  decision.outcome = Ref<Chat>(std::move(chat));
  return decision;
}

}  // namespace parley::store
