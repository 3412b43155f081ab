// The Comm100 adapter for the registry: facade, connector, wire shapes, bodies, demo records.
#include "adapters/contract/adapter.hpp"

#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/connector/connector.hpp"
#include "adapters/comm100/contact_bodies.hpp"
#include "adapters/comm100/facade/facade.hpp"
#include "adapters/comm100/fields.hpp"
#include "adapters/comm100/settings.hpp"
#include "adapters/comm100/site_bodies.hpp"
#include "adapters/comm100/unserved.hpp"
#include "adapters/upstream/check.hpp"
#include "adapters/upstream/settings.hpp"

namespace parley::comm100 {

std::span<const contract::Sample> samples();

namespace {

using contract::RecordKind;
using contract::WireShape;

template <shape::Literal Key>
void wrap(std::string_view json, Buffer& out) {
  out.append("{\"");
  out.append(Key.view());
  out.append("\":");
  out.append(json);
  out.append("}");
}

constexpr WireShape one(std::string_view name, RecordKind kind, const shape::View& view) {
  return {
      .name = name, .kind = kind, .view = &view, .list = false, .envelope_key = {}, .wrap = nullptr, .projections = {}};
}
constexpr WireShape list(std::string_view name, RecordKind kind, const shape::View& view) {
  return {
      .name = name, .kind = kind, .view = &view, .list = true, .envelope_key = {}, .wrap = nullptr, .projections = {}};
}
template <shape::Literal Key>
constexpr WireShape list_under(std::string_view name, RecordKind kind, const shape::View& view) {
  return {.name = name,
          .kind = kind,
          .view = &view,
          .list = true,
          .envelope_key = Key.view(),
          .wrap = &wrap<Key>,
          .projections = {}};
}

constexpr std::array shapes = {
    one("agent", RecordKind::agent, shape::view<agent>),
    list("agents", RecordKind::agents, shape::view<agent>),
    one("visitor", RecordKind::visitor, shape::view<visitor>),
    list("visitors", RecordKind::visitors, shape::view<visitor>),
    one("chat", RecordKind::chat, shape::view<chat>),
    list_under<"messages">("messages", RecordKind::messages, shape::view<message>),
    one("globalAgent", RecordKind::agent, shape::view<global_agent>),
    list_under<"agents">("globalAgents", RecordKind::agents, shape::view<global_agent>),
    one("department", RecordKind::department, shape::view<department>),
    list("departments", RecordKind::departments, shape::view<department>),
    one("offlineMessage", RecordKind::offline_message, shape::view<offline_message>),
    list_under<"list">("offlineMessages", RecordKind::offline_messages, shape::view<offline_message>),
    one("contact", RecordKind::contact, shape::view<contact>),
    list_under<"contacts">("contacts", RecordKind::contacts, shape::view<contact>),
};

constexpr std::array<contract::BodyShape, 19> bodies = {{
    {.name = "request.agent",
     .view = &shape::view<agent_update>,
     .method = http::Method::put,
     .pattern = "/v4/livechat/agents/:id"},
    {.name = "request.visitor",
     .view = &shape::view<variable_update>,
     .method = http::Method::put,
     .pattern = "/v4/livechat/visitors/:id",
     .list = true},
    {.name = "request.chats-search",
     .view = &shape::view<chat_search>,
     .method = http::Method::post,
     .pattern = "/v4/livechat/chats:Search"},
    {.name = "request.missed-chats-search",
     .view = &shape::view<chat_search>,
     .method = http::Method::post,
     .pattern = "/v4/livechat/missedAndRefusedChats:Search"},
    {.name = "request.chats",
     .view = &shape::view<chat_key>,
     .method = http::Method::del,
     .pattern = "/v4/livechat/chats",
     .list = true},
    {.name = "request.offline-messages-search",
     .view = &shape::view<offline_search>,
     .method = http::Method::post,
     .pattern = "/v4/livechat/offlineMessages:search"},
    {.name = "request.offline-message",
     .view = &shape::view<offline_message_update>,
     .method = http::Method::put,
     .pattern = "/v4/livechat/offlineMessages/:id"},
    {.name = "request.offline-messages",
     .view = &shape::view<offline_message_key>,
     .method = http::Method::del,
     .pattern = "/v4/livechat/offlineMessages",
     .list = true},
    {.name = "request.departments",
     .view = &shape::view<department_update>,
     .method = http::Method::post,
     .pattern = "/v4/global/departments"},
    {.name = "request.department",
     .view = &shape::view<department_update>,
     .method = http::Method::put,
     .pattern = "/v4/global/departments/:id"},
    {.name = "request.contacts",
     .view = &shape::view<contact_update>,
     .method = http::Method::post,
     .pattern = "/v4/contact/contacts"},
    {.name = "request.contact",
     .view = &shape::view<contact_update>,
     .method = http::Method::put,
     .pattern = "/v4/contact/contacts/:id"},
    {.name = "request.contacts-query",
     .view = &shape::view<contact_search>,
     .method = http::Method::post,
     .pattern = "/v4/contact/contacts:query"},
    {.name = "request.contact-merge",
     .view = &shape::view<contact_merge>,
     .method = http::Method::post,
     .pattern = "/v4/contact/contacts/:id:merge"},
    {.name = "request.deleted-contacts",
     .view = &shape::view<contact_key>,
     .method = http::Method::del,
     .pattern = "/v4/contact/contacts",
     .list = true},
    {.name = "request.contact-identities",
     .view = &shape::view<new_identity>,
     .method = http::Method::post,
     .pattern = "/v4/contact/contactIdentities"},
    {.name = "request.contact-identity",
     .view = &shape::view<changed_identity>,
     .method = http::Method::put,
     .pattern = "/v4/contact/contactIdentities/:id"},
    {.name = "request.contact-identities-query",
     .view = &shape::view<identity_search>,
     .method = http::Method::post,
     .pattern = "/v4/contact/contactIdentities:query"},
    {.name = "request.token",
     .view = &shape::view<token_request>,
     .method = http::Method::post,
     .pattern = "/oauth/token"},
}};

std::unique_ptr<contract::Facade> make_facade(const config::Route& route) { return std::make_unique<Facade>(route); }

/// Reads every element of a sample list.
template <class T>
void read_list(std::string_view json, const shape::View& view, List<T>& records) {
  shape::Document document;
  if (!document.parse_json(json)) return;  // the conformance suite parses every sample
  shape::Reading reading;
  for (const shape::Node& node : document.root()) shape::read_object(view, node, &records.emplace_back(), reading);
}

/// Adds the chat of a sample, which has ended, with its messages. They get ids, as the vendor's have none. The chat's visitor is not one of
/// the visitors on the site.
void add_chat(std::string_view json, contract::Records& records) {
  shape::Document document;
  if (!document.parse_json(json)) return;
  shape::Reading reading;
  Chat& made = records.chats.emplace_back();
  shape::read_object(shape::view<chat>, document.root(), &made, reading);
  const shape::Node* messages = document.root().find("messages");
  if (messages == nullptr) return;
  for (const shape::Node& node : *messages) {
    Message& message_of_chat = records.messages.emplace_back();
    shape::read_object(shape::view<message>, node, &message_of_chat, reading);
    message_of_chat.chat = made.id;
    message_of_chat.id.text = made.id.text + "." + std::to_string(records.messages.size());
  }
}

void demo(contract::Records& records) {
  for (const contract::Sample& sample : samples()) {
    if (sample.name == "chat.json") add_chat(sample.text, records);
    if (sample.name == "visitors.json") read_list(sample.text, shape::view<visitor>, records.visitors);
    if (sample.name == "agents.json") read_list(sample.text, shape::view<agent>, records.agents);
    if (sample.name == "offlineMessage.json") {
      String list("[");
      list.append(sample.text).append("]");
      read_list(list, shape::view<offline_message>, records.offline_messages);
    }
  }
}

constexpr const config::OwnTable* tables[] = {&config::own_table<upstream::Settings>, &config::own_table<BackendAuth>,
                                              &config::own_table<RouteSettings>, &config::own_table<RouteAuth>,
                                              &config::own_table<login::Settings>};
constexpr std::string_view demo_credentials[] = {"demo-comm100-token"};

}  // namespace

extern const contract::Adapter adapter;
constinit const contract::Adapter adapter{
    .name = "comm100",
    .make_facade = &make_facade,
    .check_route = &check_route,
    .open_backend = &Connector::open,
    .check_backend = &check_backend,
    .shapes = shapes,
    .bodies = bodies,
    .unserved = unserved,
    .samples = &samples,
    .demo = &demo,
    .to_script = nullptr,
    .support = &support,
    .tables = tables,
    .demo_credentials = demo_credentials,
    .files = &upstream::files_of,
    .try_backend = &upstream::try_settings,
};

}  // namespace parley::comm100
