// The Rocket.Chat adapter: checks of a route, credentials, demo records, envelopes.
#include <doctest/doctest.h>

#include "adapters/rocketchat/settings.hpp"
#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

using parley::rocketchat::adapter;

config::Faults faults(const config::Route& of) {
  config::Faults found;
  adapter.check_route(of, found);
  return found;
}

bool admitted(const config::Route& of, std::initializer_list<std::pair<const char*, const char*>> headers) {
  OwnedRequest request(Method::get, channels_path);
  for (const auto& [name, value] : headers) request.header(name, value);
  const Result<std::string_view> answer = facade(of)->admit(request.get());
  if (!answer) CHECK(answer.error().code == Code::unauthorized);
  return static_cast<bool>(answer);
}

}  // namespace

TEST_CASE("rocketchat adapter: faults of a route") {
  for (const char* profile : {"", "8", "0.70", "pimenta"}) {
    CAPTURE(profile);
    CHECK(faults(route(profile)).empty());
  }
  SUBCASE("an unknown profile names the known ones") {
    config::Route wrong = route("0.71");
    wrong.profile_mark = {12, 14};
    const config::Faults found = faults(wrong);
    REQUIRE(found.size() == 1);
    CHECK(found[0].path == "profile");
    CHECK(found[0].mark.line == 12);
    CHECK(found[0].what.find("\"0.71\"") != String::npos);
    CHECK(found[0].what.find("known: 8, 0.70 (or pimenta)") != String::npos);
  }
  SUBCASE("a route without credentials must say auth: none") {
    config::Route bare;
    bare.mark = {3, 5};
    const config::Faults found = faults(bare);
    REQUIRE(found.size() == 1);
    CHECK(found[0].path == "auth");
    CHECK(found[0].mark.line == 3);
    bare.auth.none = true;
    CHECK(faults(bare).empty());
  }
  SUBCASE("a user without a secret") {
    config::Route weak = route();
    weak.own.edit<parley::rocketchat::RouteAuth>().users.push_back({"somebody", {""}});
    CHECK(faults(weak).size() == 1);
  }
  SUBCASE("logins") {
    config::Route logins;
    logins.own.edit<login::Settings>().logins = {{"id", "ann", "", {"p"}}, {"id2", "", "bob@example.com", {"p"}}};
    CHECK(faults(logins).empty());
    logins.own.edit<login::Settings>().logins[0] = {"", "", "", {"p"}};
    CHECK(faults(logins).size() == 2);
    logins.own.edit<login::Settings>().logins[0] = {"id", "ann@example.com", "", {"p"}};
    CHECK(faults(logins).size() == 1);
  }
}

TEST_CASE("rocketchat adapter: the calls of visitors are open, all others need credentials") {
  const List<std::string_view> open = {visitor_path,
                                       token_path,
                                       page_path,
                                       room_path,
                                       "/api/v1/livechat/custom.field",
                                       "/api/v1/livechat/custom.fields",
                                       "/api/v1/livechat/message",
                                       "/api/v1/livechat/message/:_id",
                                       "/api/v1/livechat/messages.history/:rid",
                                       "/api/v1/livechat/room.close",
                                       "/api/v1/livechat/room.survey",
                                       "/api/v1/livechat/agent.info/:rid/:token",
                                       "/api/v1/livechat/visitor.status",
                                       "/api/v1/livechat/visitors.status",
                                       "/api/v1/livechat/offline.message",
                                       "/api/v1/livechat/agent.next/:token",
                                       "/api/v1/livechat/config",
                                       "/api/v1/livechat/upload/:rid",
                                       "/file-upload/:id/:name",
                                       "/api/v1/livechat/transcript",
                                       "/api/v1/livechat/visitor/department.transfer",
                                       "/api/v1/livechat/room.transfer"};
  for (const char* profile : {"8", "0.70"}) {
    const auto served = facade(route(profile));
    for (const contract::Endpoint& one : served->endpoints()) {
      CAPTURE(one.pattern);
      const bool listed = std::find(open.begin(), open.end(), one.pattern) != open.end();
      CHECK((one.access == contract::Access::open) == listed);
    }
  }
}

TEST_CASE(
    "rocketchat adapter: each profile has its own call for another department, and logins only where there are users") {
  const auto has = [](const contract::Facade& served, std::string_view pattern) {
    return std::ranges::count(served.endpoints(), pattern, &contract::Endpoint::pattern);
  };
  for (const bool logins : {false, true}) {
    CAPTURE(logins);
    for (const bool old : {false, true}) {
      CAPTURE(old);
      config::Route of = route(old ? "0.70" : "8");
      if (logins) of.own.edit<login::Settings>().logins = {{"id", "ann", "", {"p"}}};
      const auto served = facade(of);
      CHECK(has(*served, "/api/v1/login") == (logins ? 1 : 0));
      CHECK(has(*served, "/api/v1/logout") == (logins ? 1 : 0));
      CHECK(has(*served, "/api/v1/livechat/visitor/department.transfer") == (old ? 0 : 1));
      CHECK(has(*served, "/api/v1/livechat/room.transfer") == (old ? 1 : 0));
      CHECK(has(*served, "/api/v1/livechat/message") == 1);
      CHECK(has(*served, "/api/v1/livechat/visitor") == 1);
    }
  }
}

TEST_CASE("rocketchat adapter: both headers must be of one user") {
  CHECK(admitted(route(), {{"X-User-Id", "demo-rocket-user"}, {"X-Auth-Token", "demo-rocket-token"}}));
  CHECK(admitted(route(), {{"x-auth-token", "first-token"}, {"x-user-id", "first-user"}}));
  CHECK_FALSE(admitted(route(), {}));
  CHECK_FALSE(admitted(route(), {{"X-User-Id", "demo-rocket-user"}}));
  CHECK_FALSE(admitted(route(), {{"X-Auth-Token", "demo-rocket-token"}}));
  CHECK_FALSE(admitted(route(), {{"X-User-Id", "first-user"}, {"X-Auth-Token", "demo-rocket-token"}}));
  CHECK_FALSE(admitted(route(), {{"X-User-Id", "demo-rocket-user"}, {"X-Auth-Token", "demo-rocket-toke"}}));
  CHECK_FALSE(admitted(route(), {{"X-User-Id", ""}, {"X-Auth-Token", ""}}));
  config::Route open;
  open.auth.none = true;
  CHECK(admitted(open, {}));
}

TEST_CASE("rocketchat adapter: who shows two credentials is let in with neither") {
  const std::pair<const char*, const char*> id = {"X-User-Id", "demo-rocket-user"};
  const std::pair<const char*, const char*> token = {"X-Auth-Token", "demo-rocket-token"};
  CHECK_FALSE(admitted(route(), {id, token, {"x-auth-token", "bad"}}));
  CHECK_FALSE(admitted(route(), {id, token, token}));
  CHECK_FALSE(admitted(route(), {id, token, {"x-user-id", "first-user"}}));
  CHECK_FALSE(admitted(route(), {id, token, id}));
}

TEST_CASE("rocketchat adapter: the demo records are the vendor's examples with their own ids") {
  contract::Records records;
  adapter.demo(records);
  REQUIRE(records.visitors.size() == 1);
  CHECK(records.visitors[0].id.text == "sGtcfEYz852uguxaS");
  CHECK(records.visitors[0].token == "iNKE8a6k6cjbqWhWd");
  REQUIRE(records.chats.size() == 1);
  CHECK(records.chats[0].id.text == "vp3D9H8ud6HYvRpvq");
  CHECK(records.chats[0].visitor.text == "sGtcfEYz852uguxaS");
  CHECK(records.chats[0].state == ChatState::queued);
  CHECK(records.chats[0].extensions.empty());
  REQUIRE(records.contacts.size() == 1);
  CHECK(records.contacts[0].id.text == "673653b997f0fbcd657f0ebf");
  REQUIRE(records.contacts[0].channels.size() == 1);
  CHECK(records.contacts[0].channels[0].value == "[email\u00a0protected]");
  REQUIRE(records.agents.size() == 1);
  CHECK(records.agents[0].id.text == "rbAXPnMktTFbNpwtJ");
  CHECK(records.agents[0].ongoing_chats == 0);
}

TEST_CASE("rocketchat adapter: every agent of the demo is in the departments that take chats") {
  contract::Records records;
  records.agents.emplace_back().id.text = "of-another-vendor";
  records.departments.emplace_back().id.text = "of-another-vendor";
  adapter.demo(records);
  const List<Text> everybody = {"of-another-vendor", "rbAXPnMktTFbNpwtJ"};
  List<Text> staffed;
  REQUIRE(records.departments.size() == 4);
  CHECK(records.departments[0].agents.empty());
  for (const Department& one : records.departments) {
    if (one.agents.empty()) continue;
    CHECK_FALSE(one.disabled);
    CHECK(one.agents == everybody);
    staffed.push_back(one.id.text);
  }
  CHECK(staffed.size() == 2);
  CHECK(records.agents[0].departments.empty());
  CHECK(records.agents[1].departments == staffed);
}

TEST_CASE("rocketchat adapter: envelopes") {
  const auto wrapped = [](std::string_view name, std::string_view json) {
    for (const contract::WireShape& shape : adapter.shapes) {
      if (shape.name != name) continue;
      Buffer out;
      shape.wrap(json, out);
      return String(out.view());
    }
    return String("no such shape");
  };
  CHECK(wrapped("visitor", "{}") == R"({"visitor":{},"success":true})");
  CHECK(wrapped("channels", "[]") == R"({"channels":[],"success":true})");
  CHECK(wrapped("room", "{}") == R"({"room":{},"newRoom":false,"success":true})");
  CHECK(wrapped("users", R"([{"a":[1,2]},{}])") ==
        R"({"users":[{"a":[1,2]},{}],"count":2,"offset":0,"total":2,"success":true})");
}

}  // namespace parley::test::rocketchat
