// A function for each operation: the API calls that it becomes.
#include <algorithm>

#include "adapters/enghouse/connector/connector.hpp"
#include "adapters/enghouse/connector/unwrap.hpp"
#include "adapters/enghouse/fields.hpp"
#include "adapters/enghouse/projections.hpp"
#include "schemas/ascii.hpp"

namespace parley::enghouse {
namespace {

constexpr std::string_view contact_call = "getContactByChatID";
constexpr std::string_view active_call = "getActiveContactsID";
constexpr std::size_t most_contacts = 1000;  // each needs a call

Error no_chat() { return fault(Code::no_such_chat, "no active chat has this id"); }
Error unreadable(String why) {
  return fault(Code::upstream_failed, "the answer of the platform cannot be understood", {}, std::move(why));
}

/// Whether two ids are the same, or one is the guid that represents the other. Facades that have only guids show free text as a
/// guid, which cannot be converted back.
bool is_same(std::string_view a, std::string_view b) { return a == b || ids::to_guid(a) == ids::to_guid(b); }

/// Whether the id is a guid that may represent free text.
bool may_be_mapped(std::string_view id) {
  const auto guid = ids::parse_guid(id);
  return guid && ids::may_be_mapped(*guid);
}

/// Reads the contact of an answer as nearly every server sends it. Returns false, and leaves `chat` new, for any other answer.
bool read_usual_contact(const upstream::Response& answer, shape::Document& document, shape::Losses* losses,
                        Chat& chat) {
  if (answer.status != 200) return false;
  const std::optional<std::string_view> json = unwrap(answer.body);
  const auto is_no_refusal = [](const shape::Node& member) { return member.key != "result" || member.text == "true"; };
  return json && shape::read_plain_member(shape::view<enghouse::contact>, *json, "contact", is_no_refusal, document,
                                          losses, chat);
}

/// Adds a visitor, once: of several with the same id, the one with the latest chat stays, with the losses of that chat.
void add(upstream::Listed<Visitor>& visitors, Visitor visitor, const shape::Losses& losses) {
  for (std::size_t place = 0; place < visitors.records.size(); ++place) {
    Visitor& known = visitors.records[place];
    if (known.id != visitor.id) continue;
    if (known.last_chat_at < visitor.last_chat_at) {
      known = std::move(visitor);
      visitors.replace_losses(place, losses);
    }
    return;
  }
  visitors.add(std::move(visitor), losses);
}

/// Adds the agents of a chat, each once, and counts the chat for those who have not left it. The losses of
/// a contact do not say of which participant they are, so each of its agents gets all of them.
void add_agents(upstream::Listed<Agent>& listed, const Chat& chat, const shape::Losses& losses) {
  List<Agent>& agents = listed.records;
  for (Agent& agent : to_agents(chat)) {
    auto known = std::find_if(agents.begin(), agents.end(), [&](const Agent& one) { return one.id == agent.id; });
    if (known == agents.end()) {
      listed.add(std::move(agent), losses);
      known = std::prev(agents.end());
    }
    const auto in_it = [&](const Participant& one) {
      return one.is_agent && one.id == known->id.text && !one.end_at.known();
    };
    if (std::any_of(chat.participants.begin(), chat.participants.end(), in_it)) ++known->ongoing_chats;
  }
}

}  // namespace

// --- contacts -------------------------------------------------------------------------------------------------------

contract::Task<Result<Chat>> ConnectorSession::contact(std::string_view domain, std::string_view wire_id,
                                                       const Call& call, shape::Losses* losses) {
  if (!may_be_id(wire_id)) co_return no_chat();
  const upstream::Request asked = request(domain, contact_call, wire_id);
  Result<upstream::Response> answer = co_await connector_.credentials_.send(client_, asked, call);
  if (!answer) co_return std::move(answer).error();
  Chat chat;
  if (!read_usual_contact(*answer, document_, losses, chat)) {
    const auto node = open_envelope(*std::move(answer), "contact", Code::no_such_chat, document_);
    if (!node) co_return node.error();
    shape::Reading reading(losses, document_.lend());
    if (shape::read_object(shape::view<enghouse::contact>, **node, &chat, reading) == shape::Fit::refused) {
      co_return unreadable("the contact is no object");
    }
  }
  const Text id = read_id(chat_prefix, wire_id);
  if (chat.id.empty()) chat.id.text = id;
  if (!is_same(chat.id.text, id) && !ascii::same_ignoring_case(chat.id.text, id))
    co_return unreadable("the contact is another chat's");
  if (chat.state == ChatState::ended) co_return no_chat();
  co_return chat;
}

contract::Task<Result<List<String>>> ConnectorSession::active_ids(std::string_view domain, const Call& call,
                                                                  shape::Losses* losses) {
  const upstream::Request asked = request(domain, active_call);
  Result<upstream::Response> answer = co_await connector_.credentials_.send(client_, asked, call);
  if (!answer) co_return std::move(answer).error();
  const auto node = open_envelope(*std::move(answer), "contacts", Code::upstream_failed, document_);
  if (!node) co_return node.error();
  if (!(*node)->is_array()) co_return unreadable("the contacts are no list");
  List<String> ids;
  for (const shape::Node& id : **node) {
    if (!id.is_text()) co_return unreadable("an id is no text");
    if (id.text_repaired) {
      if (losses != nullptr) losses->push_back({"contacts", "an id that is not Unicode names no contact"});
    } else {
      ids.emplace_back(id.text);
    }
  }
  if (ids.size() > most_contacts) co_return unreadable("more than 1000 active contacts");
  co_return ids;
}

contract::Task<Result<List<ConnectorSession::ActiveContact>>> ConnectorSession::active_contacts(std::string_view domain,
                                                                                                const Call& call,
                                                                                                shape::Losses* losses) {
  const Result<List<String>> ids = co_await active_ids(domain, call, losses);
  if (!ids) co_return ids.error();
  List<ActiveContact> chats;
  for (const String& id : *ids) {
    shape::Losses of_contact;
    Result<Chat> chat = co_await contact(domain, id, call, &of_contact);
    if (chat) {
      chats.push_back({*std::move(chat), std::move(of_contact)});
    } else if (chat.error().code != Code::no_such_chat) {
      co_return std::move(chat).error();
    }
  }
  co_return chats;
}

ConnectorSession::Task ConnectorSession::get_chat_contact(const GetChatContact& operation, const Call& call) {
  const Text& id = operation.chat.text;
  IdScratch scratch;
  const std::string_view wire_id = write_id(chat_prefix, id, scratch);
  Result<Chat> found = co_await contact(operation.domain, wire_id, call, call.losses);
  if (!found && found.error().code == Code::no_such_chat && may_be_mapped(id)) {
    const Result<List<String>> active = co_await active_ids(operation.domain, call, nullptr);
    if (!active) co_return active.error();
    for (const String& one : *active) {
      if (!is_same(read_id(chat_prefix, one), id)) continue;
      found = co_await contact(operation.domain, one, call, call.losses);
      break;
    }
  }
  if (!found) co_return std::move(found).error();
  co_return Outcome(Ref<Chat>(*std::move(found)));
}

ConnectorSession::Task ConnectorSession::list_chats(const ListChats& operation, const Call& call) {
  if (operation.filter.state == ChatFilter::State::ended) {
    co_return fault(Code::unsupported_operation, "the vendor's public API lists chats that go on, and no others");
  }
  Result<List<ActiveContact>> contacts = co_await active_contacts(operation.domain, call, call.losses);
  if (!contacts) co_return std::move(contacts).error();
  upstream::Listed<Chat> chats;
  for (ActiveContact& one : *contacts) chats.add(std::move(one.chat), std::move(one.losses));
  chats.remove_if([&operation](const Chat& chat) { return !fits(operation.filter, chat); });
  co_return Outcome(select(std::move(chats), operation.query, call.losses));
}

// --- visitors -------------------------------------------------------------------------------------------------------

ConnectorSession::Task ConnectorSession::list_visitors(const ListVisitors& operation, const Call& call) {
  const Result<List<ActiveContact>> contacts = co_await active_contacts({}, call, call.losses);
  if (!contacts) co_return contacts.error();
  upstream::Listed<Visitor> visitors;
  for (const ActiveContact& one : *contacts) add(visitors, to_visitor(one.chat), one.losses);
  co_return Outcome(select(std::move(visitors), operation.query, call.losses));
}

contract::Task<Result<std::optional<Visitor>>> ConnectorSession::find_visitor(std::string_view id, const Call& call) {
  const Result<List<ActiveContact>> contacts = co_await active_contacts({}, call, nullptr);
  if (!contacts) co_return contacts.error();
  upstream::Listed<Visitor> found;
  for (const ActiveContact& one : *contacts) {
    Visitor visitor = to_visitor(one.chat);
    if (is_same(visitor.id.text, id)) add(found, std::move(visitor), one.losses);
  }
  if (found.records.empty()) co_return std::optional<Visitor>();
  found.tell(0, call.losses);
  co_return std::optional(std::move(found.records.front()));
}

ConnectorSession::Task ConnectorSession::get_visitor(const GetVisitor& operation, const Call& call) {
  // A user of Enghouse has no token; other facades show the id in its place.
  const Text& id = operation.visitor.empty() ? operation.token : operation.visitor.text;
  Result<std::optional<Visitor>> found = co_await find_visitor(id, call);
  if (!found) co_return std::move(found).error();
  if (!*found) co_return fault(Code::no_such_visitor, "no visitor of an active chat has this id");
  co_return Outcome(Ref<Visitor>(**std::move(found)));
}

ConnectorSession::Task ConnectorSession::list_contact_channels(const ListContactChannels& operation, const Call& call) {
  // Enghouse keeps no contact behind its users. The user is the contact, with the one channel that the user came by.
  Result<std::optional<Visitor>> found = co_await find_visitor(operation.contact.text, call);
  if (!found) co_return std::move(found).error();
  List<Channel> channels;
  if (const std::optional<Visitor>& visitor = *found) {
    Channel& channel = channels.emplace_back();
    const bool web = visitor->channel.empty() || visitor->channel == "web";
    channel.name = visitor->channel.empty() ? "web" : visitor->channel;
    channel.visitor = visitor->id;
    channel.source = web ? "widget" : "app";
    if (!web) channel.source_id = visitor->channel;
    channel.detail_source = channel.source;
    channel.last_chat = visitor->last_chat;
    channel.last_chat_at = visitor->last_chat_at;
  }
  co_return Outcome(std::move(channels));
}

// --- agents ---------------------------------------------------------------------------------------------------------

ConnectorSession::Task ConnectorSession::list_agents(const ListAgents& operation, const Call& call) {
  const Result<List<ActiveContact>> contacts = co_await active_contacts({}, call, call.losses);
  if (!contacts) co_return contacts.error();
  upstream::Listed<Agent> agents;
  for (const ActiveContact& one : *contacts) add_agents(agents, one.chat, one.losses);
  co_return Outcome(select(std::move(agents), operation.query, call.losses));
}

ConnectorSession::Task ConnectorSession::get_agent(const GetAgent& operation, const Call& call) {
  const Result<List<ActiveContact>> contacts = co_await active_contacts({}, call, nullptr);
  if (!contacts) co_return contacts.error();
  upstream::Listed<Agent> agents;
  for (const ActiveContact& one : *contacts) add_agents(agents, one.chat, one.losses);
  for (std::size_t place = 0; place < agents.records.size(); ++place) {
    Agent& agent = agents.records[place];
    if (!is_same(agent.id.text, operation.agent.text)) continue;
    agents.tell(place, call.losses);
    co_return Outcome(Ref<Agent>(std::move(agent)));
  }
  co_return fault(Code::no_such_agent, "no agent of an active chat has this id");
}

// --- dispatch -------------------------------------------------------------------------------------------------------

struct ConnectorSession::Handlers {
  ConnectorSession& session;
  const Call& call;

  Task operator()(const GetChatContact& operation) const { return session.get_chat_contact(operation, call); }
  Task operator()(const ListVisitors& operation) const { return session.list_visitors(operation, call); }
  Task operator()(const GetVisitor& operation) const { return session.get_visitor(operation, call); }
  Task operator()(const ListAgents& operation) const { return session.list_agents(operation, call); }
  Task operator()(const GetAgent& operation) const { return session.get_agent(operation, call); }
  Task operator()(const ListContactChannels& operation) const { return session.list_contact_channels(operation, call); }
  Task operator()(const ListChats& operation) const { return session.list_chats(operation, call); }
  static Task refuse(std::string_view why) { co_return fault(Code::unsupported_operation, String(why)); }
};

// Not a coroutine, which saves a coroutine frame for each operation.
contract::Task<Result<Outcome>> ConnectorSession::execute(const Operation& operation, const Call& call) {
  return contract::dispatch<support>(operation, Handlers{*this, call});
}

}  // namespace parley::enghouse
