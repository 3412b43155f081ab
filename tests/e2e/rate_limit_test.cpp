// Rate limits through the real program: refusals in each vendor's style, one count for all workers, and clients behind a proxy.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "tests/support/json.hpp"
#include "tests/support/metrics.hpp"
#include "tests/support/operated.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool all_three = built_with({"enghouse", "comm100", "rocketchat", "sqlite"});

constexpr const char* contact = "/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837";
constexpr const char* visitor = "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd";
constexpr const char* agents = "/v4/livechat/agents";

struct Limited {
  explicit Limited(const std::string& routes, const std::string& server = {})
      : served(program(),
               scratch.write("gateway.yaml", "server: {listen: [\"127.0.0.1:0\"], workers: 2" + server +
                                                 "}\nbackends: {local: {kind: sqlite, path: \"" +
                                                 scratch / "parley.db" + "\", demo: true}}\nroutes:\n" + routes)) {}
  [[nodiscard]] Answer get(const std::string& path, const Headers& headers = {}) const {
    return served.ask("GET", path, headers);
  }
  Scratch scratch;
  Served served;
};

std::int64_t now_in_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

TEST_CASE("rate limit: Rocket.Chat's headers and its 429, in both profiles" * doctest::skip(!all_three)) {
  const std::string route = ", backend: local, auth: none, rate_limit: {requests: 3, per: 1h}}\n";
  const Limited gateway("  - {facade: rocketchat" + route +
                        "  - {name: old, facade: rocketchat, profile: \"0.70\", prefix: /old" + route);
  for (const std::string prefix : {"", "/old"}) {
    CAPTURE(prefix);
    for (const char* left : {"2", "1", "0"}) {
      const Answer answer = gateway.get(prefix + visitor);
      CHECK(answer.status == 200);
      CHECK(answer.header("X-RateLimit-Limit") == "3");
      CHECK(answer.header("X-RateLimit-Remaining") == left);
      const std::int64_t reset = std::stoll(answer.header("X-RateLimit-Reset"));  // milliseconds, like the vendor
      CHECK(reset > now_in_ms());
      CHECK(reset <= now_in_ms() + 3'600'000);
    }
    const Answer refused = gateway.get(prefix + visitor);
    CHECK(refused.status == 429);
    for (const char* name : {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"}) {
      CHECK(refused.count(name) == 1);
    }
    CHECK(refused.header("X-RateLimit-Remaining") == "0");
    CHECK(value_at(refused.body, "/success") == "false");
    const std::string text = value_at(refused.body, "/error");
    const std::string before = "Error, too many requests. Please slow down. You must wait ";
    const std::string behind = " seconds before trying this endpoint again. [error-too-many-requests]";
    REQUIRE(text.starts_with(before));
    CHECK(text.ends_with(behind));
    const int seconds = std::stoi(text.substr(before.size()));
    CHECK(seconds > 0);
    CHECK(seconds <= 3600);
    CHECK(text == before + std::to_string(seconds) + behind);
  }
  CHECK(gateway.get("/api/v1/nothing").status == 429);  // unknown paths are counted too
  CHECK(gateway.get("/nobody").count("X-RateLimit-Limit") == 0);
}

TEST_CASE("rate limit: Comm100's 429 says when to come back; guesses count" * doctest::skip(!all_three)) {
  const Limited gateway(
      "  - {facade: comm100, backend: local, auth: {bearer: good}, rate_limit: {requests: 4, per: 5m}}\n");
  const Headers good = {{"Authorization", "Bearer good"}};
  CHECK(gateway.get(agents, good).status == 200);
  for (int i = 0; i < 3; ++i) CHECK(gateway.get(agents, {{"Authorization", "Bearer bad"}}).status == 401);
  for (const Headers& headers : {good, Headers{}}) {
    const Answer refused = gateway.get(agents, headers);
    CHECK(refused.status == 429);
    CHECK(value_at(refused.body, "/code") == "429000");
    CHECK(value_at(refused.body, "/message") == "Too many requests; try again later.");
    const int seconds = std::stoi(refused.header("Retry-After"));
    CHECK(seconds > 0);
    CHECK(seconds <= 300);
  }
}

TEST_CASE("rate limit: a login counts like any request" * doctest::skip(!all_three)) {
  const Limited gateway(
      "  - {facade: rocketchat, backend: local, auth: {logins: [{id: i, name: ann, password: right}]}, rate_limit: "
      "{requests: 3, per: 1h, by: principal}}\n");
  const auto attempt = [&](const std::string& password) {
    return gateway.served
        .ask("POST", "/api/v1/login", {{"Content-Type", "application/json"}},
             R"({"user": "ann", "password": ")" + password + "\"}")
        .status;
  };
  for (int i = 0; i < 3; ++i) CHECK(attempt("wrong") == 401);
  CHECK(attempt("right") == 429);
}

TEST_CASE("failed logins: bounded on a route without a limit, in each vendor's way, over a reload; the metrics tell" *
          doctest::skip(!all_three)) {
  const std::string routes =
      "  - {name: login, facade: comm100, prefix: /login, backend: local, auth: {logins: [{email: \"a@b.example\", "
      "password: right}]}}\n  - {name: rocket, facade: rocketchat, prefix: /rocket, backend: local, auth: {logins: "
      "[{id: i, name: ann, "
      "password: right}]}}\n";
  const Operated parley(routes);
  const auto token = [&](const std::string& password) {
    return ask(parley.port(), "POST", "/login/oauth/token", {},
               "grant_type=password&email=a%40b.example&password=" + password);
  };
  const auto login = [&](const std::string& password) {
    return ask(parley.port(), "POST", "/rocket/api/v1/login", {{"Content-Type", "application/json"}},
               R"({"user": "ann", "password": ")" + password + "\"}");
  };
  const auto metric = [&](const char* name, const char* labels) {
    return Metrics(parley.admin("GET", "/metrics").body).value(name, labels);
  };
  constexpr const char* refused_by_rate = R"(reason="rate_limit")";
  CHECK(metric("parley_logins_failed_total", "") == "0");
  CHECK(metric("parley_requests_refused_total", refused_by_rate) == "0");
  for (int i = 0; i < 20; ++i) {
    const Answer failed = token("wrong");
    CHECK(failed.status == 400);
    CHECK(value_at(failed.body, "/error") == "invalid_grant");
    CHECK(login("wrong").status == 401);
  }
  CHECK(metric("parley_logins_failed_total", "") == "40");
  CHECK(metric("parley_requests_refused_total", refused_by_rate) == "0");

  const Answer refused = token("right");
  CHECK(refused.status == 429);
  CHECK(value_at(refused.body, "/code") == "429000");
  CHECK(std::stoi(refused.header("Retry-After")) > 0);
  CHECK(std::stoi(refused.header("Retry-After")) <= 60);
  const Answer slow_down = login("right");
  CHECK(slow_down.status == 429);
  CHECK(value_at(slow_down.body, "/error").starts_with("Error, too many requests."));
  CHECK(slow_down.header("X-RateLimit-Limit") == "20");
  CHECK(slow_down.header("X-RateLimit-Remaining") == "0");
  CHECK(metric("parley_logins_failed_total", "") == "40");
  CHECK(metric("parley_requests_refused_total", refused_by_rate) == "2");

  parley.write(routes + "  - {name: more, facade: enghouse, prefix: /more, backend: local, auth: none}\n");
  CHECK(parley.admin("POST", "/reload").status == 200);
  CHECK(token("right").status == 429);
  CHECK(login("right").status == 429);
  CHECK(metric("parley_requests_refused_total", refused_by_rate) == "4");
}

TEST_CASE("rate limit: Enghouse answers inside the script" * doctest::skip(!all_three)) {
  const std::string route = "backend: local, auth: none, rate_limit: {requests: 1, per: 1h}";
  const Limited gateway("  - {facade: enghouse, " + route +
                        "}\n  - {name: strict, facade: enghouse, prefix: /strict, " + "strict_status: true, " + route +
                        "}\n");
  const std::string error = R"({"result":false,"contact":null,"error":"too many requests; try again later"})";
  for (const std::string prefix : {"", "/strict"}) {
    CAPTURE(prefix);
    CHECK(value_at(gateway.get(prefix + contact).body, "/result") == "true");
    const Answer script = gateway.get(prefix + contact + "?callback=show");
    CHECK(script.status == 200);
    CHECK(script.header("Content-Type").starts_with("text/javascript"));
    CHECK(script.body.find("show(" + error + ")") != std::string::npos);
    const Answer plain = gateway.get(prefix + contact);
    CHECK(plain.status == (prefix.empty() ? 200 : 429));
    CHECK(difference(error, plain.body) == "");
  }
}

TEST_CASE("rate limit: exact over all connections and workers" * doctest::skip(!all_three)) {
  const Limited gateway("  - {facade: rocketchat, backend: local, auth: none, rate_limit: {requests: 100, per: 1h}}\n");
  std::atomic<int> allowed{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] {
      Connection connection(gateway.served.port());
      for (int k = 0; k < 50; ++k) {
        const int status = connection.ask("GET", visitor).status;
        (status == 200 ? allowed : refused) += status == 200 || status == 429 ? 1 : 0;
      }
    });
  }
  for (std::thread& one : clients) one.join();
  CHECK(allowed == 100);
  CHECK(refused == 100);
}

TEST_CASE("rate limit: a window ends" * doctest::skip(!all_three)) {
  const Limited gateway("  - {facade: rocketchat, backend: local, auth: none, rate_limit: {requests: 1, per: 1s}}\n");
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  int allowed = 0;
  bool refused = false;
  while ((allowed < 3 || !refused) && std::chrono::steady_clock::now() < end) {
    const int status = gateway.get(visitor).status;
    allowed += status == 200 ? 1 : 0;
    refused = refused || status == 429;
  }
  CHECK(allowed >= 3);
  CHECK(refused);
}

TEST_CASE("a reload keeps the counts if the limit is the same, and the earlier tokens" * doctest::skip(!all_three)) {
  const auto routes = [](const std::string& requests, const std::string& password) {
    return "  - {name: limited, facade: rocketchat, prefix: /limited, backend: local, auth: none, rate_limit: "
           "{requests: " +
           requests +
           ", per: 1h}}\n  - {name: login, facade: comm100, prefix: /login, backend: local, auth: {logins: "
           "[{email: \"a@b.example\", password: \"" +
           password + "\"}]}}\n";
  };
  const Operated parley(routes("2", "hidden-password"));
  const std::string path = std::string("/limited") + visitor;
  const Answer granted = ask(parley.port(), "POST", "/login/oauth/token", {},
                             "grant_type=password&email=a%40b.example&password=hidden-password");
  const Headers token = {{"Authorization", "Bearer " + value_at(granted.body, "/access_token")}};
  const auto list = [&] { return ask(parley.port(), "GET", std::string("/login") + agents, token).status; };
  CHECK(list() == 200);
  for (const int status : {200, 200, 429}) CHECK(parley.ask("GET", path).status == status);

  parley.write(routes("2", "hidden-password") +
               "  - {name: more, facade: enghouse, prefix: /more, backend: local, auth: none}\n");
  CHECK(parley.admin("POST", "/reload").status == 200);
  CHECK(parley.ask("GET", path).status == 429);
  CHECK(list() == 200);
  CHECK(parley.admin("GET", "/state").body.find("hidden-password") == std::string::npos);

  parley.write(routes("3", "another-password"));
  CHECK(parley.admin("POST", "/reload").status == 200);
  CHECK(parley.ask("GET", path).status == 200);
  CHECK(list() == 401);  // a new password ends the tokens of the old one
}

TEST_CASE("rate limit: clients behind a trusted proxy count separately, and a registration stores the client" *
          doctest::skip(!all_three)) {
  const std::string route =
      "  - {facade: rocketchat, backend: local, auth: none, rate_limit: {requests: 1, per: 1h}}\n";
  const auto via = [](const std::string& list) { return Headers{{"X-Forwarded-For", list}}; };
  const Limited trusting(route, ", trusted: \"127.0.0.0/8\"");
  CHECK(trusting.get(visitor, via("192.0.2.1")).status == 200);
  CHECK(trusting.get(visitor, via("192.0.2.1")).status == 429);
  CHECK(trusting.get(visitor, via("192.0.2.2")).status == 200);
  CHECK(trusting.get(visitor, via("192.0.2.3, 192.0.2.2")).status == 429);  // anybody can write the left address
  const Answer made = trusting.served.ask("POST", "/api/v1/livechat/visitor",
                                          {{"Content-Type", "application/json"}, {"X-Forwarded-For", "192.0.2.77"}},
                                          R"({"visitor": {"token": "behind-a-proxy"}})");
  CHECK(value_at(made.body, "/visitor/ip") == "192.0.2.77");

  const Limited wary(route);
  CHECK(wary.get(visitor, via("192.0.2.1")).status == 200);
  CHECK(wary.get(visitor, via("192.0.2.2")).status == 429);
}

TEST_CASE("other origins: the origins of the route override Rocket.Chat's own" * doctest::skip(!all_three)) {
  const std::string route = "facade: rocketchat, backend: local, auth: none";
  const Limited gateway("  - {" + route + ", cors: {origins: \"https://shop.example.com\"}}\n  - {name: open, " +
                        route + ", prefix: /open}\n");
  const Headers shop = {{"Origin", "https://shop.example.com"}, {"Access-Control-Request-Method", "GET"}};
  const Headers evil = {{"Origin", "https://evil.example.com"}, {"Access-Control-Request-Method", "GET"}};
  CHECK(gateway.get(visitor, shop).header("Access-Control-Allow-Origin") == "https://shop.example.com");
  CHECK(gateway.get(visitor, shop).count("Access-Control-Allow-Origin") == 1);
  CHECK(gateway.get(visitor, evil).count("Access-Control-Allow-Origin") == 0);
  CHECK(gateway.served.ask("OPTIONS", visitor, shop).status == 204);
  CHECK(gateway.served.ask("OPTIONS", visitor, evil).status == 403);
  // What the vendor does if the route has no `cors`.
  const std::string open = std::string("/open") + visitor;
  CHECK(gateway.get(open, evil).header("Access-Control-Allow-Origin") == "*");
  CHECK(gateway.served.ask("OPTIONS", open, evil).header("Access-Control-Allow-Origin") == "*");
}

}  // namespace parley::test
