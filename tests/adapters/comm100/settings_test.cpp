// Reads Comm100's keys of a configuration.
#include "adapters/comm100/settings.hpp"

#include <doctest/doctest.h>

#include "adapters/contract/adapter.hpp"

using namespace parley;

TEST_CASE("comm100 settings: every key of a route and of a backend is read") {
  const config::Loaded loaded = config::load_text(R"(
backends:
  site:
    kind: comm100
    auth: {bearer: b, email: e, api_key: k, site_id: "1", refresh_token: r, password: p, client_id: c, token_url: u}
routes:
  - facade: comm100
    backend: site
    auth:
      bearer: t
      basic: {user: e, password: k}
      site_id: "10000"
      client_id: app
      logins: {email: a@b.example, password: p}
      session: 1h
      token_key: key
    away_statuses: Meeting
    visitors: all
)",
                                                  contract::keys_of());
  REQUIRE(loaded.faults.empty());
  const config::Route& route = loaded.settings.routes.at(0);
  CHECK(config::settings_of<comm100::RouteSettings>(route).away_statuses == List<String>{"Meeting"});
  CHECK(config::settings_of<comm100::RouteSettings>(route).visitors == "all");
  CHECK(config::settings_of<comm100::RouteAuth>(route) ==
        comm100::RouteAuth{.bearer = {{"t"}}, .basic = {{"e", {"k"}}}, .site_id = "10000", .client_id = "app"});
  CHECK(config::settings_of<login::Settings>(route) == login::Settings{.logins = {{"", "", "a@b.example", {"p"}}},
                                                                       .session = std::chrono::hours(1),
                                                                       .token_key = {"key"}});
  CHECK(config::settings_of<comm100::BackendAuth>(loaded.settings.backends.at(0)) ==
        comm100::BackendAuth{.bearer = {"b"},
                             .email = "e",
                             .api_key = {"k"},
                             .site_id = "1",
                             .refresh_token = {"r"},
                             .password = {"p"},
                             .client_id = "c",
                             .token_url = "u"});
}

TEST_CASE("comm100 settings: visitors is on_site or all, on_site where it is left out") {
  const auto load = [](const char* line) {
    return config::load_text(
        "backends: {b: {kind: sqlite, path: x.db}}\nroutes:\n  - facade: comm100\n    backend: b\n    auth: none\n" +
            String(line),
        contract::keys_of());
  };
  CHECK(config::settings_of<comm100::RouteSettings>(load("").settings.routes.at(0)).visitors == "on_site");
  CHECK(load("    visitors: on_site\n").faults.empty());
  const config::Loaded wrong = load("    visitors: online\n");
  REQUIRE(wrong.faults.size() == 1);
  CHECK(wrong.faults[0].path == "routes[0].visitors");
}
