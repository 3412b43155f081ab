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
)",
                                                  contract::keys_of());
  REQUIRE(loaded.faults.empty());
  const config::Route& route = loaded.settings.routes.at(0);
  CHECK(config::settings_of<comm100::RouteSettings>(route).away_statuses == List<String>{"Meeting"});
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
