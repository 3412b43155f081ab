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

namespace {

/// The settings of a route with one group of keys.
rocketchat::RouteSettings settings_with(std::string_view key, std::string_view group) {
  String text = R"(
backends:
  chat: {kind: rocketchat, auth: {user_id: i, token: t}}
routes:
  - facade: rocketchat
    backend: chat
    auth: none
    )";
  text.append(key).append(": ").append(group).append("\n");
  const config::Loaded loaded = config::load_text(text, contract::keys_of());
  REQUIRE(loaded.faults.empty());
  return config::settings_of<rocketchat::RouteSettings>(loaded.settings.routes.at(0));
}

}  // namespace

TEST_CASE("rocketchat settings: the widget's keys are read, and keep the vendor's defaults where they are left out") {
  const auto widget_of = [](const char* group) { return settings_with("widget", group).widget; };
  rocketchat::Widget expected;
  CHECK(widget_of("{}") == expected);
  CHECK(expected.color == "#C1272D");
  CHECK(expected.offline_color == "#666666");
  CHECK(expected.offline_title == "Leave a message");
  expected.enabled = expected.registration_form = false;
  expected.text_limit = 140;
  expected.title = "Help";
  expected.position = "left";
  expected.offline_message = "";
  CHECK(widget_of(R"({enabled: false, registration_form: false, text_limit: 140, title: Help, position: left,
                      offline_message: ""})") == expected);
}

TEST_CASE("rocketchat settings: what files are taken") {
  const auto files_of = [](const char* group) { return settings_with("files", group).files; };
  rocketchat::Files expected;
  CHECK(files_of("{}") == expected);
  CHECK(expected.enabled);
  CHECK(expected.size == 16'777'216);
  CHECK(expected.refused.empty());
  expected.enabled = false;
  expected.size = 2048;
  expected.types = {"image/*", "application/pdf"};
  expected.refused = {"image/gif"};
  CHECK(files_of("{enabled: false, size: 2KiB, types: [image/*, application/pdf], refused: image/gif}") == expected);
}

TEST_CASE("rocketchat settings: wrong values of the widget are faults") {
  for (const char* group : {"{position: top}", "{text_limit: 0}", "{text_limit: 65537}", "{title: \"a\\nb\"}",
                            "{enabled: 1}", "{titel: Help}", "Help"}) {
    CAPTURE(group);
    const config::Loaded loaded = config::load_text(String(R"(
backends:
  chat: {kind: rocketchat, auth: {user_id: i, token: t}}
routes:
  - {facade: rocketchat, backend: chat, auth: none, widget: )") +
                                                        group + "}\n",
                                                    contract::keys_of());
    CHECK(loaded.faults.size() == 1);
  }
}
