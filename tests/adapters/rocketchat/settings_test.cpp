// Reads Rocket.Chat's keys of a configuration.
#include "adapters/rocketchat/settings.hpp"

#include <doctest/doctest.h>

#include "adapters/contract/adapter.hpp"

using namespace parley;

TEST_CASE("rocketchat settings: every key of a route and of a backend is read") {
  const config::Loaded loaded = config::load_text(R"(
backends:
  chat: {kind: rocketchat, auth: {user_id: i, token: t, user: u, password: p}}
routes:
  - facade: rocketchat
    backend: chat
    auth: {users: {id: i, token: t}, logins: {id: i, name: ann, password: p}}
    custom_fields: [a, b]
)",
                                                  contract::keys_of());
  REQUIRE(loaded.faults.empty());
  const config::Route& route = loaded.settings.routes.at(0);
  CHECK(config::settings_of<rocketchat::RouteSettings>(route).custom_fields == List<String>{"a", "b"});
  CHECK(config::settings_of<rocketchat::RouteAuth>(route).users == List<rocketchat::RouteAuth::User>{{"i", {"t"}}});
  CHECK(config::settings_of<login::Settings>(route).logins == List<login::Login>{{"i", "ann", "", {"p"}}});
  CHECK(config::settings_of<rocketchat::BackendAuth>(loaded.settings.backends.at(0)) ==
        rocketchat::BackendAuth{.user_id = "i", .token = {"t"}, .user = "u", .password = {"p"}});
}
