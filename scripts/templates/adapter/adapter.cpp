// The @NAME@ adapter for the registry: facade, wire shapes, bodies.
#include "adapters/contract/adapter.hpp"

#include <array>

#include "adapters/@NAME@/bodies.hpp"
#include "adapters/@NAME@/facade/facade.hpp"
#include "adapters/@NAME@/fields.hpp"
#include "adapters/@NAME@/settings.hpp"

namespace parley::@NAME@ {

std::span<const contract::Sample> samples();

namespace {

using contract::RecordKind;
using contract::WireShape;

constexpr std::array<WireShape, 2> shapes = {{
    {.name = "agent", .kind = RecordKind::agent, .view = &shape::view<agent>, .list = false, .envelope_key = {}, .wrap = nullptr, .projections = {}},
    {.name = "agents", .kind = RecordKind::agents, .view = &shape::view<agent>, .list = true, .envelope_key = {}, .wrap = nullptr, .projections = {}},
}};

constexpr std::array<contract::BodyShape, 1> bodies = {{
    {.name = "request.agent", .view = &shape::view<agent_update>, .method = http::Method::put, .pattern = "/@NAME@/agents/:id"},
}};

std::unique_ptr<contract::Facade> make_facade(const config::Route& route) { return std::make_unique<Facade>(route); }

void check_route(const config::Route& route, config::Faults& faults) {
  if (route.auth.none || !config::settings_of<RouteAuth>(route).bearer.empty()) return;
  faults.push_back({route.auth.given ? route.auth.mark : route.mark, "auth",
                    "@NAME@ requires credentials: expected `auth: {bearer: […]}`, or `auth: none` to leave the route open"});
}

constexpr const config::OwnTable* tables[] = {&config::own_table<RouteSettings>, &config::own_table<RouteAuth>};

}  // namespace

extern const contract::Adapter adapter;
constinit const contract::Adapter adapter{
    .name = "@NAME@",
    .make_facade = &make_facade,
    .check_route = &check_route,
    .shapes = shapes,
    .bodies = bodies,
    .samples = &samples,
    .tables = tables,
};

}  // namespace parley::@NAME@
