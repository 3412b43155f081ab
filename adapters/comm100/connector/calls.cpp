// A function for each operation: the API calls that it becomes.
#include <algorithm>
#include <unordered_set>

#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/connector/connector.hpp"
#include "adapters/comm100/contacts.hpp"
#include "adapters/comm100/fields.hpp"
#include "adapters/upstream/json.hpp"
#include "schemas/ascii.hpp"
#include "schemas/shape/read_plain.hpp"

namespace parley::comm100 {
namespace {

constexpr std::string_view agents_path = "/v4/livechat/agents";
constexpr std::string_view visitors_path = "/v4/livechat/visitors";
constexpr std::string_view contacts_path = "/v4/contact/contacts";
constexpr std::string_view json_body = "application/json";
constexpr std::size_t most_pages = 100;

/// Whether two ids are the same guid; Comm100 distinguishes no others.
bool is_same(std::string_view a, std::string_view b) { return a == b || ids::to_guid(a) == ids::to_guid(b); }

void put(upstream::Request& request, Buffer& body) {
  request.method = http::Method::put;
  request.content_type = json_body;
  request.body.assign(body.view());
}

/// Notes a loss, where the caller wants to know of losses.
void note(const contract::Call& call, shape::Label member, shape::Label reason) {
  if (call.losses != nullptr) call.losses->push_back({std::move(member), std::move(reason)});
}

// --- variables ------------------------------------------------------------------------------------------------------

String name_of(const Attribute& variable) { return "visitor.attributes." + variable.name; }

void write_variables(const Attributes& variables, Buffer& body) {
  shape::Writer writer(body);
  writer.begin_array();
  for (const Attribute& variable : variables) {
    const FieldAndValue item = body_of(variable);
    shape::write_object(shape::view<variable_update>, &item, writer);
  }
  writer.end_array();
  writer.finish();
}

/// The variables of `asked` that `kept` does not have with the same value and URL. Of several with one name, only the last counts.
List<const Attribute*> not_kept(const Attributes& asked, const Visitor& kept) {
  List<const Attribute*> missing;
  for (auto variable = asked.begin(); variable != asked.end(); ++variable) {
    const auto again = [&variable](const Attribute& one) { return one.name == variable->name; };
    if (std::any_of(variable + 1, asked.end(), again)) continue;
    const auto is_it = [&variable](const Attribute& one) {
      return one.kind == AttributeKind::variable && one.name == variable->name && one.value == variable->value &&
             one.url == variable->url;
    };
    if (std::none_of(kept.attributes.begin(), kept.attributes.end(), is_it)) missing.push_back(&*variable);
  }
  return missing;
}

/// Notes the variables whose values are no texts. Errors: lossy, where the call is lossless and there are any.
Result<void> note_literals(const Attributes& variables, const contract::Call& call) {
  static constexpr char reason[] = "a value that is no text is sent as its JSON text";
  String literals;
  const Attribute* first = nullptr;
  for (const Attribute& variable : variables) {
    if (!variable.literal) continue;
    note(call, name_of(variable), reason);
    if (first == nullptr) first = &variable;
    literals.append(literals.empty() ? "" : ", ").append(name_of(variable));
  }
  if (!call.lossless || first == nullptr) return {};
  return fault(Code::lossy, "Comm100 cannot carry " + literals + ", and this route is lossless; nothing was written",
               name_of(*first), reason);
}

// --- chats ----------------------------------------------------------------------------------------------------------

bool is_in_chat(VisitorStatus status) noexcept {
  return status == VisitorStatus::waiting_for_chat || status == VisitorStatus::voice_chatting ||
         status == VisitorStatus::chatting || status == VisitorStatus::transferring;
}

/// The chat that a visitor is in. The API gives chats no id, so the chat has the visitor's.
Chat chat_of(const Visitor& visitor) {
  Chat chat;
  chat.id.text = visitor.id.text;
  chat.visitor = visitor.id;
  chat.state = visitor.status == VisitorStatus::waiting_for_chat ? ChatState::queued : ChatState::active;
  chat.begin_at = visitor.visit_at;
  chat.language = visitor.language;
  chat.department = visitor.department;
  Participant& starter = chat.participants.emplace_back();
  starter.id = visitor.id.text;
  starter.name = visitor.name;
  starter.emails = visitor.emails;
  starter.phones = visitor.phones;
  starter.attributes = visitor.attributes;
  starter.begin_at = visitor.visit_at;
  starter.online = true;
  starter.landing_page = visitor.landing_page;
  starter.ip = visitor.ip;
  return chat;
}

}  // namespace

// --- reading --------------------------------------------------------------------------------------------------------

template <class T>
Result<void> ConnectorSession::read_into(T& record, const Result<upstream::Response>& answer, const shape::View& view,
                                         std::string_view id, shape::Losses* losses) {
  if (!answer) return answer.error();
  if (!shape::read_plain(view, answer->body, document_, losses, record)) {
    if (Result<void> parsed = upstream::read_json(*answer, document_); !parsed) return parsed;
    shape::Reading reading(losses, document_.lend());
    if (shape::read_object(view, document_.root(), &record, reading) == shape::Fit::refused) {
      return unreadable("the answer is no object");
    }
  }
  if (record.id.empty() || !is_same(record.id.text, id)) return unreadable("the answer has another id, or none");
  return {};
}

template <class T>
Result<T> ConnectorSession::read_one(const Result<upstream::Response>& answer, const shape::View& view,
                                     std::string_view id, shape::Losses* losses) {
  Result<T> record(boost::system::in_place_value);
  if (Result<void> read = read_into(*record, answer, view, id, losses); !read) record = std::move(read).error();
  return record;
}

Result<Outcome> ConnectorSession::read_visitor(const Result<upstream::Response>& answer, std::string_view id,
                                               const Call& call) {
  Result<void> read;
  Ref<Visitor> found = Ref<Visitor>::made_by(
      [&](Visitor& record) { read = read_into(record, answer, shape::view<visitor>, id, call.losses); });
  if (!read) return std::move(read).error();
  return Outcome(std::move(found));
}

template <class T>
contract::Task<Result<upstream::Listed<T>>> ConnectorSession::read_all(std::string_view path, std::string_view plural,
                                                                       const shape::View& view, OperationKind kind,
                                                                       const Call& call) {
  upstream::Listed<T> all;
  const List<T>& records = all.records;
  std::unordered_set<Text> seen;  // records may move to another page between two calls
  upstream::Request asked = request(path);
  for (std::size_t pages = 1;; ++pages) {
    const Result<upstream::Response> answer = co_await ask(asked, kind, Code::upstream_failed, call);
    if (!answer) co_return answer.error();
    if (Result<void> parsed = upstream::read_json(*answer, document_); !parsed) co_return std::move(parsed).error();
    const std::optional<ListPage> page = find_page(document_.root(), plural);
    if (!page) co_return unreadable("the answer has no list");
    const std::size_t before = records.size();
    const auto texts = document_.lend();
    for (const shape::Node& node : *page->items) {
      T record;
      shape::Losses losses;
      shape::Reading reading(&losses, texts);
      if (shape::read_object(view, node, &record, reading) == shape::Fit::refused) {
        co_return unreadable("an element of the list is no object");
      }
      if (page->more || pages > 1) {
        if (!record.id.empty() && !seen.insert(record.id.text).second) continue;
      }
      all.add(std::move(record), std::move(losses));
    }
    const bool complete = page->total && records.size() >= *page->total;
    if (!page->more || complete || records.size() == before) co_return all;
    if (pages == most_pages) co_return unreadable("the list has more than 100 pages");
    asked = request(path);
    if (page->next.empty()) {
      asked.target.query("pageIndex", std::to_string(pages + 1));
    } else {
      follow(page->next, asked.target);
    }
  }
}

// --- agents ---------------------------------------------------------------------------------------------------------

ConnectorSession::Task ConnectorSession::list_agents(const ListAgents& operation, const Call& call) {
  Result<upstream::Listed<Agent>> agents =
      co_await read_all<Agent>(agents_path, "agents", shape::view<agent>, operation_kind<ListAgents>, call);
  if (!agents) co_return std::move(agents).error();
  co_return Outcome(select(*std::move(agents), operation.query, call.losses));
}

ConnectorSession::Task ConnectorSession::get_agent(const GetAgent& operation, const Call& call) {
  const upstream::Request asked = request(agents_path, operation.agent.text);
  const auto answer = co_await ask(asked, operation_kind<GetAgent>, Code::no_such_agent, call);
  Result<Agent> found = read_one<Agent>(answer, shape::view<agent>, operation.agent.text, call.losses);
  if (!found) co_return std::move(found).error();
  co_return Outcome(Ref<Agent>(*std::move(found)));
}

ConnectorSession::Task ConnectorSession::set_agent_status(const SetAgentStatus& operation, const Call& call) {
  const Text& id = operation.agent.text;
  upstream::Request asked = request(agents_path, id);
  Buffer body;
  shape::Writer writer(body);
  const AgentUpdate update = body_of(operation);
  shape::write_object(shape::view<agent_update>, &update, writer);
  writer.finish();
  put(asked, body);
  const auto answer = co_await ask(asked, operation_kind<SetAgentStatus>, Code::no_such_agent, call);
  if (!answer) co_return answer.error();
  Result<Agent> kept = read_one<Agent>(answer, shape::view<agent>, id, call.losses);
  if (!kept || !ascii::same_ignoring_case(kept->status, operation.status)) {
    const upstream::Request again = request(agents_path, id);
    const auto present = co_await ask(again, operation_kind<GetAgent>, Code::no_such_agent, call);
    Result<Agent> read = read_one<Agent>(present, shape::view<agent>, id, call.losses);
    if (read || !kept) kept = std::move(read);
  }
  if (!kept) co_return std::move(kept).error();
  if (!ascii::same_ignoring_case(kept->status, operation.status)) {
    note(call, "agent.status", "the platform kept another status");
  }
  co_return Outcome(Ref<Agent>(*std::move(kept)));
}

// --- visitors -------------------------------------------------------------------------------------------------------

ConnectorSession::Task ConnectorSession::list_visitors(const ListVisitors& operation, const Call& call) {
  Result<upstream::Listed<Visitor>> visitors =
      co_await read_all<Visitor>(visitors_path, "visitors", shape::view<visitor>, operation_kind<ListVisitors>, call);
  if (!visitors) co_return std::move(visitors).error();
  co_return Outcome(select(*std::move(visitors), operation.query, call.losses));
}

ConnectorSession::Task ConnectorSession::get_visitor(const GetVisitor& operation, const Call& call) {
  // A visitor of Comm100 has no token; other facades show the id in its place.
  const bool by_id = !operation.visitor.empty();
  const Text& id = by_id ? operation.visitor.text : operation.token;
  if (!by_id && ids::kind_of(id) == ids::Kind::free_text && !ids::parse_guid(id)) {
    co_return fault(Code::no_such_visitor, "no such record");
  }
  const upstream::Request asked = request(visitors_path, id);
  const auto answer = co_await ask(asked, operation_kind<GetVisitor>, Code::no_such_visitor, call);
  co_return read_visitor(answer, id, call);
}

ConnectorSession::Task ConnectorSession::set_visitor_variables(const SetVisitorVariables& operation, const Call& call) {
  const Text& id = operation.visitor.text;
  if (operation.variables.empty()) {  // the vendor does not document the effect of an empty list
    const GetVisitor get{.visitor = operation.visitor, .token = {}};
    Result<Outcome> present = co_await get_visitor(get, call);
    co_return present;
  }
  if (Result<void> carried = note_literals(operation.variables, call); !carried) co_return std::move(carried).error();
  upstream::Request asked = request(visitors_path, id);
  Buffer body;
  write_variables(operation.variables, body);
  put(asked, body);
  const auto answer = co_await ask(asked, operation_kind<SetVisitorVariables>, Code::no_such_visitor, call);
  if (!answer) co_return answer.error();
  Result<Visitor> kept = read_one<Visitor>(answer, shape::view<visitor>, id, call.losses);
  // The vendor's own example answers with the visitor as it was before.
  if (!kept || !not_kept(operation.variables, *kept).empty()) {
    const upstream::Request again = request(visitors_path, id);
    const auto present = co_await ask(again, operation_kind<GetVisitor>, Code::no_such_visitor, call);
    Result<Visitor> read = read_one<Visitor>(present, shape::view<visitor>, id, call.losses);
    if (read || !kept) kept = std::move(read);
  }
  if (!kept) co_return std::move(kept).error();
  for (const Attribute* variable : not_kept(operation.variables, *kept)) {
    note(call, name_of(*variable), "the platform did not keep it so");
  }
  co_return Outcome(Ref<Visitor>(*std::move(kept)));
}

// Sets custom fields of other vendors as variables. Finds the visitor by id or token, as get_visitor does.
ConnectorSession::Task ConnectorSession::set_custom_fields(const SetVisitorVariables& operation, const Call& call) {
  const GetVisitor get{.visitor = operation.visitor, .token = operation.token};
  Result<Outcome> present = co_await get_visitor(get, call);
  if (!present) co_return present;
  const Visitor& before = *std::get<Ref<Visitor>>(*present);
  SetVisitorVariables same{.visitor = before.id, .variables = operation.variables};
  for (const CustomField& field : operation.fields) {
    const auto has_value = [&field](const Attribute& one) {
      return one.kind == AttributeKind::variable && one.name == field.name && !one.value.empty();
    };
    if (!field.overwrite && std::any_of(before.attributes.begin(), before.attributes.end(), has_value)) continue;
    same.variables.push_back({field.name, field.value, {}, AttributeKind::variable, false});
  }
  if (same.variables.empty()) co_return present;
  Result<Outcome> set = co_await set_visitor_variables(same, call);
  co_return set;
}

// --- chats and contacts ---------------------------------------------------------------------------------------------

ConnectorSession::Task ConnectorSession::get_chat_contact(const GetChatContact& operation, const Call& call) {
  const upstream::Request asked = request(visitors_path, operation.chat.text);
  const auto answer = co_await ask(asked, operation_kind<GetChatContact>, Code::no_such_chat, call);
  co_return read_visitor(answer, operation.chat.text, call);
}

ConnectorSession::Task ConnectorSession::list_chats(const ListChats& operation, const Call& call) {
  if (operation.filter.state == ChatFilter::State::ended) {
    co_return fault(Code::unsupported_operation, "the vendor's public API lists chats that go on, and no others");
  }
  const Result<upstream::Listed<Visitor>> visitors =
      co_await read_all<Visitor>(visitors_path, "visitors", shape::view<visitor>, operation_kind<ListChats>, call);
  if (!visitors) co_return visitors.error();
  upstream::Listed<Chat> chats;
  for (std::size_t place = 0; place < visitors->records.size(); ++place) {
    const Visitor& one = visitors->records[place];
    if (is_in_chat(one.status)) chats.add(chat_of(one), visitors->losses_of(place));
  }
  chats.remove_if([&operation](const Chat& chat) { return !fits(operation.filter, chat); });
  co_return Outcome(select(std::move(chats), operation.query, call.losses));
}

ConnectorSession::Task ConnectorSession::list_contact_channels(const ListContactChannels& operation, const Call& call) {
  const upstream::Request asked = request(contacts_path, operation.contact.text);
  const auto answer = co_await ask(asked, operation_kind<ListContactChannels>, Code::no_such_contact, call);
  if (!answer && answer.error().code == Code::no_such_contact) co_return Outcome(List<Channel>());
  shape::Losses losses;
  Result<Contact> found =
      read_one<Contact>(answer, shape::view<contact_with_channels>, operation.contact.text, &losses);
  if (!found) co_return std::move(found).error();
  std::erase_if(found->channels, is_deleted);
  for (shape::Loss& loss : losses) {  // without losses of the contact itself: the answer shows only its channels
    if (call.losses != nullptr && !loss.member.starts_with("contact.")) call.losses->push_back(std::move(loss));
  }
  co_return Outcome(std::move(found->channels));
}

// --- dispatch -------------------------------------------------------------------------------------------------------

struct ConnectorSession::Handlers {
  ConnectorSession& session;
  const Call& call;

  Task operator()(const GetChatContact& operation) const { return session.get_chat_contact(operation, call); }
  Task operator()(const ListVisitors& operation) const { return session.list_visitors(operation, call); }
  Task operator()(const GetVisitor& operation) const { return session.get_visitor(operation, call); }
  Task operator()(const SetVisitorVariables& operation) const {
    const bool by_name = operation.visitor.empty() || !operation.fields.empty();
    return by_name ? session.set_custom_fields(operation, call) : session.set_visitor_variables(operation, call);
  }
  Task operator()(const ListAgents& operation) const { return session.list_agents(operation, call); }
  Task operator()(const GetAgent& operation) const { return session.get_agent(operation, call); }
  Task operator()(const SetAgentStatus& operation) const { return session.set_agent_status(operation, call); }
  Task operator()(const ListContactChannels& operation) const { return session.list_contact_channels(operation, call); }
  Task operator()(const ListChats& operation) const { return session.list_chats(operation, call); }
  static Task refuse(std::string_view why) { co_return fault(Code::unsupported_operation, String(why)); }
};

// Not a coroutine, which saves a coroutine frame for each operation.
contract::Task<Result<Outcome>> ConnectorSession::execute(const Operation& operation, const Call& call) {
  return contract::dispatch<support>(operation, Handlers{*this, call});
}

}  // namespace parley::comm100
