// Composes chats from present data, so a write through one vendor's API is seen in the chats that another vendor shows.
#include "adapters/store/participants.hpp"

#include <algorithm>

#include "adapters/store/slots.hpp"
#include "schemas/canonical/visitor_texts.hpp"

namespace parley::store {
namespace {

/// Agents with this status are shown as online.
constexpr std::string_view online_status = "Online";

void fill(Text& value, const Text& other) {
  if (value.empty()) value = other;
}

void replace(Text& value, const Text& other) {
  if (!other.empty()) value = other;
}

void show(Participant& participant, const Visitor& visitor) {
  replace(participant.name, visitor.name);
  replace(participant.username, visitor.username);
  participant.token = visitor.token;
  participant.emails = visitor.emails;
  participant.phones = visitor.phones;
  participant.attributes = visitor.attributes;
  participant.page_history = visitor.page_history;
  if (visitor.presence == Presence::offline) participant.online = false;
  // These values describe the moment of joining and belong to the chat. The visitor's record only fills gaps.
  fill(participant.user_agent, visitor.user_agent);
  fill(participant.channel, visitor.channel);
  fill(participant.ip, visitor.ip);
  if (participant.landing_page.empty()) {
    participant.landing_page = visitor.landing_page;
    fill(participant.landing_title, visitor.landing_title);
  }
}

void show(Participant& participant, const Agent& agent) {
  replace(participant.name, agent.name);
  replace(participant.username, agent.username);
  participant.online = agent.status == online_status && !participant.end_at.known();
}

/// Puts visitor data that a participant has no member for into the chat's named values. If the visitor has an attribute
/// of the same name, the attribute is kept instead.
void show_visit(Attributes& call_data, const Visitor& visitor) {
  for (const VisitorText& text : visitor_texts) {
    const Text& value = text.in(visitor);
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

}  // namespace

List<Person> gather_people(const Chat& chat, Gathered& gathered) {
  List<Person> people(chat.participants.size());
  for (std::size_t at = 0; at < people.size(); ++at) {
    const Participant& participant = chat.participants[at];
    if (participant.is_agent) {
      if (const auto* agent = gathered.find(AgentKey{participant.id})) people[at].agent = &agent->value;
    } else if (const auto* visitor = gathered.find(visitor_by_id(participant.id))) {
      people[at].visitor = &visitor->value;
    }
  }
  return people;
}

void refresh_participants(Chat& chat, const List<Person>& people, ChatDetail detail) {
  for (std::size_t at = 0; at < people.size(); ++at) {
    Participant& participant = chat.participants[at];
    const Person& person = people[at];
    if (person.agent != nullptr) show(participant, *person.agent);
    if (person.visitor == nullptr) continue;
    if (detail == ChatDetail::of_visit && participant.id == chat.visitor.text) {
      show_visit(chat.call_data, *person.visitor);
    }
    show(participant, *person.visitor);
  }
}

Result<std::size_t> refresh_participants(Chat& chat, Snapshot& snapshot, ChatDetail detail) {
  Gathered gathered;
  static_cast<void>(gather_people(chat, gathered));
  if (auto answered = snapshot.gather(gathered); !answered) return std::move(answered).error();
  refresh_participants(chat, gather_people(chat, gathered), detail);
  return dependencies_of(gathered).bytes;
}

}  // namespace parley::store
