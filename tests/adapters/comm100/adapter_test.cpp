// The Comm100 adapter: checks of a route, demo records.
#include <doctest/doctest.h>

#include "adapters/comm100/settings.hpp"
#include "adapters/contract/adapter.hpp"

namespace parley::comm100 {
extern const contract::Adapter adapter;
}

using namespace parley;

TEST_CASE("comm100: faults of a route") {
  const auto faults = [](auto change) {
    config::Route route;
    change(route);
    config::Faults found;
    comm100::adapter.check_route(route, found);
    List<String> paths;
    for (const config::Fault& fault : found) paths.push_back(fault.path);
    return paths;
  };
  using Paths = List<String>;
  CHECK(faults([](config::Route&) {}) == Paths{"auth"});
  CHECK(faults([](config::Route& route) { route.auth.none = true; }) == Paths{});
  CHECK(faults([](config::Route& route) { route.own.edit<comm100::RouteAuth>().bearer = {{"t"}}; }) == Paths{});
  CHECK(faults([](config::Route& route) {
          route.own.edit<comm100::RouteAuth>().basic = {{"u", {"p"}}};
        }) == Paths{"auth.site_id"});
  CHECK(
      faults([](config::Route& route) {
        route.own.edit<comm100::RouteAuth>().basic = {{"u", {"p"}}}, route.own.edit<comm100::RouteAuth>().site_id = "1";
      }) == Paths{});
  CHECK(faults([](config::Route& route) {
          route.own.edit<login::Settings>().logins = {{"", "", "a@b.example", {"p"}}};
        }) == Paths{});
  CHECK(faults([](config::Route& route) {
          route.own.edit<login::Settings>().logins = {{"id", "ann", "", {"p"}}};
        }) == Paths{"auth.logins[0].email", "auth.logins[0].name"});
  CHECK(faults([](config::Route& route) {
          route.own.edit<comm100::RouteAuth>().bearer = {{"t"}}, route.own.edit<comm100::RouteAuth>().client_id = "app";
        }) == Paths{"auth.client_id"});
}

TEST_CASE("comm100: the demo records are the vendor's examples") {
  contract::Records records;
  comm100::adapter.demo(records);
  REQUIRE(records.agents.size() == 1);
  CHECK(records.agents[0].id.text == "c97a2afe-a38f-46f8-a55b-8ac9f873cd09");
  CHECK(records.agents[0].status == "Online");
  REQUIRE(records.visitors.size() == 1);
  const Visitor& visitor = records.visitors[0];
  CHECK(visitor.id.text == "3d59f909-24cd-43bc-89cb-00a320617c0a");
  CHECK(visitor.status == VisitorStatus::in_site);
  CHECK(visitor.name == "192.168.2.128");
  CHECK(visitor.visit_at == Time::at(1622025016036));
  CHECK(visitor.first_visit_at == Time::at(1622025089597));
  CHECK(visitor.emails == List<Text>{"123@comm100.com"});
  CHECK(visitor.department.empty());
  REQUIRE(visitor.attributes.size() == 2);
  CHECK(visitor.attributes[1] == Attribute{"fccc", "520", "", AttributeKind::variable});
  CHECK(visitor.extensions.empty());
}
