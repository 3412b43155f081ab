// The Comm100 adapter for the registry: facade, connector, wire shapes, bodies, demo records.
#include "adapters/contract/adapter.hpp"

#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/connector/connector.hpp"
#include "adapters/comm100/facade/facade.hpp"
#include "adapters/comm100/fields.hpp"
#include "adapters/comm100/settings.hpp"
#include "adapters/upstream/check.hpp"
#include "adapters/upstream/settings.hpp"

namespace parley::comm100 {

std::span<const contract::Sample> samples();

namespace {

using contract::RecordKind;
using contract::WireShape;

constexpr std::array<WireShape, 4> shapes = {{
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
}};

constexpr std::array<contract::BodyShape, 3> bodies = {{
    {.name = "request.agent",
     .view = &shape::view<agent_update>,
     .method = http::Method::put,
     .pattern = "/v4/livechat/agents/:id"},
    {.name = "request.visitor",
     .view = &shape::view<variable_update>,
     .method = http::Method::put,
     .pattern = "/v4/livechat/visitors/:id",
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

void demo(contract::Records& records) {
  for (const contract::Sample& sample : samples()) {
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
