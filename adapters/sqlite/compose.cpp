// Overlaying, so that a write through one vendor's view is seen in the chats that another vendor shows.
#include "adapters/sqlite/compose.hpp"

#include <algorithm>

#include "schemas/canonical/visitor_texts.hpp"

namespace parley::sqlite {
namespace {

void fill(String& value, const String& other) {
  if (value.empty()) value = other;
}

void replace(String& value, String& other) {
  if (!other.empty()) value = std::move(other);
}

void show(Participant& participant, Visitor visitor) {
  replace(participant.name, visitor.name);
  replace(participant.username, visitor.username);
  participant.token = std::move(visitor.token);
  participant.emails = std::move(visitor.emails);
  participant.phones = std::move(visitor.phones);
  participant.attributes = std::move(visitor.attributes);
  participant.page_history = std::move(visitor.page_history);
  if (visitor.presence == Presence::offline) participant.online = false;
  // What belongs to the moment of joining is the chat's; the visitor only fills gaps.
  fill(participant.user_agent, visitor.user_agent);
  fill(participant.channel, visitor.channel);
  fill(participant.ip, visitor.ip);
  if (participant.landing_page.empty()) {
    participant.landing_page = std::move(visitor.landing_page);
    fill(participant.landing_title, visitor.landing_title);
  }
}

/// Puts what a participant has no member for among the chat's named values. An attribute of such a name stays what it is.
void tell(Attributes& call_data, const Visitor& visitor) {
  for (const VisitorText& text : visitor_texts) {
    const String& value = text.in(visitor);
    if (value.empty() || find(visitor.attributes, text.name) != nullptr) continue;
    auto entry = std::find_if(call_data.begin(), call_data.end(),
                              [&text](const Attribute& one) { return one.name == text.name; });
    if (entry == call_data.end()) {
      entry = call_data.insert(call_data.end(), Attribute{});
      entry->name = text.name;
      entry->kind = AttributeKind::variable;
    }
    entry->value = value;
    entry->literal = false;
  }
}

void show(Participant& participant, Agent agent) {
  replace(participant.name, agent.name);
  replace(participant.username, agent.username);
  participant.online = agent.status == online_status && !participant.end_at.known();
}

}  // namespace

void refresh_participants(Chat& chat, Tables& tables, Dependencies& origins, ChatDetail telling) {
  origins.slots.push_back(store::slot_of(store::Kind::chat, chat.id.text));
  for (Participant& participant : chat.participants) {
    origins.slots.push_back(
        store::slot_of(participant.is_agent ? store::Kind::agent : store::Kind::visitor, participant.id));
    if (participant.is_agent) {
      if (auto agent = tables.agent(participant.id)) {
        origins.bytes += agent->bytes;
        show(participant, std::move(agent->value));
      }
    } else if (auto visitor = tables.visitor(participant.id)) {
      origins.bytes += visitor->bytes;
      if (telling == ChatDetail::of_visit && participant.id == chat.visitor.text) tell(chat.call_data, visitor->value);
      show(participant, std::move(visitor->value));
    }
  }
}

VisitorStatus status_of(Standing standing) noexcept {
  switch (standing) {
    case Standing::chatting:
      return VisitorStatus::chatting;
    case Standing::ended:
      return VisitorStatus::chat_ended;
    case Standing::waiting:
      break;
  }
  return VisitorStatus::waiting_for_chat;
}

}  // namespace parley::sqlite
