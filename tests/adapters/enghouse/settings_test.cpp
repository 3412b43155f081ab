// Reads Enghouse's keys of a configuration.
#include "adapters/enghouse/settings.hpp"

#include <doctest/doctest.h>

#include "adapters/contract/adapter.hpp"

using namespace parley;

TEST_CASE("enghouse settings: every key of a route and of a backend is read") {
  const config::Loaded loaded = config::load_text(R"(
backends:
  crm: {kind: enghouse, url: "http://127.0.0.1:3001", domain: default, auth: {user: u, password: p}}
routes:
  - facade: enghouse
    backend: crm
    auth: {tokens: t1, bearer: [b1, "b2"], basic: {user: u, password: p}}
    strict_status: true
    domains: {a.example: one, b.example: two}
  - {name: plain, facade: enghouse, backend: crm, prefix: /plain}
)",
                                                  contract::keys_of());
  REQUIRE(loaded.faults.empty());
  const config::Route& route = loaded.settings.routes.at(0);
  const auto& own = config::settings_of<enghouse::RouteSettings>(route);
  CHECK(own.strict_status);
  CHECK(own.domains == List<std::pair<String, String>>{{"a.example", "one"}, {"b.example", "two"}});
  const auto& auth = config::settings_of<enghouse::RouteAuth>(route);
  CHECK(auth.tokens == List<config::Secret>{{"t1"}});
  CHECK(auth.bearer == List<config::Secret>{{"b1"}, {"b2"}});
  CHECK(auth.basic == List<login::Basic>{{"u", {"p"}}});
  CHECK(config::settings_of<enghouse::RouteSettings>(loaded.settings.routes.at(1)) == enghouse::RouteSettings{});

  const config::Backend& backend = loaded.settings.backends.at(0);
  CHECK(config::settings_of<enghouse::BackendSettings>(backend).domain == "default");
  CHECK(config::settings_of<enghouse::BackendAuth>(backend) ==
        enghouse::BackendAuth{.token = {}, .bearer = {}, .user = "u", .password = {"p"}});
}
