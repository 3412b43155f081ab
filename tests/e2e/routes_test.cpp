// The settings of a route, tested from outside: host, prefix, emit, loss, credentials.
#include <doctest/doctest.h>

#include "schemas/id.hpp"
#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool all_three = built_with({"enghouse", "comm100", "rocketchat"});

constexpr std::string_view chat = "/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837";
constexpr std::string_view seed_visitor = "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd";

/// The demo's store with these routes.
struct Routed {
  explicit Routed(const std::string& routes)
      : served(program(),
               scratch.write("gateway.yaml",
                             "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {local: {kind: sqlite, "
                             "path: \"" +
                                 scratch / "parley.db" + "\", demo: true}}\nroutes:\n" + routes)) {}
  Scratch scratch;
  Served served;
};

}  // namespace

TEST_CASE("a prefix is added in front of the native paths, and only there" * doctest::skip(!all_three)) {
  const Routed gateway("  - {facade: enghouse, prefix: /crm, backend: local, auth: none}\n");
  CHECK(value_at(gateway.served.ask("GET", "/crm" + std::string(chat)).body, "/result") == "true");
  CHECK(gateway.served.ask("GET", chat).status == 404);
  CHECK(gateway.served.ask("GET", "/crmlivechat/getContactByChatID/x").status == 404);
}

TEST_CASE("a host is compared without case and port" * doctest::skip(!all_three)) {
  const Routed gateway(
      "  - {name: a, facade: rocketchat, host: old.example.com, profile: \"0.70\", backend: local, auth: none}\n"
      "  - {name: b, facade: rocketchat, host: new.example.com, backend: local, auth: none}\n");
  const auto unknown = [&](const std::string& host) {
    return gateway.served.ask("GET", "/api/v1/livechat/visitor/nobody", {{"Host", host}}).status;
  };
  CHECK(unknown("old.example.com") == 200);  // 0.70 answers success without a visitor
  CHECK(unknown("OLD.Example.COM:8080") == 200);
  CHECK(unknown("new.example.com") == 400);
  CHECK(unknown("third.example.com") == 404);
  CHECK(unknown("old.example.com.evil.example") == 404);
}

TEST_CASE("emit answers one vendor's call in another's style, also errors of the operation" *
          doctest::skip(!all_three)) {
  const Routed gateway("  - {facade: rocketchat, emit: comm100, backend: local, auth: none}\n");
  const Answer visitor = gateway.served.ask("GET", seed_visitor);
  CHECK(visitor.status == 200);
  CHECK(value_at(visitor.body, "/id") == ids::format(ids::to_guid("sGtcfEYz852uguxaS")));
  CHECK(value_at(visitor.body, "/email") == "visitor@pimenta.chat");
  const Answer room = gateway.served.ask("GET", "/api/v1/livechat/room?token=iNKE8a6k6cjbqWhWd");
  CHECK(room.status == 200);
  CHECK(value_at(room.body, "/visitTime") == "2018-09-21T14:10:56.529Z");
  const Answer unknown = gateway.served.ask("GET", "/api/v1/livechat/visitor/nobody");
  CHECK(unknown.status == 404);
  CHECK(value_at(unknown.body, "/code") == "404000");
}

TEST_CASE("query parameters of a list also work with emit" * doctest::skip(!all_three)) {
  const Routed gateway("  - {facade: rocketchat, emit: comm100, backend: local, auth: none}\n");
  const auto count = [&gateway](const std::string& query) {
    const Answer answer = gateway.served.ask("GET", "/api/v1/livechat/users/agent" + query);
    CHECK(answer.status == 200);
    return parse(answer.body).children.size();
  };
  const std::size_t all = count("");
  CHECK(all > 1);
  CHECK(count("?count=1") == 1);
  CHECK(count("?offset=1") == all - 1);
  CHECK(count("?text=nobody%20of%20that%20name") == 0);
}

TEST_CASE("a write is refused, and not done, if the style of emit has no document for its answer" *
          doctest::skip(!all_three)) {
  const Routed gateway(
      "  - {name: a, facade: comm100, emit: enghouse, backend: local, auth: none}\n"
      "  - {name: b, facade: comm100, prefix: /open, backend: local, auth: none}\n");
  const std::string agent = "/v4/livechat/agents/c97a2afe-a38f-46f8-a55b-8ac9f873cd09";
  const Answer refused =
      gateway.served.ask("PUT", agent, {{"Content-Type", "application/json"}}, R"({"status": "Meeting"})");
  CHECK(refused.status == 501);
  CHECK(value_at(refused.body, "/message") == "the style of `emit` has no document for the answer");
  CHECK(value_at(gateway.served.ask("GET", "/open" + agent).body, "/status") == "Online");
}

TEST_CASE("what an answer leaves out is named, refused or ignored, as the route says" * doctest::skip(!all_three)) {
  const std::string visitor = "/v4/livechat/visitors/" + ids::format(ids::to_guid("sGtcfEYz852uguxaS"));
  const std::string agent = "/v4/livechat/agents/" + ids::format(ids::to_guid("USER_gverde1@acd.enghouse.com"));
  const auto route = [](const std::string& loss) {
    return "  - {facade: comm100, backend: local, auth: none" + (loss.empty() ? loss : ", loss: " + loss) + "}\n";
  };
  SUBCASE("warn is the default: the header names members, the lossless answer has none") {
    const Routed gateway(route(""));
    const std::string lost = gateway.served.ask("GET", visitor).header("Parley-Loss");
    CAPTURE(lost);
    CHECK(lost.find("visitor.token") != std::string::npos);
    CHECK(lost.find("visitor.username") != std::string::npos);
    CHECK(lost.find("visitor.name") == std::string::npos);
    CHECK(
        gateway.served.ask("GET", "/v4/livechat/visitors/3d59f909-24cd-43bc-89cb-00a320617c0a").count("Parley-Loss") ==
        0);
  }
  SUBCASE("allow says nothing") {
    const Routed gateway(route("allow"));
    const Answer answer = gateway.served.ask("GET", visitor);
    CHECK(answer.status == 200);
    CHECK(answer.count("Parley-Loss") == 0);
  }
  SUBCASE("lossless refuses, and a refused write has written nothing") {
    const Routed gateway(route("lossless") +
                         "  - {name: open, facade: comm100, prefix: /open, backend: local, auth: none}\n");
    const Answer refused = gateway.served.ask("GET", visitor);
    CHECK(refused.status == 409);
    CHECK(value_at(refused.body, "/code") == "409000");
    CHECK(gateway.served.ask("GET", "/v4/livechat/visitors/3d59f909-24cd-43bc-89cb-00a320617c0a").status == 200);
    // The agent has a name, which Comm100's status object does not have.
    CHECK(gateway.served.ask("PUT", agent, {{"Content-Type", "application/json"}}, R"({"status": "Meeting"})").status ==
          409);
    CHECK(value_at(gateway.served.ask("GET", "/open" + agent).body, "/status") == "Online");
  }
}

TEST_CASE("what only a script leaves out is a loss of the script, and refused there" * doctest::skip(!all_three)) {
  const Routed gateway(
      "  - {name: a, facade: enghouse, backend: local, auth: none}\n"
      "  - {name: b, facade: enghouse, prefix: /all, backend: local, auth: none, loss: lossless}\n"
      "  - {name: c, facade: comm100, backend: local, auth: none}\n");
  const std::string visitor = "/v4/livechat/visitors/c8e1eb84-60d3-4d69-b10b-96364845023e";
  REQUIRE(gateway.served
              .ask("PUT", visitor, {{"Content-Type", "application/json"}},
                   R"([{"name": "__proto__", "value": "x", "url": ""}])")
              .status == 200);
  const Answer plain = gateway.served.ask("GET", std::string(chat));
  CHECK(value_at(plain.body, "/contact/callData/__proto__") == "x");
  CHECK(plain.header("Parley-Loss").find("__proto__") == std::string::npos);
  const Answer script = gateway.served.ask("GET", std::string(chat) + "?callback=cb");
  CHECK(script.body.find("__proto__") == std::string::npos);
  CHECK(script.header("Parley-Loss").find("enghouse.contact.__proto__") != std::string::npos);
  CHECK(value_at(gateway.served.ask("GET", "/all" + std::string(chat)).body, "/result") == "true");
  const Answer refused = gateway.served.ask("GET", "/all" + std::string(chat) + "?callback=cb");
  CHECK(refused.body.find(R"("result":false)") != std::string::npos);
  CHECK(refused.body.find("enghouse.contact.__proto__") != std::string::npos);
}

TEST_CASE("comm100: an API key needs its site" * doctest::skip(!all_three)) {
  const Routed gateway(
      "  - {facade: comm100, backend: local, auth: {basic: [{user: \"a@b.example\", password: \"key\"}], site_id: "
      "\"10000\"}}\n");
  const std::string path = "/v4/livechat/agents";
  const Headers key = {{"Authorization", "Basic YUBiLmV4YW1wbGU6a2V5"}};
  CHECK(gateway.served.ask("GET", path + "?siteId=10000", key).status == 200);
  CHECK(gateway.served.ask("GET", path + "?siteid=10000", key).status == 200);
  CHECK(gateway.served.ask("GET", path, key).status == 400);
  CHECK(gateway.served.ask("GET", path + "?siteId=1", key).status == 403);
  CHECK(gateway.served.ask("GET", path + "?siteId=10000", {{"Authorization", "Basic YUBiLmV4YW1wbGU6a2V6"}}).status ==
        401);
  CHECK(gateway.served.ask("GET", path + "?siteId=10000", {{"Authorization", "Basic %%%"}}).status == 401);
  CHECK(gateway.served.ask("GET", path).status == 401);
}

TEST_CASE("rocketchat: a registry of custom fields leaves out other fields and says so" * doctest::skip(!all_three)) {
  const Routed gateway("  - {facade: rocketchat, backend: local, auth: none, custom_fields: [plan]}\n");
  const Answer answer = gateway.served.ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
                                           R"({"visitor": {"token": "registry", "customFields": [
    {"key": "plan", "value": "gold", "overwrite": true}, {"key": "other", "value": "x", "overwrite": true}]}})");
  CHECK(answer.status == 200);
  CHECK(value_at(answer.body, "/visitor/livechatData") == R"({"plan":"gold"})");
  CHECK(!answer.header("Parley-Loss").empty());
}

TEST_CASE("rocketchat: overwrite false keeps what is there" * doctest::skip(!all_three)) {
  const Routed gateway("  - {facade: rocketchat, backend: local, auth: none}\n");
  const auto set = [&](const std::string& value, const std::string& overwrite) {
    return value_at(gateway.served
                        .ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
                             R"({"visitor": {"token": "keep", "customFields": [{"key": "plan", "value": ")" + value +
                                 R"(", "overwrite": )" + overwrite + "}]}}")
                        .body,
                    "/visitor/livechatData/plan");
  };
  CHECK(set("first", "false") == "first");
  CHECK(set("second", "false") == "first");
  CHECK(set("third", "true") == "third");
}

TEST_CASE("rocketchat: who is this visitor" * doctest::skip(!all_three)) {
  const Routed gateway(
      "  - {name: a, facade: rocketchat, backend: local, auth: none}\n"
      "  - {name: b, facade: rocketchat, prefix: /old, profile: \"0.70\", backend: local, auth: none}\n");
  const auto post = [&](const std::string& prefix, const std::string& visitor) {
    const Answer answer = gateway.served.ask("POST", prefix + "/api/v1/livechat/visitor",
                                             {{"Content-Type", "application/json"}}, "{\"visitor\": " + visitor + "}");
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    return answer.body;
  };
  const std::string first = post("", R"({"token": "one", "name": "Ann", "phone": "123", "email": "Ann@Example.org"})");
  const std::string id = value_at(first, "/visitor/_id");
  CHECK(value_at(first, "/visitor/visitorEmails/0/address") == "ann@example.org");
  const std::string by_phone = post("", R"({"token": "two", "phone": "123"})");
  CHECK(value_at(by_phone, "/visitor/_id") == id);
  CHECK(value_at(by_phone, "/visitor/token") == "one");  // by phone the old token stays
  const std::string by_email = post("", R"({"token": "three", "email": "ann@example.org"})");
  CHECK(value_at(by_email, "/visitor/_id") == id);
  CHECK(value_at(by_email, "/visitor/token") == "three");  // by e-mail the new one is taken
  CHECK(gateway.served.ask("GET", "/api/v1/livechat/visitor/one").status == 400);
  CHECK(value_at(post("/old", R"({"token": "four", "email": "ANN@example.org"})"), "/visitor/_id") == id);
  const std::string stranger = post("/old", R"({"token": "five", "phone": "123"})");  // 0.70 does not look for phones
  CHECK(value_at(stranger, "/visitor/_id") != id);
  CHECK(value_at(stranger, "/visitor/_id").size() == 17);
  CHECK(value_at(first, "/visitor/_id").size() == 24);
}

}  // namespace parley::test
