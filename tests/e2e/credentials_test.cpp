// Logins through the real program: tokens of each vendor's login call, their end, a restart, a second gateway; and no secret is
// shown.
#include <doctest/doctest.h>

#include "tests/support/eventually.hpp"
#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool all_three = built_with({"enghouse", "comm100", "rocketchat", "sqlite"});

constexpr const char* agents = "/v4/livechat/agents";
constexpr const char* channels = "/api/v1/omnichannel/contacts.channels?contactId=673653b997f0fbcd657f0ebf";
const Headers form = {{"Content-Type", "application/x-www-form-urlencoded"}};
const Headers json = {{"Content-Type", "application/json"}};
const std::string password_form = "grant_type=password&email=ann%40example.com&password=comm100-pass&client_id=crm";

/// A Comm100 route and a Rocket.Chat route in each profile, all with logins. `more` goes into their `auth`.
std::string config_text(const std::string& database, const std::string& more = {}) {
  const std::string user = "{id: \"ann-id\", name: ann, email: \"ann@example.com\", password: \"rocket-pass\"}";
  const std::string rocket = ", backend: local, auth: {logins: [" + user + "]" + more + "}}\n";
  return "server: {listen: [\"127.0.0.1:0\"], workers: 2}\n"
         "backends: {local: {kind: sqlite, path: \"" +
         database +
         "\", demo: true}}\nroutes:\n"
         "  - {facade: comm100, backend: local, auth: {logins: [{email: \"ann@example.com\", password: "
         "\"comm100-pass\"}], client_id: crm" +
         more + "}}\n  - {facade: rocketchat" + rocket +
         "  - {name: old, facade: rocketchat, prefix: /old, profile: " + "\"0.70\"" + rocket +
         "  - {facade: enghouse, backend: local, auth: {tokens: \"enghouse-token\"}}\n";
}

struct Gateway {
  explicit Gateway(const std::string& more = {})
      : served(program(), scratch.write("gateway.yaml", config_text(scratch / "parley.db", more))) {}
  Scratch scratch;
  Served served;
};

std::string token_of(const Served& served) {
  const Answer answer = served.ask("POST", "/oauth/token", form, password_form);
  CHECK(answer.status == 200);
  return value_at(answer.body, "/access_token");
}
Headers bearer(const std::string& token) { return {{"Authorization", "Bearer " + token}}; }

std::string login(const Served& served, const std::string& prefix = {}) {
  const Answer answer =
      served.ask("POST", prefix + "/api/v1/login", json, R"({"user": "ann", "password": "rocket-pass"})");
  CHECK(answer.status == 200);
  return value_at(answer.body, "/data/authToken");
}
Headers pair(const std::string& token) { return {{"X-User-Id", "ann-id"}, {"X-Auth-Token", token}}; }

}  // namespace

TEST_CASE("logins: Comm100's token request, its answer, and what the token opens" * doctest::skip(!all_three)) {
  Gateway gateway;
  const Served& served = gateway.served;
  const Answer granted = served.ask("POST", "/oauth/token", form, password_form);
  CHECK(granted.status == 200);
  CHECK(granted.header("Cache-Control") == "no-store");
  CHECK(value_at(granted.body, "/token_type") == "bearer");
  CHECK(value_at(granted.body, "/expires_in") == "43200");
  const std::string token = value_at(granted.body, "/access_token");
  CHECK(served.ask("GET", agents, bearer(token)).status == 200);
  CHECK(served.ask("GET", agents).status == 401);
  CHECK(served.ask("GET", agents, bearer(value_at(granted.body, "/refresh_token"))).status == 401);
  CHECK(served.ask("GET", channels, pair(token)).status == 401);  // a token of another vendor

  const Answer renewed =
      served.ask("POST", "/oauth/token", form,
                 "grant_type=refresh_token&client_id=crm&refresh_token=" + value_at(granted.body, "/refresh_token"));
  CHECK(renewed.status == 200);
  CHECK(served.ask("GET", agents, bearer(value_at(renewed.body, "/access_token"))).status == 200);

  const Answer refused =
      served.ask("POST", "/oauth/token", form, "grant_type=password&email=ann%40example.com&password=x&client_id=crm");
  CHECK(refused.status == 400);
  CHECK(value_at(refused.body, "/error") == "invalid_grant");
  CHECK(refused.header("Cache-Control") == "no-store");
  CHECK(served.ask("GET", "/oauth/token").status == 405);
}

TEST_CASE("logins: Rocket.Chat's login in both profiles, resumed and ended" * doctest::skip(!all_three)) {
  Gateway gateway;
  const Served& served = gateway.served;
  for (const std::string prefix : {"", "/old"}) {
    CAPTURE(prefix);
    const std::string token = login(served, prefix);
    CHECK(served.ask("GET", prefix + channels, pair(token)).status == 200);
    CHECK(served.ask("GET", prefix + channels, {{"X-User-Id", "bob"}, {"X-Auth-Token", token}}).status == 401);
    CHECK(served.ask("GET", prefix + channels, {{"X-Auth-Token", token}}).status == 401);
    const Answer resumed = served.ask("POST", prefix + "/api/v1/login", json, R"({"resume": ")" + token + R"("})");
    CHECK(value_at(resumed.body, "/data/authToken") == token);
    CHECK(value_at(resumed.body, "/success") == (prefix.empty() ? "true" : "(none)"));

    const Answer wrong = served.ask("POST", prefix + "/api/v1/login", json, R"({"user": "ann", "password": "x"})");
    const Answer nobody =
        served.ask("POST", prefix + "/api/v1/login", json, R"({"user": "eve", "password": "rocket-pass"})");
    CHECK(wrong.status == 401);
    CHECK(nobody.status == 401);
    CHECK(wrong.body == nobody.body);
    CHECK(difference(prefix.empty()
                         ? R"({"status":"error","error":"Unauthorized","message":"Unauthorized","success":false})"
                         : R"({"status":"error","error":"Unauthorized","message":"Unauthorized"})",
                     wrong.body) == "");

    CHECK(served.ask("POST", prefix + "/api/v1/logout").status == 401);
    CHECK(value_at(served.ask("POST", prefix + "/api/v1/logout", pair(token)).body, "/data/message") ==
          "You've been logged out!");
    CHECK(served.ask("GET", prefix + channels, pair(token)).status == 401);
  }
}

TEST_CASE("logins: with a key, tokens outlive a restart and are good at a second gateway; without, they end" *
          doctest::skip(!all_three)) {
  const std::string key = ", token_key: \"0123456789abcdef0123456789abcdef\"";
  Gateway first(key);
  Gateway second(key);
  const std::string token = token_of(first.served);
  const std::string session = login(first.served);
  CHECK(second.served.ask("GET", agents, bearer(token)).status == 200);
  CHECK(second.served.ask("GET", channels, pair(session)).status == 200);
  const Served restarted(program(), first.scratch.write("again.yaml", config_text(first.scratch / "again.db", key)));
  CHECK(restarted.ask("GET", agents, bearer(token)).status == 200);
  CHECK(restarted.ask("GET", channels, pair(session)).status == 200);

  Gateway other(", token_key: \"another key of more than 32 bytes, it is\"");
  CHECK(other.served.ask("GET", agents, bearer(token)).status == 401);
  Gateway without;
  CHECK(without.served.ask("GET", agents, bearer(token)).status == 401);
}

TEST_CASE("logins: a token ends with its session" * doctest::skip(!all_three)) {
  Gateway gateway(", session: 1s");
  const std::string token = token_of(gateway.served);
  const std::string session = login(gateway.served);
  // The program has its own clock, so the test asks until the token has ended.
  CHECK(eventually([&] { return gateway.served.ask("GET", agents, bearer(token)).status == 401; }));
  CHECK(eventually([&] { return gateway.served.ask("GET", channels, pair(session)).status == 401; }));
  CHECK(eventually([&] { return gateway.served.ask("GET", agents, bearer(token_of(gateway.served))).status == 200; }));
}

TEST_CASE("logins: a script of Enghouse never trusts a cookie" * doctest::skip(!all_three)) {
  Gateway gateway;
  const std::string path = "/livechat/getActiveContactsID";
  const Answer cookie = gateway.served.ask(
      "GET", path + "?callback=show",
      {{"Cookie", "ctlivetoken=enghouse-token; token=enghouse-token; Authorization=Bearer enghouse-token"}});
  CHECK(cookie.status == 200);
  CHECK(cookie.body.find(R"("result":false)") != std::string::npos);
  CHECK(cookie.body.find("not authorized") != std::string::npos);
  const Answer token = gateway.served.ask("GET", path + "?callback=show&ctlivetoken=enghouse-token");
  CHECK(token.body.find(R"("result":true)") != std::string::npos);
}

TEST_CASE("logins: no secret is shown: not by check, not in a refusal, not in the log" * doctest::skip(!all_three)) {
  const std::string secrets[] = {"comm100-pass", "rocket-pass", "enghouse-token", "0123456789abcdef"};
  Gateway gateway(", token_key: \"0123456789abcdef0123456789abcdef\"");
  const std::string token = token_of(gateway.served);
  std::string shown;
  const auto ask = [&](const char* method, const std::string& path, const Headers& headers, const std::string& body) {
    const Answer answer = gateway.served.ask(method, path, headers, body);
    CHECK(answer.status != 200);
    shown += answer.body;
    for (const auto& [name, value] : answer.headers) shown += name + ": " + value + '\n';
  };
  ask("POST", "/oauth/token", form, "grant_type=password&email=ann%40example.com&password=comm100-pass");
  ask("POST", "/api/v1/login", json, R"({"user": "eve", "password": "rocket-pass"})");
  ask("POST", "/api/v1/login", json, R"({"user": "ann", "password": "rocket-pass)");
  ask("GET", agents, bearer(token + "x"), "");
  ask("GET", "/v4/nothing/" + token, bearer(token), "");
  const Finished checked = run({.command = {program(), "check", "--config", gateway.scratch / "gateway.yaml"}});
  CHECK(checked.code == 0);
  const Finished listed =
      run({.command = {program(), "routes", "--json", "--config", gateway.scratch / "gateway.yaml"}});
  CHECK(listed.code == 0);
  const std::string bad =
      gateway.scratch.write("bad.yaml", config_text(gateway.scratch / "bad.db", ", token_key: \"0123456789abcdef\""));
  const Finished faulty = run({.command = {program(), "check", "--config", bad}});
  CHECK(faulty.code == 2);
  CHECK(faulty.err.find("auth.token_key: expected 32 bytes or more") != std::string::npos);
  shown += checked.out + checked.err + listed.out + listed.err + faulty.out + faulty.err +
           gateway.served.process().output() + gateway.served.process().errors();
  for (const std::string& secret : secrets) {
    CAPTURE(secret);
    CHECK(shown.find(secret) == std::string::npos);
  }
  CHECK(shown.find(token) == std::string::npos);
}

TEST_CASE("logins: they are listed with the routes, without a backend" * doctest::skip(!all_three)) {
  const Scratch scratch;
  const std::string file = scratch.write("gateway.yaml", config_text(scratch / "parley.db"));
  const Finished table = run({.command = {program(), "routes", "--config", file}});
  CHECK(table.code == 0);
  CHECK(table.out.find("/oauth/token") != std::string::npos);
  CHECK(table.out.find("/old/api/v1/logout") != std::string::npos);
  const Finished listed = run({.command = {program(), "routes", "--json", "--config", file}});
  const Value rows = parse(listed.out);
  int found = 0;
  for (const Value& row : rows.children) {
    const std::string path = row.find("path")->text;
    if (path != "/oauth/token" && !path.ends_with("/api/v1/login") && !path.ends_with("/api/v1/logout")) continue;
    ++found;
    CAPTURE(path);
    CHECK(row.find("method")->text == "POST");
    CHECK(row.find("operation")->text == (path.ends_with("logout") ? "Logout" : "Login"));
    CHECK(row.find("backend")->text.empty());
    CHECK(row.find("supported")->text == "true");
  }
  CHECK(found == 5);
}

}  // namespace parley::test
