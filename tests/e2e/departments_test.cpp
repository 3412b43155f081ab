// Departments, offline messages, presence and deletion in Rocket.Chat's style, through the whole program and its store.
#include <doctest/doctest.h>

#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool can_run = built_with({"rocketchat", "sqlite"});
const Headers json{{"Content-Type", "application/json"}};

Headers by_agent() {
  Headers headers = rocketchat_headers();
  headers.emplace_back("Content-Type", "application/json");
  return headers;
}

struct Store {
  Scratch scratch;
  std::string config;
  std::optional<Served> served;

  explicit Store(bool demo) : config(scratch.write("gateway.yaml", demo_config(scratch / "parley.db", demo))) {
    served.emplace(program(), config);
  }
  void restart() {
    served.reset();
    served.emplace(program(), config);
  }
  Answer get(const std::string& target) const { return served->ask("GET", target, rocketchat_headers()); }
  Answer send(std::string_view method, const std::string& target, std::string_view body) const {
    return served->ask(method, target, by_agent(), body);
  }
  Answer open(std::string_view method, const std::string& target, std::string_view body) const {
    return served->ask(method, target, json, body);
  }
};

const std::string departments = "/api/v1/livechat/department";

std::string body_of(std::string_view name, std::string_view more, std::string_view agents) {
  return R"({"department":{"name":")" + std::string(name) +
         R"(","email":"a@shop.example","enabled":true,"showOnRegistration":true,"showOnOfflineForm":true)" +
         std::string(more) + R"(},"agents":)" + std::string(agents) + '}';
}

}  // namespace

TEST_CASE("e2e: departments are created, shown, changed and removed, and outlive the program" *
          doctest::skip(!can_run)) {
  Store store(false);
  CHECK(value_at(store.get(departments).body, "/total") == "0");
  const Answer made =
      store.send("POST", departments, body_of("Sales", R"(,"chatClosingTags":["refund"])", R"([{"agentId":"ann"}])"));
  REQUIRE_MESSAGE(made.status == 200, made.body);
  CHECK(made.header("Parley-Loss") == "");
  const std::string id = value_at(made.body, "/department/_id");
  CHECK(value_at(made.body, "/department/chatClosingTags/0") == "refund");
  CHECK(value_at(made.body, "/agents/0/agentId") == "ann");
  const std::string path = departments + '/' + id;
  CHECK(difference(made.body, store.get(path).body) == "");
  CHECK(store.send("POST", departments, body_of("Twin", R"(,"_id":")" + id + '"', "[]")).status == 400);

  CHECK(store.send("POST", path + "/agents", R"({"upsert":[{"agentId":"eve"}],"remove":[]})").body ==
        R"({"success":true})");
  CHECK(value_at(store.get(path).body, "/agents/1/agentId") == "eve");
  CHECK(store.send("POST", path + "/agents", R"({"upsert":[],"remove":[{"agentId":"eve"}]})").status == 200);
  const Answer changed = store.send("PUT", path, body_of("Verkauf", "", R"([{"agentId":"ann"},{"agentId":"bob"}])"));
  CHECK(changed.status == 200);
  CHECK(value_at(changed.body, "/department/_id") == id);
  CHECK(value_at(changed.body, "/department/name") == "Verkauf");
  CHECK(value_at(changed.body, "/department/chatClosingTags/0") == "refund");  // as the body does not say
  store.restart();
  CHECK(difference(changed.body, store.get(path).body) == "");
  CHECK(value_at(store.get(path + "/agents?count=1&offset=1").body, "/agents/0/agentId") == "bob");
  CHECK(value_at(store.get(departments + "?text=KAUF").body, "/departments/0/_id") == id);
  CHECK(value_at(store.get(departments + ".listByIds?ids%5B%5D=" + id).body, "/departments/0/_id") == id);
  CHECK(value_at(store.get(departments + ".autocomplete?selector=%7B%22term%22%3A%22ver%22%7D").body,
                 "/items/0/name") == "Verkauf");

  const Answer removed = store.send("DELETE", path, "");
  CHECK(removed.status == 200);
  CHECK(removed.body == R"({"success":true})");
  CHECK(value_at(store.get(path).body, "/department") == "null");
  CHECK(store.send("DELETE", path, "").status == 400);
  CHECK(store.send("PUT", path, body_of("Sales", "", "[]")).status == 400);
  for (const char* method : {"GET", "POST"}) {
    CHECK(store.served->ask(method, departments, json, body_of("Sales", "", "[]")).status == 401);
  }
}

TEST_CASE("e2e: the demo has departments with agents, and one who may greet" * doctest::skip(!can_run)) {
  const Store store(true);
  CHECK(value_at(store.get(departments + "?enabled=true").body, "/total") == "2");
  const std::string sales = value_at(store.get(departments + "?text=sales").body, "/departments/0/_id");
  CHECK(value_at(store.get(departments + '/' + sales + "/agents").body, "/agents/0/departmentId") == sales);
  const Answer next = store.served->ask("GET", "/api/v1/livechat/agent.next/anybody?department=" + sales);
  CHECK(next.status == 200);
  CHECK(value_at(next.body, "/agent/username") == "rocket.agent");
  CHECK(value_at(next.body, "/agent/emails") == "(none)");
  const Answer nobody = store.served->ask("GET", "/api/v1/livechat/agent.next/anybody?department=nowhere");
  CHECK(nobody.body == R"({"success":false,"error":"agent-not-found"})");
}

TEST_CASE("e2e: a visitor is away, leaves a message, closes the room and is deleted" * doctest::skip(!can_run)) {
  const Store store(false);
  const std::string visitor = "/api/v1/livechat/visitor/leaving";
  REQUIRE(store
              .open("POST", "/api/v1/livechat/visitor",
                    R"({"visitor":{"token":"leaving","name":"Ann","email":"ann@shop.example"}})")
              .status == 200);
  const std::string id = value_at(store.get(visitor).body, "/visitor/_id");
  CHECK(store.open("POST", "/api/v1/livechat/visitor.status", R"({"token":"leaving","status":"away"})").body ==
        R"({"token":"leaving","status":"away","success":true})");
  CHECK(value_at(store.get(visitor).body, "/visitor/status") == "away");
  CHECK(
      store.open("POST", "/pimenta/api/v1/livechat/visitors.status", R"({"token":"leaving","status":"busy"})").status ==
      200);
  CHECK(value_at(store.get(visitor).body, "/visitor/status") == "busy");
  CHECK(store.open("POST", "/api/v1/livechat/visitor.status", R"({"token":"nobody","status":"away"})").body ==
        R"({"success":false,"error":"[invalid-token]","errorType":"invalid-token"})");

  for (const char* prefix : {"", "/pimenta"}) {
    CHECK(
        store
            .open(
                "POST", std::string(prefix) + "/api/v1/livechat/offline.message",
                R"({"name":"Ann","email":"ann@shop.example","department":"","message":"Call me.","host":"https://shop.example"})")
            .body == R"({"message":"Livechat offline message sent","success":true})");
  }

  const std::string room = value_at(store.get("/api/v1/livechat/room?token=leaving").body, "/room/_id");
  const Answer busy = store.open("DELETE", visitor, "{}");
  CHECK(busy.status == 400);
  CHECK(value_at(busy.body, "/error") == "Cannot remove visitors with opened rooms [visitor-has-open-rooms]");
  REQUIRE(
      store.open("POST", "/api/v1/livechat/message", R"({"token":"leaving","rid":")" + room + R"(","msg":"secret"})")
          .status == 200);
  REQUIRE(store.open("POST", "/api/v1/livechat/room.close", R"({"token":"leaving","rid":")" + room + "\"}").status ==
          200);
  const Answer erased = store.open("DELETE", visitor, "{}");
  CHECK_MESSAGE(erased.status == 200, erased.body);
  CHECK(value_at(erased.body, "/visitor/_id") == id);
  CHECK(value_at(erased.body, "/visitor/ts").size() == 24);
  CHECK(value_at(store.get(visitor).body, "/error") == "[invalid-token]");
  CHECK(value_at(store.open("DELETE", visitor, "{}").body, "/error") == "[invalid-token]");
  const Answer messages = store.get("/api/v1/livechat/" + room + "/messages");
  CHECK(messages.body.find("secret") == std::string::npos);
  CHECK(store.get("/api/v1/livechat/rooms").body.find("Ann") == std::string::npos);
}

}  // namespace parley::test
