// Settings of a Rocket.Chat backend, and logging in.
#include <doctest/doctest.h>

#include "adapters/rocketchat/settings.hpp"
#include "adapters/upstream/settings.hpp"
#include "tests/adapters/rocketchat/connector/upstream_world.hpp"

namespace parley::test::rocketchat {
namespace {

config::Faults faults(const config::Backend& settings) {
  config::Faults found;
  parley::rocketchat::adapter.check_backend(settings, found);
  return found;
}

config::Backend with(void (*change)(config::Backend&)) {
  config::Backend settings = backend_settings("https://chat.example.com");
  settings.kind_mark = {2, 3};
  settings.auth.mark = {4, 3};
  change(settings);
  return settings;
}

config::Backend login_settings(const std::string& url) {
  config::Backend settings = backend_settings(url);
  settings.own.edit<parley::rocketchat::BackendAuth>() = {};
  settings.own.edit<parley::rocketchat::BackendAuth>().user = "bot@example.com";
  settings.own.edit<parley::rocketchat::BackendAuth>().password.value = "s3cret \"word\"";
  return settings;
}

const char* const login_answer =
    R"({"status":"success","data":{"userId":"rbAXPnMktTFbNpwtJ","authToken":"s3cret-one","me":{"_id":"x"}}})";
const char* const visitor_answer = R"({"visitor":{"_id":"v","token":"t"},"success":true})";

}  // namespace

TEST_CASE("rocketchat backend: settings without faults") {
  CHECK(faults(with([](config::Backend&) {})).empty());
  CHECK(faults(with([](config::Backend& one) {
          one.own.edit<upstream::Settings>().url = "http://127.0.0.1:3000/chat";
        })).empty());
  CHECK(faults(with([](config::Backend& one) {
          one.own.edit<parley::rocketchat::BackendAuth>() = {};
          one.auth.none = true;
        })).empty());
  CHECK(faults(login_settings("https://chat.example.com")).empty());
}

TEST_CASE("rocketchat backend: faults, each with its place") {
  struct Case {
    const char* name;
    void (*change)(config::Backend&);
    const char* path;
    std::uint32_t line;
  };
  for (const Case& one : {
           Case{"no url", [](config::Backend& b) { b.own.edit<upstream::Settings>().url.clear(); },
                "backends.support.url", 2},
           Case{"another scheme",
                [](config::Backend& b) { b.own.edit<upstream::Settings>().url = "ws://chat.example.com"; },
                "backends.support.url", 2},
           Case{"no host", [](config::Backend& b) { b.own.edit<upstream::Settings>().url = "https:///path"; },
                "backends.support.url", 2},
           Case{"no credentials",
                [](config::Backend& b) { b.auth = {}, b.own.edit<parley::rocketchat::BackendAuth>() = {}; },
                "backends.support.auth", 2},
           Case{"an id alone",
                [](config::Backend& b) { b.own.edit<parley::rocketchat::BackendAuth>().token.value.clear(); },
                "backends.support.auth", 4},
           Case{"a token alone",
                [](config::Backend& b) { b.own.edit<parley::rocketchat::BackendAuth>().user_id.clear(); },
                "backends.support.auth", 4},
           Case{"two sorts", [](config::Backend& b) { b.own.edit<parley::rocketchat::BackendAuth>().user = "a"; },
                "backends.support.auth", 4},
           Case{"a user without a password",
                [](config::Backend& b) {
                  b.own.edit<parley::rocketchat::BackendAuth>().user_id.clear();
                  b.own.edit<parley::rocketchat::BackendAuth>().token.value.clear();
                  b.own.edit<parley::rocketchat::BackendAuth>().user = "a";
                },
                "backends.support.auth", 4},
       }) {
    CAPTURE(one.name);
    const config::Faults found = faults(with(one.change));
    REQUIRE(found.size() == 1);
    CHECK(found[0].path == one.path);
    CHECK(found[0].mark.line == one.line);
    CHECK(found[0].what.find("s3cret") == String::npos);
  }
}

TEST_CASE("rocketchat credentials: one login serves many calls") {
  Vendor vendor({{"POST /api/v1/login", {json_answer(200, login_answer)}},
                 {"GET /api/v1/livechat/visitor/t", {json_answer(200, visitor_answer)}}});
  TestSession session(login_settings(vendor.url()));
  session.get<Ref<Visitor>>(by_token("t"));
  session.get<Ref<Visitor>>(by_token("t"));
  CHECK(vendor.count("POST /api/v1/login") == 1);
  CHECK(vendor.body("POST /api/v1/login") == R"({"user":"bot@example.com","password":"s3cret \"word\""})");
  CHECK(vendor.requests().back().find("X-Auth-Token: s3cret-one\r\n") != std::string::npos);
  CHECK(vendor.requests().back().find("X-User-Id: rbAXPnMktTFbNpwtJ\r\n") != std::string::npos);
}

TEST_CASE("rocketchat credentials: a login that has ended is repeated once") {
  Vendor vendor({{"POST /api/v1/login", {json_answer(200, login_answer)}},
                 {"GET /api/v1/livechat/users/agent?offset=0&count=100",
                  {json_answer(401, R"({"status":"error","message":"You must be logged in to do this."})"),
                   json_answer(200, R"({"users":[],"success":true})")}}});
  TestSession session(login_settings(vendor.url()));
  CHECK(session.list<Agent>(ListAgents{}).empty());
  CHECK(vendor.count("POST /api/v1/login") == 2);
}

TEST_CASE("rocketchat credentials: a refused login, in the answers of all versions, and an answer without a token") {
  for (const auto& [status, body] :
       {std::pair(401, R"({"status":"error","error":"Unauthorized","message":"Unauthorized"})"),
        std::pair(401, R"({"success":false,"status":"error","error":"Unauthorized","message":"Unauthorized"})"),
        std::pair(401, R"({"status":"error","error":"totp-required","details":{"method":"email"}})")}) {
    Vendor vendor({{"POST /api/v1/login", {json_answer(status, body)}}});
    TestSession session(login_settings(vendor.url()));
    const Error error = session.refused(by_token("t"));
    CHECK(error.code == Code::upstream_denied);
    CHECK(error.message == "the upstream does not accept the gateway's credentials");
    CHECK(vendor.requests().size() == 1);
  }
  Vendor odd({{"POST /api/v1/login", {json_answer(200, R"({"status":"success","data":{}})")}}});
  TestSession session(login_settings(odd.url()));
  CHECK(session.refused(by_token("t")).code == Code::upstream_failed);
}

TEST_CASE("rocketchat credentials: with auth: none, none are sent") {
  Vendor vendor({{"GET /api/v1/livechat/visitor/t", {json_answer(200, visitor_answer)}}});
  config::Backend settings = backend_settings(vendor.url());
  settings.own.edit<parley::rocketchat::BackendAuth>() = {};
  settings.auth.none = true;
  TestSession session(settings);
  session.get<Ref<Visitor>>(by_token("t"));
  CHECK(vendor.requests()[0].find("X-Auth-Token") == std::string::npos);
}

}  // namespace parley::test::rocketchat
