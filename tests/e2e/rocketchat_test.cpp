// What clients of Rocket.Chat rely on, through the whole program: query parameters, null, slashes.
#include <doctest/doctest.h>

#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool whole_demo = built_with({"enghouse", "comm100", "rocketchat", "sqlite"});

/// The texts under one key in all elements of a list.
String texts(const Answer& answer, const char* list, const char* key) {
  CHECK(answer.status == 200);
  String found;
  const Value root = parse(answer.body);
  for (const Value& one : root.find(list)->children) found += one.find(key)->text + ' ';
  return found;
}

constexpr std::string_view login_route = R"(  - name: logins
    facade: rocketchat
    prefix: /logins
    backend: local
    auth: {logins: [{id: ann-id, name: ann, password: secret}]}
)";

struct Demo {
  Scratch scratch;
  Served served{program(), scratch.write("gateway.yaml", demo_config(scratch / "parley.db", true, login_route))};
};

}  // namespace

TEST_CASE("e2e: Rocket.Chat's lists use their query parameters" * doctest::skip(!whole_demo)) {
  const Demo demo;
  const auto get = [&demo](const std::string& target) { return demo.served.ask("GET", target, rocketchat_headers()); };
  const String everybody = texts(get("/api/v1/livechat/users/agent"), "users", "_id");
  const String someone = everybody.substr(0, everybody.find(' '));
  Headers headers = rocketchat_headers();
  headers.emplace_back("Content-Type", "application/json");
  CHECK(demo.served
            .ask("POST", "/api/v1/livechat/agent.status", headers,
                 R"({"status":"not-available","agentId":")" + someone + "\"}")
            .status == 200);
  CHECK(texts(get("/api/v1/livechat/users/agent"), "users", "_id") == everybody);
  const String available = texts(get("/api/v1/livechat/users/agent?onlyAvailable=true"), "users", "_id");
  CHECK(available != "");
  CHECK(available == everybody.substr(someone.size() + 1));
  const String up = texts(get("/api/v1/livechat/users/agent?sort=%7B%22_id%22%3A1%7D"), "users", "_id");
  const String down = texts(get("/api/v1/livechat/users/agent?sort=%7B%22_id%22%3A-1%7D"), "users", "_id");
  CHECK(up != down);
  CHECK(texts(get("/api/v1/livechat/rooms?tags%5B%5D=nothing"), "rooms", "_id") == "");
  CHECK(texts(get("/api/v1/livechat/rooms?queued=true"), "rooms", "_id").find("vp3D9H8ud6HYvRpvq") != String::npos);
  const Answer bad = get("/api/v1/livechat/rooms?sort=zzz");
  CHECK(bad.status == 400);
  CHECK(value_at(bad.body, "/errorType") == "error-invalid-sort");
}

TEST_CASE("e2e: a null beside a login is ignored" * doctest::skip(!whole_demo)) {
  const Demo demo;
  const auto log_in = [&demo](std::string_view body) {
    return demo.served.ask("POST", "/logins/api/v1/login", {{"Content-Type", "application/json"}}, body).status;
  };
  CHECK(log_in(R"({"user":"ann","password":"secret"})") == 200);
  CHECK(log_in(R"({"user":"ann","password":"secret","code":null})") == 200);
  CHECK(log_in(R"({"user":"ann","email":null,"password":"secret","code":123456})") == 200);
  CHECK(log_in(R"({"user":"ann","password":null})") == 401);
}

TEST_CASE("e2e: slashes that the router of 0.70 accepts, and that of 8 does not" * doctest::skip(!whole_demo)) {
  const Demo demo;
  struct Case {
    const char* target;
    int status;
  };
  for (const Case& one : {
           Case{"/pimenta/api/v1/livechat/visitor", 200},
           Case{"/pimenta/api/v1/livechat/visitor/", 200},
           Case{"//pimenta/api/v1/livechat/visitor", 200},
           Case{"///pimenta/api/v1/livechat/visitor/", 200},
           Case{"/pimenta/api/v1//livechat/visitor", 404},
           Case{"/pimenta/api/v1/livechat//visitor", 404},
           Case{"/pimenta/api/v1/livechat/visitor//", 404},
           Case{"/api/v1/livechat/visitor", 200},
           Case{"/api/v1/livechat/visitor/", 404},
           Case{"//api/v1/livechat/visitor", 404},
       }) {
    CAPTURE(one.target);
    const Answer answer = demo.served.ask("POST", one.target, {{"Content-Type", "application/json"}},
                                          R"({"visitor":{"token":"slashes"}})");
    CHECK(answer.status == one.status);
  }
  CHECK(demo.served.ask("GET", "//pimenta/api/v1/livechat/visitor/slashes/").status == 200);
}

}  // namespace parley::test
