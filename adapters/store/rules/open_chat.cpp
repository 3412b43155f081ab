// A new chat changes up to four records: agent, contact, chat and visitor.
#include "adapters/store/rules/open_chat.hpp"

#include <algorithm>

#include "adapters/store/contacts.hpp"
#include "adapters/store/presence.hpp"

namespace parley::store {
namespace {

/// Whether a chat that was requested by id is an open chat of this visitor.
bool is_open_chat_of(const Visitor& visitor, const Stored<Chat>* chat) {
  return chat != nullptr && chat->value.visitor == visitor.id && chat->value.state != ChatState::ended;
}

Participant starter(const Visitor& visitor, Time begin_at) {
  Participant starter;
  starter.id = visitor.id.text;
  starter.begin_at = begin_at;
  starter.online = true;
  starter.user_agent = visitor.user_agent;
  starter.landing_page = visitor.landing_page;
  starter.landing_title = visitor.landing_title;
  starter.channel = visitor.channel;
  starter.ip = visitor.ip;
  return starter;
}

Chat new_chat(const OpenChat& operation, const Visitor& visitor, const DecisionContext& context) {
  Chat chat;
  chat.id.text = context.ids.random17();
  chat.state = ChatState::queued;
  chat.begin_at = chat.queued_at = chat.updated_at = context.now;
  chat.language = visitor.language;
  chat.visitor = visitor.id;
  chat.department = visitor.department;
  chat.source = operation.source;
  chat.source_destination = operation.source_destination;
  chat.participants.push_back(starter(visitor, context.now));
  return chat;
}

/// A contact of which is known what the visitor has said.
Contact unknown_person(const Visitor& visitor, Time now, const IdSource& ids) {
  Contact contact;
  contact.id.text = ids.object24();
  contact.name = visitor.name.empty() ? visitor.username : visitor.name;
  contact.unknown = true;
  contact.created_at = now;
  for (const Text& email : visitor.emails) add_identity(contact, IdentityKind::email, email, ids.object24);
  for (const Text& phone : visitor.phones) add_identity(contact, IdentityKind::phone, phone, ids.object24);
  for (const Attribute& one : visitor.attributes) {
    if (one.kind == AttributeKind::field && find(contact.fields, one.name) == nullptr) contact.fields.push_back(one);
  }
  return contact;
}

/// The visitor's contact, with the chat noted on its channel. A visitor has one channel for each source.
Contact person_of(const Visitor& visitor, const Chat& chat, const Stored<Contact>* known, const IdSource& ids) {
  Contact contact = known != nullptr ? known->value : unknown_person(visitor, chat.begin_at, ids);
  add_identity(contact, IdentityKind::visitor, visitor.id.text, ids.object24);
  contact.last_chat = chat.id;
  contact.last_chat_at = contact.updated_at = chat.begin_at;
  settle(contact);
  const auto found = std::find_if(
      contact.channels.begin(), contact.channels.end(),
      [&visitor, &chat](const Channel& one) { return one.visitor == visitor.id && one.name == chat.source; });
  Channel& channel = found == contact.channels.end() ? contact.channels.emplace_back() : *found;
  channel.name = chat.source;
  channel.visitor = visitor.id;
  channel.source = chat.source;
  channel.detail_source = chat.source;
  channel.destination = chat.source_destination;
  channel.last_chat = chat.id;
  channel.last_chat_at = chat.begin_at;
  return contact;
}

}  // namespace

Participant taking_part(const Agent& agent, Time begin_at) {
  Participant one;
  one.id = agent.id.text;
  one.is_agent = true;
  one.begin_at = begin_at;
  return one;
}

Chat add_chat(const OpenChat& operation, const FoundVisitor& starter, const AddedChatRecords& found,
              const DecisionContext& context, Changes& changes) {
  Visitor visitor = starter.value;
  Chat chat = new_chat(operation, visitor, context);
  chat.sequence = (found.chats == nullptr ? 0 : *found.chats) + 1;
  changes.push_back(SetCounter{chat_counter, chat.sequence});
  if (found.agent != nullptr) {
    Agent busier = found.agent->value;
    busier.ongoing_chats += 1;
    chat.state = ChatState::active;
    chat.agent = busier.id;
    chat.taken_at = context.now;
    chat.participants.push_back(taking_part(busier, context.now));
    changes.push_back(Put<Agent>{found.agent, Ref<Agent>(std::move(busier))});
  }
  Contact contact = person_of(visitor, chat, found.contact, context.ids);
  chat.contact = contact.id;
  changes.push_back(Put<Contact>{found.contact, Ref<Contact>(std::move(contact))});

  come_back(visitor, context.now);
  visitor.chats += 1;
  visitor.last_chat = chat.id;
  visitor.last_chat_at = visitor.updated_at = context.now;
  visitor.status = status_of(standing_of(chat));
  changes.push_back(Put<Visitor>{&starter, Ref<Visitor>(std::move(visitor)), context.now});
  return chat;
}

namespace {

/// A contact without a channel that is known by one of the values, or nullptr.
const Stored<Contact>* find_registered(IdentityKind kind, const List<Text>& values, Gathered& gathered) {
  for (const Text& value : values) {
    const List<Stored<Contact>>* known = value.empty() ? nullptr : gathered.find(KnownByKey{kind, value});
    if (known == nullptr) continue;
    for (const Stored<Contact>& one : *known) {
      if (one.value.channels.empty() && visitors_of(one.value).empty()) return &one;
    }
  }
  return nullptr;
}

}  // namespace

void gather_added(AddedChatRecords& found, const FoundVisitor& visitor, Gathered& gathered) {
  found.contact = gathered.find(ContactOfKey{visitor.value.id.text});
  found.chats = gathered.find(CounterKey{chat_counter});
  // Who never chatted has hardly a contact: then the two questions need one round.
  if (found.contact != nullptr || (gathered.wants() && visitor.value.chats != 0)) return;
  found.contact = find_registered(IdentityKind::email, visitor.value.emails, gathered);
  if (found.contact == nullptr) found.contact = find_registered(IdentityKind::phone, visitor.value.phones, gathered);
}

OpenChatRecords gather(const OpenChat& operation, Gathered& gathered) {
  OpenChatRecords found;
  found.visitor = gathered.find(visitor_by_token(operation.token));
  if (found.visitor == nullptr) return found;
  const Visitor& visitor = found.visitor->value;
  found.chat = operation.chat.empty() ? gathered.find(OpenChatKey{visitor.id.text})
                                      : gathered.find(ChatKey{operation.chat.text});
  if (gathered.wants()) return found;
  if (is_open_chat_of(visitor, found.chat)) {
    found.people = gather_people(found.chat->value, gathered);
  } else if (operation.chat.empty()) {
    gather_added(found.added, *found.visitor, gathered);
    if (!operation.agent.empty()) found.added.agent = gathered.find(AgentKey{operation.agent.text});
  }
  return found;
}

Result<Decision> decide(const OpenChat& operation, const OpenChatRecords& found, const DecisionContext& context) {
  if (found.visitor == nullptr) return refusal(Code::no_such_visitor, "no visitor has this token");
  if (!operation.chat.empty() && !is_open_chat_of(found.visitor->value, found.chat)) {
    return refusal(Code::not_the_visitors_chat, "the chat is another visitor's, or over");
  }
  if (found.chat != nullptr) {
    Chat chat = found.chat->value;
    refresh_participants(chat, found.people, ChatDetail::of_people);
    return Decision{OpenedChat(std::move(chat), false), {}};
  }

  Decision decision;
  Chat chat = add_chat(operation, *found.visitor, found.added, context, decision.changes);
  decision.changes.push_back(Put<Chat>{nullptr, Ref<Chat>(chat)});
  List<Person> people(chat.participants.size());
  for (const Change& change : decision.changes) {
    if (const auto* put = std::get_if<Put<Visitor>>(&change)) people.front().visitor = put->after.get();
    if (const auto* put = std::get_if<Put<Agent>>(&change)) people.back().agent = put->after.get();
  }
  refresh_participants(chat, people, ChatDetail::of_people);
  decision.outcome = OpenedChat(std::move(chat), true);
  return decision;
}

}  // namespace parley::store
