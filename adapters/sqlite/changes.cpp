// The writing operations, one function each: find, decide, write, answer.
#include "adapters/sqlite/changes.hpp"

#include <algorithm>
#include <charconv>

namespace parley::sqlite {
namespace {

constexpr std::string_view guest_counter = "guest";
constexpr std::int64_t first_guest = 2;
constexpr std::size_t kept_pages = 100;
constexpr std::size_t most_attributes = 1000;
constexpr std::size_t most_attribute_bytes = 1024 * 1024;

Error refuse(Code code, String message, String field = {}) {
  Error error;
  error.code = code;
  error.source = "store";
  error.message = std::move(message);
  error.field = std::move(field);
  return error;
}

bool given(const std::optional<String>& value) { return value && !value->empty(); }

/// The attribute of that name and kind; made where there is none.
Attribute& attribute_of(Attributes& attributes, std::string_view name, AttributeKind kind) {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [name, kind](const Attribute& one) { return one.kind == kind && one.name == name; });
  if (found != attributes.end()) return *found;
  Attribute& made = attributes.emplace_back();
  made.name = name;
  made.kind = kind;
  return made;
}

void set_field(Attributes& attributes, const CustomField& field) {
  Attribute& attribute = attribute_of(attributes, field.name, AttributeKind::field);
  if (!field.overwrite && !attribute.value.empty()) return;
  attribute.value = field.value;
  attribute.literal = false;
}

/// Anybody may register, with fields of any name, again and again: without a bound one visitor could hold up all writers.
bool too_much(const Attributes& attributes) {
  if (attributes.size() > most_attributes) return true;
  std::size_t bytes = 0;
  for (const Attribute& one : attributes) bytes += one.name.size() + one.value.size() + one.url.size();
  return bytes > most_attribute_bytes;
}

Error refuse_attributes() {
  return refuse(Code::invalid_field, "a visitor has at most 1000 attributes, of 1 MiB together", "attributes");
}

void visit_page(Visitor& visitor, const PageVisit& page) {
  if (visitor.landing_page.empty()) visitor.landing_page = page.url;
  if (visitor.landing_title.empty() && visitor.landing_page == page.url) visitor.landing_title = page.title;
  // A new title of the page that is open is no page of its own, except where it comes with another address.
  if (page.change != "url" && visitor.current_page == page.url) return;
  visitor.current_page = page.url;
  visitor.page_views += 1;
  visitor.page_history.push_back(page.url);
  if (visitor.page_history.size() > kept_pages) visitor.page_history.erase(visitor.page_history.begin());
}

}  // namespace

Changes::Changes(Connection& connection, String page_changes)
    : connection_(connection),
      tables_(connection),
      writing_(connection),
      page_changes_(std::move(page_changes)),
      guests_(std::max(tables_.counter(guest_counter), first_guest - 1)),
      committed_guests_(guests_) {}

void Changes::flush() {
  if (guests_ != committed_guests_) writing_.set_counter(guest_counter, guests_);
}

void Changes::committed() {
  committed_guests_ = guests_;
  slots_.clear();
}

void Changes::lost() {
  guests_ = committed_guests_;
  slots_.clear();
}

Result<Outcome> Changes::apply(const Operation& operation) {
  Result<Outcome> outcome = decide(operation);
  // What was decided on missing answers is worth nothing.
  if (connection_.faulty()) return refuse(Code::unavailable, "the store does not answer");
  return outcome;
}

Result<Outcome> Changes::decide(const Operation& operation) {
  switch (kind_of(operation)) {
    case OperationKind::register_visitor:
      return register_visitor(std::get<RegisterVisitor>(operation));
    case OperationKind::set_visitor_variables:
      return set_variables(std::get<SetVisitorVariables>(operation));
    case OperationKind::set_agent_status:
      return set_status(std::get<SetAgentStatus>(operation));
    case OperationKind::record_page_visit:
      return record_page(std::get<RecordPageVisit>(operation));
    case OperationKind::open_chat:
      return open_chat(std::get<OpenChat>(operation));
    default:
      return refuse(Code::internal, "not a writing operation");
  }
}

void Changes::touch(const Visitor& visitor) {
  touch(store::Kind::visitor, visitor.id.text);
  if (!visitor.token.empty()) touch(store::Kind::token, visitor.token);
}

void Changes::note_guest(std::string_view username) {
  constexpr std::string_view prefix = "guest-";
  if (!username.starts_with(prefix)) return;
  const std::string_view digits = username.substr(prefix.size());
  if (digits.empty() || digits.size() > 9) return;  // a client may choose its name: it shall not use up the numbers
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error == std::errc{} && end == digits.data() + digits.size()) guests_ = std::max(guests_, number);
}

Result<Visitor> Changes::new_visitor(const RegisterVisitor& operation, Time now) {
  Visitor visitor;
  visitor.id = operation.id;
  if (visitor.id.empty()) {
    const bool old_ids = operation.identity == IdentityRule::token_email;
    visitor.id.text = old_ids ? ids::new_rocket17() : ids::new_object24();
  } else if (tables_.visitor(visitor.id.text)) {
    return refuse(Code::invalid_field, "this id is another visitor's", "id");
  }
  visitor.token = operation.token;
  if (operation.username.empty()) {
    visitor.username = "guest-" + std::to_string(++guests_);
  } else {
    visitor.username = operation.username;
    note_guest(visitor.username);
  }
  visitor.status = VisitorStatus::in_site;
  visitor.visits = 1;
  visitor.first_visit_at = visitor.visit_at = visitor.created_at = now;
  visitor.ip = operation.ip;
  visitor.user_agent = operation.user_agent;
  visitor.host = operation.host;
  visitor.channel = "web";
  return visitor;
}

Result<Outcome> Changes::register_visitor(const RegisterVisitor& operation) {
  const Time now = Time::now();
  std::optional<Stored<Visitor>> before;
  bool takes_token = false;
  if (!operation.token.empty()) before = tables_.visitor_by_token(operation.token);
  if (!before && operation.identity == IdentityRule::token_phone_email && given(operation.phone)) {
    before = tables_.visitor_by_phone(*operation.phone);
  }
  if (!before && given(operation.email)) {
    before = tables_.visitor_by_email(*operation.email);
    takes_token = !operation.token.empty();
  }

  Result<Visitor> visitor = before ? Result<Visitor>(before->value) : new_visitor(operation, now);
  if (!visitor) return std::move(visitor).error();
  if (before && takes_token) visitor->token = operation.token;
  if (given(operation.name)) visitor->name = *operation.name;
  if (given(operation.email)) visitor->emails = {*operation.email};
  if (given(operation.phone)) visitor->phones = {*operation.phone};
  if (given(operation.department)) visitor->department.text = *operation.department;
  for (const CustomField& field : operation.fields) {
    set_field(visitor->attributes, field);
    if (visitor->attributes.size() > most_attributes) break;
  }
  if (!operation.fields.empty() && too_much(visitor->attributes)) return refuse_attributes();
  visitor->presence = Presence::online;
  visitor->updated_at = now;
  put(*visitor, store::Kind::visitor, before);
  return Outcome(Ref<Visitor>(*std::move(visitor)));
}

Result<Outcome> Changes::set_variables(const SetVisitorVariables& operation) {
  const bool by_token = operation.visitor.empty() && !operation.token.empty();
  const auto before = by_token ? tables_.visitor_by_token(operation.token) : tables_.visitor(operation.visitor.text);
  if (!before) return refuse(Code::no_such_visitor, "no such visitor");
  Visitor visitor = before->value;
  for (const Attribute& variable : operation.variables) {
    Attribute& attribute = attribute_of(visitor.attributes, variable.name, AttributeKind::variable);
    attribute.value = variable.value;
    attribute.url = variable.url;
    attribute.literal = variable.literal;
    if (visitor.attributes.size() > most_attributes) break;
  }
  for (const CustomField& field : operation.fields) set_field(visitor.attributes, field);
  if (!operation.variables.empty() || !operation.fields.empty()) {
    if (too_much(visitor.attributes)) return refuse_attributes();
    visitor.updated_at = Time::now();
    put(visitor, store::Kind::visitor, before);
  }
  return Outcome(Ref<Visitor>(std::move(visitor)));
}

Result<Outcome> Changes::set_status(const SetAgentStatus& operation) {
  const auto before = tables_.agent(operation.agent.text);
  if (!before) return refuse(Code::no_such_agent, "no agent has this id");
  Agent agent = before->value;
  agent.status = operation.status;
  put(agent, store::Kind::agent, before);
  return Outcome(Ref<Agent>(std::move(agent)));
}

Result<Outcome> Changes::record_page(const RecordPageVisit& operation) {
  const auto before = tables_.visitor_by_token(operation.token);
  if (operation.verify) {
    if (!before) return refuse(Code::no_such_visitor, "no visitor has this token");
    const auto chat = tables_.chat(operation.chat.text);
    if (!chat || chat->value.visitor != before->value.id) {
      return refuse(Code::not_the_visitors_chat, "the chat is not this visitor's");
    }
  }
  RecordedPage recorded;
  recorded.page.token = operation.token;
  recorded.page.chat = operation.chat;
  recorded.page.change = operation.change;
  recorded.page.title = operation.title;
  recorded.page.url = operation.url;
  recorded.page.at = Time::now();
  recorded.stored = operation.change == page_changes_;
  if (!recorded.stored) return Outcome(std::move(recorded));
  writing_.add(recorded.page);
  if (before) {
    Visitor visitor = before->value;
    visit_page(visitor, recorded.page);
    visitor.updated_at = recorded.page.at;
    put(visitor, store::Kind::visitor, before);
  }
  return Outcome(std::move(recorded));
}

Result<Outcome> Changes::open_chat(const OpenChat& operation) {
  const auto before = tables_.visitor_by_token(operation.token);
  if (!before) return refuse(Code::no_such_visitor, "no visitor has this token");
  Dependencies origins;
  OpenedChat opened;
  auto present = operation.chat.empty() ? tables_.open_chat(before->value.id.text) : tables_.chat(operation.chat.text);
  if (!operation.chat.empty() &&
      (!present || present->value.visitor != before->value.id || present->value.state == ChatState::ended)) {
    return refuse(Code::not_the_visitors_chat, "the chat is another visitor's, or over");
  }
  if (present) {
    opened.chat = std::move(present->value);
    refresh_participants(opened.chat, tables_, origins);
    return Outcome(std::move(opened));
  }

  Visitor visitor = before->value;
  Chat& chat = opened.chat;
  opened.created = true;
  chat.id.text = ids::new_rocket17();
  chat.state = ChatState::queued;
  chat.begin_at = chat.updated_at = Time::now();
  chat.language = visitor.language;
  chat.visitor = visitor.id;
  chat.department = visitor.department;
  chat.source = operation.source;
  chat.source_destination = operation.source_destination;
  Participant& starter = chat.participants.emplace_back();
  starter.id = visitor.id.text;
  starter.begin_at = chat.begin_at;
  starter.online = true;
  starter.user_agent = visitor.user_agent;
  starter.landing_page = visitor.landing_page;
  starter.landing_title = visitor.landing_title;
  starter.channel = visitor.channel;
  starter.ip = visitor.ip;

  if (auto agent = operation.agent.empty() ? std::nullopt : tables_.agent(operation.agent.text)) {
    chat.state = ChatState::active;
    chat.agent = agent->value.id;
    Participant& answering = chat.participants.emplace_back();
    answering.id = agent->value.id.text;
    answering.is_agent = true;
    answering.begin_at = chat.begin_at;
    Agent busier = agent->value;
    busier.ongoing_chats += 1;
    put(busier, store::Kind::agent, agent);
  }
  chat.contact = note_channel(visitor, chat);
  put(chat, store::Kind::chat, std::optional<Stored<Chat>>());

  visitor.chats += 1;
  visitor.last_chat = chat.id;
  visitor.last_chat_at = visitor.updated_at = chat.begin_at;
  visitor.status = status_of(standing_of(chat));
  put(visitor, store::Kind::visitor, before);
  refresh_participants(chat, tables_, origins);
  return Outcome(std::move(opened));
}

ContactId Changes::note_channel(const Visitor& visitor, const Chat& chat) {
  const auto before = tables_.contact_of(visitor.id.text);
  Contact contact;
  if (before) {
    contact = before->value;
  } else {
    contact.id.text = ids::new_object24();
    contact.name = visitor.name.empty() ? visitor.username : visitor.name;
  }
  const auto found = std::find_if(contact.channels.begin(), contact.channels.end(), [&](const Channel& one) {
    return one.visitor == visitor.id && one.name == chat.source;
  });
  Channel& channel = found == contact.channels.end() ? contact.channels.emplace_back() : *found;
  channel.name = chat.source;
  channel.visitor = visitor.id;
  channel.source = chat.source;
  channel.detail_source = chat.source;
  channel.destination = chat.source_destination;
  channel.last_chat = chat.id;
  channel.last_chat_at = chat.begin_at;
  before ? writing_.replace(before->number, before->value, contact) : void(writing_.add(contact));
  return contact.id;
}

}  // namespace parley::sqlite
