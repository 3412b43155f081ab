// A new chat changes up to four records: agent, contact, chat and visitor.
#include "adapters/store/rules/open_chat.hpp"

#include <algorithm>

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

Participant answering(const Agent& agent, Time begin_at) {
  Participant answering;
  answering.id = agent.id.text;
  answering.is_agent = true;
  answering.begin_at = begin_at;
  return answering;
}

Chat new_chat(const OpenChat& operation, const Visitor& visitor, const DecisionContext& context) {
  Chat chat;
  chat.id.text = context.ids.random17();
  chat.state = ChatState::queued;
  chat.begin_at = chat.updated_at = context.now;
  chat.language = visitor.language;
  chat.visitor = visitor.id;
  chat.department = visitor.department;
  chat.source = operation.source;
  chat.source_destination = operation.source_destination;
  chat.participants.push_back(starter(visitor, context.now));
  return chat;
}

/// The visitor's contact, with the chat noted on its channel. A visitor has one channel for each source.
Contact person_of(const Visitor& visitor, const Chat& chat, const Stored<Contact>* known, const IdSource& ids) {
  Contact contact;
  if (known != nullptr) {
    contact = known->value;
  } else {
    contact.id.text = ids.object24();
    contact.name = visitor.name.empty() ? visitor.username : visitor.name;
  }
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
    if (!operation.agent.empty()) found.agent = gathered.find(AgentKey{operation.agent.text});
    found.contact = gathered.find(ContactOfKey{visitor.id.text});
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
  Visitor visitor = found.visitor->value;
  Chat chat = new_chat(operation, visitor, context);
  List<Person> people(1);
  if (found.agent != nullptr) {
    Agent busier = found.agent->value;
    busier.ongoing_chats += 1;
    chat.state = ChatState::active;
    chat.agent = busier.id;
    chat.participants.push_back(answering(busier, context.now));
    const Ref<Agent> after(std::move(busier));
    people.push_back({nullptr, after.get()});
    decision.changes.push_back(Put<Agent>{found.agent, after});
  }
  Contact contact = person_of(visitor, chat, found.contact, context.ids);
  chat.contact = contact.id;
  decision.changes.push_back(Put<Contact>{found.contact, Ref<Contact>(std::move(contact))});

  visitor.chats += 1;
  visitor.last_chat = chat.id;
  visitor.last_chat_at = visitor.updated_at = context.now;
  visitor.status = status_of(standing_of(chat));
  const Ref<Visitor> starter(std::move(visitor));
  people.front().visitor = starter.get();

  const Ref<Chat> stored(chat);
  decision.changes.push_back(Put<Chat>{nullptr, stored});
  decision.changes.push_back(Put<Visitor>{found.visitor, starter});
  refresh_participants(chat, people, ChatDetail::of_people);
  decision.outcome = OpenedChat(std::move(chat), true);
  return decision;
}

}  // namespace parley::store
