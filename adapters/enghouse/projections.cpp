// Makes visitors and agents from contacts, and contacts from visitors. Members of the visitor that a contact does not have go into
// callData under their canonical names, because clients of this vendor expect unknown names there.
#include "adapters/enghouse/projections.hpp"

#include "adapters/contract/projection.hpp"
#include "adapters/enghouse/codecs.hpp"
#include "adapters/enghouse/fields.hpp"
#include "schemas/canonical/visitor_texts.hpp"

namespace parley::enghouse {
namespace {

using contract::carried;
using contract::Projection;
using contract::Record;
using contract::RecordKind;
using shape::dropped;

// --- names in callData ----------------------------------------------------------------------------------------------

/// Prefix in callData for an attribute that has the name of a member of the visitor.
constexpr std::string_view attribute_prefix = "attribute.";

bool is_reserved(std::string_view name) noexcept {
  if (name == nickname_key || name == email_key || name == phone_key) return true;
  return std::any_of(visitor_texts.begin(), visitor_texts.end(),
                     [name](const VisitorText& text) { return text.name == name; });
}
bool is_prefixed(std::string_view name) noexcept {
  while (name.starts_with(attribute_prefix)) {
    name.remove_prefix(attribute_prefix.size());
    if (is_reserved(name)) return true;
  }
  return false;
}
String to_key(std::string_view name) {
  return is_reserved(name) || is_prefixed(name) ? String(attribute_prefix).append(name) : String(name);
}
String from_key(std::string_view key) { return String(is_prefixed(key) ? key.substr(attribute_prefix.size()) : key); }

// --- contact to visitor ---------------------------------------------------------------------------------------------

/// The text under `name` in callData; empty = there is none.
std::string_view text_of(const Attributes& call_data, std::string_view name) noexcept {
  const Attribute* found = find(call_data, name);
  return found != nullptr && !found->literal ? std::string_view(found->value) : std::string_view{};
}

/// The value of the first field of this type in the forms that is filled in.
std::string_view form_value(const Chat& chat, std::string_view type) noexcept {
  for (const DataCollection& form : chat.data_collections) {
    for (const FormField& field : form.fields) {
      if (field.type == type && !field.value.empty()) return field.value;
    }
  }
  return {};
}

List<String> addresses(const Chat& chat, const List<String>& known, std::string_view key, std::string_view type) {
  if (!known.empty()) return known;
  std::string_view text = text_of(chat.call_data, key);
  if (text.empty()) text = form_value(chat, type);
  return text.empty() ? List<String>{} : List<String>{String(text)};
}

VisitorStatus status_of(const Chat& chat) noexcept {
  switch (chat.state) {
    case ChatState::unknown:
      return VisitorStatus::unknown;
    case ChatState::ended:
      return VisitorStatus::chat_ended;
    case ChatState::queued:
    case ChatState::active:
      break;
  }
  const bool served = std::any_of(chat.participants.begin(), chat.participants.end(),
                                  [](const Participant& one) { return one.is_agent && !one.end_at.known(); });
  return served ? VisitorStatus::chatting : VisitorStatus::waiting_for_chat;
}

ChatState state_of(VisitorStatus status) noexcept {
  switch (status) {
    case VisitorStatus::unknown:
      return ChatState::unknown;
    case VisitorStatus::chat_ended:
      return ChatState::ended;
    case VisitorStatus::waiting_for_chat:
      return ChatState::queued;
    default:
      return ChatState::active;
  }
}

void read_call_data(const Attributes& call_data, Visitor& visitor) {
  for (const Attribute& entry : call_data) {
    if (!entry.literal && is_reserved(entry.name)) continue;
    visitor.attributes.push_back(entry);
    visitor.attributes.back().name = from_key(entry.name);
  }
  for (const VisitorText& text : visitor_texts) text.of(visitor) = text_of(call_data, text.name);
}

// --- visitor to contact ---------------------------------------------------------------------------------------------

void add(Attributes& call_data, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  Attribute& entry = call_data.emplace_back();
  entry.name = name;
  entry.value = value;
  entry.kind = AttributeKind::variable;
}

Attributes make_call_data(const Visitor& visitor) {
  Attributes call_data;
  call_data.reserve(3 + visitor_texts.size() + visitor.attributes.size());
  add(call_data, nickname_key, visitor.name);
  if (!visitor.emails.empty()) add(call_data, email_key, visitor.emails.front());
  if (!visitor.phones.empty()) add(call_data, phone_key, visitor.phones.front());
  for (const VisitorText& text : visitor_texts) add(call_data, text.name, text.in(visitor));
  for (const Attribute& attribute : visitor.attributes) {
    call_data.push_back(attribute);
    call_data.back().name = to_key(attribute.name);
  }
  return call_data;
}

// --- what is carried ------------------------------------------------------------------------------------------------

constexpr auto visitor_fields = contract::project<Visitor, "enghouse.contact as visitor">(
    carried<&Visitor::id>(Fidelity::converted, "userID"),
    carried<&Visitor::name>(Fidelity::exact, "users[userID].nickname"),
    carried<&Visitor::emails>(Fidelity::converted, "callData.email: the first only"),
    carried<&Visitor::phones>(Fidelity::converted, "callData.phone_number: the first only"),
    carried<&Visitor::language>(Fidelity::exact, "lang"),
    carried<&Visitor::company, &Visitor::time_zone, &Visitor::country, &Visitor::state, &Visitor::city,
            &Visitor::product_service, &Visitor::department, &Visitor::host, &Visitor::browser,
            &Visitor::operating_system, &Visitor::screen_resolution, &Visitor::flash_version, &Visitor::current_page,
            &Visitor::referrer, &Visitor::search_engine, &Visitor::search_keywords>(
        Fidelity::converted, "callData, under the canonical name"),
    carried<&Visitor::attributes>(Fidelity::converted, "callData: name and value, neither kind nor address"),
    carried<&Visitor::status>(Fidelity::derived, "endTime, and whether an agent takes part"),
    carried<&Visitor::presence>(Fidelity::derived, "users[userID].isOnline: online or offline"),
    carried<&Visitor::ip>(Fidelity::exact, "users[userID].firstIP"),
    carried<&Visitor::user_agent>(Fidelity::exact, "users[userID].userAgent"),
    carried<&Visitor::channel>(Fidelity::exact, "users[userID].channel"),
    carried<&Visitor::landing_page>(Fidelity::exact, "users[userID].firstUri"),
    carried<&Visitor::landing_title>(Fidelity::exact, "users[userID].firstTitle"),
    carried<&Visitor::page_history>(Fidelity::exact, "users[userID].uriHistory"),
    carried<&Visitor::visit_at>(Fidelity::converted, "users[userID].beginTime"),
    carried<&Visitor::last_chat>(Fidelity::converted, "id"),
    carried<&Visitor::last_chat_at>(Fidelity::converted, "beginTime"),
    dropped<&Visitor::token>("Enghouse users have no secret handle."),
    dropped<&Visitor::username>("Enghouse users have one name, the nickname."),
    dropped<&Visitor::first_visit_at, &Visitor::visits, &Visitor::chats, &Visitor::page_views>(
        "A contact tells of one chat; it counts neither visits nor chats nor pages."),
    dropped<&Visitor::created_at, &Visitor::updated_at>(
        "A contact does not say when the visitor's record was made or changed."));

constexpr auto agent_fields = contract::project<Agent, "enghouse.contact as agents">(
    carried<&Agent::id>(Fidelity::converted, "users[…].id where isAgent"),
    carried<&Agent::name>(Fidelity::exact, "users[…].nickname"),
    carried<&Agent::status>(Fidelity::derived, "users[…].isOnline: Online or Offline"),
    dropped<&Agent::username>("Enghouse users have one name, the nickname."),
    dropped<&Agent::ongoing_chats>("A contact tells of one chat."));

Record visitor_of_record(const Record& own) { return to_visitor(std::get<Chat>(own)); }
Record chat_of_record(const Record& other) { return to_chat(std::get<Visitor>(other)); }
Record agents_of_record(const Record& own) { return to_agents(std::get<Chat>(own)); }

}  // namespace

constinit const std::array<Projection, 2> projections = {{
    {.kind = RecordKind::visitor, .fields = visitor_fields, .to = &visitor_of_record, .from = &chat_of_record},
    {.kind = RecordKind::agents, .fields = agent_fields, .to = &agents_of_record, .from = nullptr},
}};

Visitor to_visitor(const Chat& chat) {
  static const Participant nobody;
  const Participant* found = visitor_of(chat);
  const Participant& own = found != nullptr ? *found : nobody;
  Visitor visitor;
  visitor.id.text = chat.visitor.empty() ? own.id : chat.visitor.text;
  visitor.name = own.name.empty() ? text_of(chat.call_data, nickname_key) : own.name;
  visitor.emails = addresses(chat, own.emails, email_key, "email");
  visitor.phones = addresses(chat, own.phones, phone_key, "phone");
  visitor.language = chat.language;
  read_call_data(chat.call_data, visitor);
  visitor.status = status_of(chat);
  visitor.presence = found == nullptr ? Presence::unknown : own.online ? Presence::online : Presence::offline;
  visitor.ip = own.ip;
  visitor.user_agent = own.user_agent;
  visitor.channel = own.channel;
  visitor.landing_page = own.landing_page;
  visitor.landing_title = own.landing_title;
  visitor.page_history = own.page_history;
  visitor.visit_at = own.begin_at;
  if (chat.id.text != visitor.id.text) {  // equal ids: the visitor never chatted; see to_chat
    visitor.last_chat = chat.id;
    visitor.last_chat_at = chat.begin_at;
  }
  visitor.extensions = own.extensions;
  return visitor;
}

Chat to_chat(const Visitor& visitor) {
  Chat chat;
  chat.id.text = visitor.last_chat.empty() ? visitor.id.text : visitor.last_chat.text;
  chat.begin_at = visitor.last_chat.empty() ? visitor.visit_at : visitor.last_chat_at;
  chat.state = state_of(visitor.status);
  chat.language = visitor.language;
  chat.visitor = visitor.id;
  chat.call_data = make_call_data(visitor);
  Participant& own = chat.participants.emplace_back();
  own.id = visitor.id.text;
  own.name = visitor.name;
  own.emails = visitor.emails;
  own.phones = visitor.phones;
  own.begin_at = visitor.visit_at;
  own.online = visitor.presence != Presence::offline;
  own.user_agent = visitor.user_agent;
  own.landing_page = visitor.landing_page;
  own.page_history = visitor.page_history;
  own.landing_title = visitor.landing_title;
  own.channel = visitor.channel;
  own.ip = visitor.ip;
  own.extensions = visitor.extensions;
  return chat;
}

List<Agent> to_agents(const Chat& chat) {
  List<Agent> agents;
  for (const Participant& participant : chat.participants) {
    if (!participant.is_agent) continue;
    Agent& agent = agents.emplace_back();
    agent.id.text = participant.id;
    agent.name = participant.name;
    agent.status = participant.online ? "Online" : "Offline";
  }
  return agents;
}

void find_losses(const Visitor& visitor, const Chat& chat, shape::Losses& losses) {
  contract::find_losses(projections.front(), visitor, to_visitor(chat), losses);
  shape::find_losses(shape::view<contact>, &chat, losses);
}

}  // namespace parley::enghouse
