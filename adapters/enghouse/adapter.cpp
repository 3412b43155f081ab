// The Enghouse adapter for the registry: facade, connector, the contact's shape, demo records.
#include "adapters/contract/adapter.hpp"

#include "adapters/enghouse/connector/connector.hpp"
#include "adapters/enghouse/connector/unwrap.hpp"
#include "adapters/enghouse/facade/facade.hpp"
#include "adapters/enghouse/facade/jsonp.hpp"
#include "adapters/enghouse/fields.hpp"
#include "adapters/enghouse/projections.hpp"
#include "adapters/enghouse/settings.hpp"
#include "adapters/upstream/check.hpp"
#include "adapters/upstream/settings.hpp"

namespace parley::enghouse {

std::span<const contract::Sample> samples();

namespace {

/// Skips a sample that does not parse. The samples are compiled in, and the tests fail when one of them does not parse.
void demo(contract::Records& records) {
  for (const contract::Sample& sample : samples()) {
    shape::Document document;
    if (!document.parse_json(sample.text)) continue;
    const shape::Node* node = document.root().find("contact");
    if (node == nullptr) continue;
    Chat chat;
    shape::Reading reading;
    shape::read_object(shape::view<contact>, *node, &chat, reading);
    records.visitors.push_back(to_visitor(chat));
    for (Agent& agent : to_agents(chat)) {
      agent.ongoing_chats = 1;  // a contact does not give this number; the demo has one chat
      records.agents.push_back(std::move(agent));
    }
    records.chats.push_back(std::move(chat));
  }
}

constexpr std::array<contract::WireShape, 1> shapes = {{
    {.name = "contact",
     .kind = contract::RecordKind::chat,
     .view = &shape::view<contact>,
     .list = false,
     .envelope_key = "contact",
     .wrap = &wrap_contact,
     .projections = projections},
}};

constexpr const config::OwnTable* tables[] = {&config::own_table<upstream::Settings>,
                                              &config::own_table<BackendSettings>, &config::own_table<BackendAuth>,
                                              &config::own_table<RouteSettings>, &config::own_table<RouteAuth>};
constexpr std::string_view demo_credentials[] = {"demo-enghouse-token"};

}  // namespace

extern const contract::Adapter adapter;
constinit const contract::Adapter adapter{
    .name = "enghouse",
    .make_facade = &make_facade,
    .check_route = &check_route,
    .open_backend = &Connector::open,
    .check_backend = &check_backend,
    .shapes = shapes,
    .samples = &samples,
    .demo = &demo,
    .to_script = &to_script,
    .from_script = &unwrap,
    .support = &support,
    .tables = tables,
    .demo_credentials = demo_credentials,
    .files = &upstream::files_of,
    .try_backend = &upstream::try_settings,
};

}  // namespace parley::enghouse
