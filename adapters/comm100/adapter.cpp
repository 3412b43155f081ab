// The Comm100 adapter for the registry: facade, connector, wire shapes, bodies, demo records.
#include "adapters/contract/adapter.hpp"

#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/connector/connector.hpp"
#include "adapters/comm100/facade/facade.hpp"
#include "adapters/comm100/fields.hpp"
#include "adapters/comm100/settings.hpp"
#include "adapters/comm100/unserved.hpp"
#include "adapters/upstream/check.hpp"
#include "adapters/upstream/settings.hpp"

namespace parley::comm100 {

std::span<const contract::Sample> samples();

namespace {

using contract::RecordKind;
using contract::WireShape;

void wrap_messages(std::string_view json, Buffer& out) {
  out.append("{\"messages\":");
  out.append(json);
  out.append("}");
}

constexpr std::array<WireShape, 6> shapes = {{
    {.name = "agent",
     .kind = RecordKind::agent,
     .view = &shape::view<agent>,
     .list = false,
     .envelope_key = {},
     .wrap = nullptr,
     .projections = {}},
    {.name = "agents",
     .kind = RecordKind::agents,
     .view = &shape::view<agent>,
     .list = true,
     .envelope_key = {},
     .wrap = nullptr,
     .projections = {}},
    {.name = "visitor",
     .kind = RecordKind::visitor,
     .view = &shape::view<visitor>,
     .list = false,
     .envelope_key = {},
     .wrap = nullptr,
     .projections = {}},
    {.name = "visitors",
     .kind = RecordKind::visitors,
     .view = &shape::view<visitor>,
     .list = true,
     .envelope_key = {},
     .wrap = nullptr,
     .projections = {}},
    {.name = "chat",
     .kind = RecordKind::chat,
     .view = &shape::view<chat>,
     .list = false,
     .envelope_key = {},
     .wrap = nullptr,
     .projections = {}},
    {.name = "messages",
     .kind = RecordKind::messages,
     .view = &shape::view<message>,
     .list = true,
     .envelope_key = "messages",
     .wrap = &wrap_messages,
     .projections = {}},
}};

constexpr std::array<contract::BodyShape, 6> bodies = {{
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
