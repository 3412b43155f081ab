// Promises of SECURITY.md about credentials and tokens, tested with requests to the real program.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool all_three = built_with({"enghouse", "comm100", "rocketchat", "sqlite"});

constexpr const char* agents = "/v4/livechat/agents";
constexpr const char* channels = "/api/v1/omnichannel/contacts.channels?contactId=673653b997f0fbcd657f0ebf";
constexpr const char* chats = "/livechat/getActiveContactsID";
const Headers form = {{"Content-Type", "application/x-www-form-urlencoded"}};
const Headers json = {{"Content-Type", "application/json"}};

/// Two users who log in, by e-mail address in Comm100's style and by name in Rocket.Chat's. `comm100_ann` is her entry there.
std::string config_text(const std::string& database,
                        const std::string& comm100_ann = "{email: \"ann@example.com\", password: ann-pass}") {
  return "server: {listen: [\"127.0.0.1:0\"], workers: 2}\n"
         "backends: {local: {kind: sqlite, path: \"" +
         database +
         "\", demo: true}}\n"
         "routes:\n"
         "  - {facade: enghouse, backend: local, auth: {tokens: [enghouse-token]}}\n"
         "  - facade: comm100\n"
         "    backend: local\n"
         "    auth: {bearer: [comm100-token], logins: [" +
         comm100_ann +
         ", {email: \"Eve@example.com\", password: eve-pass}]}\n"
         "  - facade: rocketchat\n"
         "    backend: local\n"
         "    auth:\n"
         "      users: [{id: cleo, token: rocket-token}]\n"
         "      logins: [{id: ann, name: ann, password: ann-pass}, {id: eve, name: eve, password: eve-pass}]\n";
}

struct Gateway {
  Scratch scratch;
  Served served{program(), scratch.write("gateway.yaml", config_text(scratch / "parley.db"))};
};

Headers bearer(const std::string& token) { return {{"Authorization", "Bearer " + token}}; }
Headers pair(const std::string& user, const std::string& token) {
  return {{"X-User-Id", user}, {"X-Auth-Token", token}};
}

/// Tokens of Comm100's login.
struct Tokens {
  std::string access;
  std::string refresh;
};
Tokens tokens_of(const Answer& answer) {
  return {value_at(answer.body, "/access_token"), value_at(answer.body, "/refresh_token")};
}
Tokens sign_in(const Served& served) {
  const Answer answer =
      served.ask("POST", "/oauth/token", form, "grant_type=password&email=ann%40example.com&password=ann-pass");
  CHECK(answer.status == 200);
  return tokens_of(answer);
}
Answer renew(const Served& served, const std::string& refresh) {
  return served.ask("POST", "/oauth/token", form, "grant_type=refresh_token&refresh_token=" + refresh);
}

/// A token of Rocket.Chat's login.
std::string log_in(Connection& connection, const std::string& user) {
  const Answer answer = connection.ask("POST", "/api/v1/login", json,
                                       R"({"user": ")" + user + R"(", "password": ")" + user + R"(-pass"})");
  return value_at(answer.body, "/data/authToken");
}

}  // namespace

TEST_CASE("tokens: who shows two values of one credential is let in with neither" * doctest::skip(!all_three)) {
  const Gateway gateway;
  const struct {
    std::string name;
    std::string target;
    Headers good;
    Headers second;  ///< each of them in addition to the good ones is refused
    std::string query = {};
  } cases[] = {
      {"enghouse",
       chats,
       {{"ctlivetoken", "enghouse-token"}},
       {{"ctlivetoken", "bad"}, {"CTLiveToken", "enghouse-token"}},
       "ctlivetoken=bad"},
      {"comm100",
       agents,
       bearer("comm100-token"),
       {{"Authorization", "Bearer bad"}, {"authorization", "Bearer comm100-token"}, {"Authorization", ""}}},
      {"rocketchat",
       channels,
       pair("cleo", "rocket-token"),
       {{"X-Auth-Token", "bad"}, {"x-auth-token", "rocket-token"}, {"x-user-id", "ann"}, {"X-User-Id", "cleo"}}},
  };
  const auto let_in = [&](const std::string& target, const Headers& headers) {
    const Answer answer = gateway.served.ask("GET", target, headers);
    return answer.status == 200 && answer.body.find("\"result\":false") == std::string::npos;
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    CHECK(let_in(one.target, one.good));
    for (const auto& second : one.second) {
      CAPTURE(second.first);
      CAPTURE(second.second);
      Headers behind = one.good;
      behind.push_back(second);
      CHECK_FALSE(let_in(one.target, behind));
      Headers before = one.good;
      before.insert(before.begin(), second);
      CHECK_FALSE(let_in(one.target, before));
    }
    if (!one.query.empty()) CHECK_FALSE(let_in(one.target + '?' + one.query, one.good));
  }
}

TEST_CASE("tokens: one of which a character is changed, added or left out opens nothing" * doctest::skip(!all_three)) {
  const Gateway gateway;
  Connection connection(gateway.served.port());
  const Tokens tokens = sign_in(gateway.served);
  const auto opens = [&](const std::string& token) {
    return connection.ask("GET", agents, bearer(token)).status == 200;
  };
  CHECK(opens(tokens.access));
  for (std::size_t at = 0; at < tokens.access.size(); ++at) {
    CAPTURE(at);
    std::string changed = tokens.access;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    CHECK_FALSE(opens(changed));
    if (at > 0) CHECK_FALSE(opens(tokens.access.substr(0, at)));
  }
  CHECK_FALSE(opens(tokens.access + 'A'));
  CHECK_FALSE(opens(tokens.refresh));
  CHECK(opens(tokens.access));
}

TEST_CASE("tokens: one that was taken back stays so, however many another user takes back" *
          doctest::skip(!all_three)) {
  const Gateway gateway;
  Connection connection(gateway.served.port());
  const std::string left = log_in(connection, "ann");
  const std::string kept = log_in(connection, "ann");
  const auto status = [&](const std::string& token) {
    return connection.ask("GET", channels, pair("ann", token)).status;
  };
  CHECK(status(left) == 200);
  CHECK(connection.ask("POST", "/api/v1/logout", pair("ann", left)).status == 200);
  CHECK(status(left) == 401);
  for (int i = 0; i < 3000; ++i) {
    const std::string token = log_in(connection, "eve");
    REQUIRE(connection.ask("POST", "/api/v1/logout", pair("eve", token)).status == 200);
  }
  CHECK(status(left) == 401);
  CHECK(status(kept) == 200);
}

TEST_CASE("tokens: a refresh token is good for one of all who show it at once" * doctest::skip(!all_three)) {
  const Gateway gateway;
  for (int round = 0; round < 6; ++round) {  // 18 failed logins; a client may have 20 in a minute
    const std::string refresh = sign_in(gateway.served).refresh;
    std::atomic<int> waiting = 0;
    std::atomic<int> granted = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i) {
      clients.emplace_back([&] {
        ++waiting;
        while (waiting < 4) std::this_thread::yield();
        if (renew(gateway.served, refresh).status == 200) ++granted;
      });
    }
    for (std::thread& client : clients) client.join();
    CHECK(granted.load() == 1);
  }
}

TEST_CASE("tokens: a refresh token that is shown again ends those in its place, and no other login" *
          doctest::skip(!all_three)) {
  const Gateway gateway;
  const Served& served = gateway.served;
  const Tokens stolen = sign_in(served);
  const Tokens elsewhere = sign_in(served);
  const Answer thief = renew(served, stolen.refresh);
  CHECK(thief.status == 200);
  const Answer again = renew(served, tokens_of(thief).refresh);
  CHECK(again.status == 200);
  CHECK(renew(served, stolen.refresh).status == 400);
  CHECK(renew(served, tokens_of(again).refresh).status == 400);
  CHECK(renew(served, elsewhere.refresh).status == 200);
  // An access token given meanwhile ends with its session.
  CHECK(served.ask("GET", agents, bearer(tokens_of(again).access)).status == 200);
}

TEST_CASE("tokens: users who would be one principal are not served" * doctest::skip(!all_three)) {
  const Scratch scratch;
  const std::string file = scratch.write(
      "gateway.yaml",
      config_text(scratch / "parley.db", "{id: \"eve@example.com\", email: \"ann@example.com\", password: ann-pass}"));
  const Finished ended = run({.command = {program(), "serve", "--config", file}});
  CHECK(ended.code == 2);
  CHECK(ended.err.find("routes[1].auth.logins[1].email: is taken by auth.logins[0]") != std::string::npos);
}

}  // namespace parley::test
