// The connector's credentials: headers, tokens, and the checks of a backend's settings.
#include <doctest/doctest.h>

#include "adapters/comm100/connector/connector.hpp"
#include "adapters/comm100/settings.hpp"
#include "adapters/upstream/settings.hpp"
#include "tests/support/connected.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/reserved_port.hpp"
#include "tests/support/scripted_server.hpp"

using namespace parley;
using test::answering;
using test::Connected;
using test::http_answer;
using test::ScriptedServer;

namespace {

ScriptedServer::Script empty_lists() {
  return answering([](const std::string&) { return http_answer(200, "[]"); });
}
String first_line(const std::string& request) { return request.substr(0, request.find("\r\n")); }
String body_of(const std::string& request) { return request.substr(request.find("\r\n\r\n") + 4); }
String authorization_of(const std::string& request) {
  const std::size_t at = request.find("Authorization: ");
  return at == std::string::npos ? String() : request.substr(at + 15, request.find("\r\n", at) - at - 15);
}

config::Backend settings_for(const ScriptedServer& api) {
  config::Backend settings = test::connector_settings("comm100", api.url());
  settings.auth.none = false;
  return settings;
}
config::Backend granted(const ScriptedServer& api, const ScriptedServer& panel) {
  config::Backend settings = settings_for(api);
  settings.own.edit<parley::comm100::BackendAuth>().client_id = "our client";
  settings.own.edit<parley::comm100::BackendAuth>().token_url = panel.url() + "/oauth/token";
  return settings;
}

/// Answers requests with this bearer token; refuses others with 401.
ScriptedServer::Script wants(std::string token) {
  return answering([token](const std::string& request) {
    return authorization_of(request) == "Bearer " + token ? http_answer(200, "[]") : http_answer(401, "");
  });
}
std::string token_answer(const std::string& access, const std::string& refresh, const std::string& more = {}) {
  return http_answer(200, R"({"access_token":")" + access + R"(","token_type":"bearer","expires_in":43199,)" +
                              R"("refresh_token":")" + refresh + "\"" + more + "}");
}

}  // namespace

TEST_CASE("comm100 credentials: they are sent in a header, the site in the query") {
  struct Case {
    const char* name;
    void (*change)(comm100::BackendAuth&);
    const char* line;
    const char* header;
  };
  const Case cases[] = {
      {"none", [](comm100::BackendAuth&) {}, "GET /v4/livechat/agents HTTP/1.1", ""},
      {"bearer", [](comm100::BackendAuth& auth) { auth.bearer.value = "abc"; }, "GET /v4/livechat/agents HTTP/1.1",
       "Bearer abc"},
      {"bearer with a site",
       [](comm100::BackendAuth& auth) {
         auth.bearer.value = "abc";
         auth.site_id = "10000";
       },
       "GET /v4/livechat/agents?siteId=10000 HTTP/1.1", "Bearer abc"},
      {"API key",
       [](comm100::BackendAuth& auth) {
         auth.email = "agent@example.com";
         auth.api_key.value = "0123456789abcdef0123456789abcdef";
         auth.site_id = "10000";
       },
       "GET /v4/livechat/agents?siteId=10000 HTTP/1.1",
       "Basic YWdlbnRAZXhhbXBsZS5jb206MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer api(empty_lists());
    config::Backend settings = settings_for(api);
    settings.auth.none = String(one.name) == "none";
    one.change(settings.own.edit<parley::comm100::BackendAuth>());
    Connected site(settings);
    CHECK(site.list<Agent>(ListAgents{}).empty());
    REQUIRE(api.requests().size() == 1);
    CHECK(first_line(api.requests()[0]) == one.line);
    CHECK(authorization_of(api.requests()[0]) == one.header);
  }
}

TEST_CASE(
    "comm100 credentials: the panel's host issues the first tokens for a password, the next ones for a refresh token") {
  ScriptedServer panel(answering([](const std::string& request) {
    return body_of(request).starts_with("grant_type=password") ? token_answer("first", "renew me")
                                                               : token_answer("second", "");
  }));
  int calls = 0;
  ScriptedServer api(answering([&calls](const std::string& request) {
    return ++calls == 1 || authorization_of(request) == "Bearer second" ? http_answer(200, "[]") : http_answer(401, "");
  }));
  config::Backend settings = granted(api, panel);
  settings.own.edit<parley::comm100::BackendAuth>().email = "a@b.example";
  settings.own.edit<parley::comm100::BackendAuth>().password.value = "p&w d";
  Connected site(settings);
  CHECK(site.list<Agent>(ListAgents{}).empty());
  REQUIRE(panel.requests().size() == 1);
  CHECK(first_line(panel.requests()[0]) == "POST /oauth/token HTTP/1.1");
  CHECK(panel.requests()[0].find("Content-Type: application/x-www-form-urlencoded\r\n") != std::string::npos);
  CHECK(body_of(panel.requests()[0]) ==
        "grant_type=password&email=a%40b.example&password=p%26w%20d&client_id=our%20client");
  CHECK(authorization_of(api.requests()[0]) == "Bearer first");

  // A 401 before the token expires: it is renewed once, and the call is repeated.
  CHECK(site.list<Agent>(ListAgents{}).empty());
  REQUIRE(panel.requests().size() == 2);
  CHECK(body_of(panel.requests()[1]) == "grant_type=refresh_token&refresh_token=renew%20me&client_id=our%20client");
  CHECK(authorization_of(api.requests().back()) == "Bearer second");
  CHECK(site.list<Agent>(ListAgents{}).empty());
  CHECK(panel.requests().size() == 2);
}

TEST_CASE("comm100 credentials: a refresh token is enough; if it is refused, the password is used") {
  ScriptedServer panel(answering([](const std::string& request) {
    const std::string body = body_of(request);
    if (body.find("refresh_token=stale") != std::string::npos) return http_answer(400, R"({"error":"invalid_grant"})");
    return token_answer("good", "next");
  }));
  ScriptedServer api(wants("good"));
  config::Backend settings = granted(api, panel);
  settings.own.edit<parley::comm100::BackendAuth>().refresh_token.value = "fresh";
  CHECK(Connected(settings).list<Agent>(ListAgents{}).empty());
  REQUIRE(panel.requests().size() == 1);
  CHECK(body_of(panel.requests()[0]) == "grant_type=refresh_token&refresh_token=fresh&client_id=our%20client");

  settings.own.edit<parley::comm100::BackendAuth>().refresh_token.value = "stale";
  CHECK(Connected(settings).refused(ListAgents{}).code == Code::upstream_denied);
  settings.own.edit<parley::comm100::BackendAuth>().email = "a@b.example";
  settings.own.edit<parley::comm100::BackendAuth>().password.value = "pw";
  CHECK(Connected(settings).list<Agent>(ListAgents{}).empty());
  CHECK(body_of(panel.requests().back()).starts_with("grant_type=password"));
}

TEST_CASE("comm100 credentials: a token is renewed before it expires") {
  int given = 0;
  ScriptedServer panel(answering([&given](const std::string&) {
    return http_answer(200, R"({"access_token":"t)" + std::to_string(++given) + R"(","expires_in":"1"})");
  }));
  ScriptedServer api(answering([](const std::string&) { return http_answer(200, "[]"); }));
  config::Backend settings = granted(api, panel);
  settings.own.edit<upstream::Settings>().quota = {1'000'000, std::chrono::milliseconds(1000)};
  settings.own.edit<parley::comm100::BackendAuth>().email = "a@b.example";
  settings.own.edit<parley::comm100::BackendAuth>().password.value = "pw";
  Connected site(settings);
  const auto begin = std::chrono::steady_clock::now();
  while (panel.requests().size() < 2 && std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)) {
    CHECK(site.list<Agent>(ListAgents{}).empty());
  }
  CHECK(panel.requests().size() == 2);
  CHECK(authorization_of(api.requests().back()) == "Bearer t2");
}

TEST_CASE("comm100 credentials: the errors of a token host, and no error repeats its answer") {
  struct Case {
    const char* name;
    std::string answer;
    Code code;
  };
  const Case cases[] = {
      {"refused as OAuth has it", http_answer(400, R"({"error":"invalid_grant","error_description":"SECRET"})"),
       Code::upstream_denied},
      {"refused", http_answer(401, "SECRET"), Code::upstream_denied},
      {"forbidden", http_answer(403, "<html>SECRET"), Code::upstream_denied},
      {"too many", http_answer(429, "SECRET", {{"Retry-After", "9"}}), Code::rate_limited},
      {"broken", http_answer(500, "SECRET"), Code::upstream_failed},
      {"no JSON", http_answer(200, "<html>SECRET"), Code::upstream_failed},
      {"no token", http_answer(200, R"({"refresh_token":"SECRET"})"), Code::upstream_failed},
      {"a token that would break the header", http_answer(200, R"({"access_token":"SECRET\r\nX-Evil: 1"})"),
       Code::upstream_failed},
      {"an empty token", http_answer(200, R"({"access_token":""})"), Code::upstream_failed},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer panel(answering([&one](const std::string&) { return one.answer; }));
    ScriptedServer api(empty_lists());
    config::Backend settings = granted(api, panel);
    settings.own.edit<parley::comm100::BackendAuth>().email = "a@b.example";
    settings.own.edit<parley::comm100::BackendAuth>().password.value = "SECRET";
    const Error error = Connected(settings).refused(ListAgents{});
    CHECK(error.code == one.code);
    CHECK((error.message + error.detail + error.field).find("SECRET") == String::npos);
    CHECK(api.requests().empty());
  }
}

TEST_CASE("comm100 credentials: a token that stays refused causes no loop") {
  ScriptedServer panel(answering([](const std::string&) { return token_answer("t", "r"); }));
  ScriptedServer api(answering([](const std::string&) { return http_answer(401, ""); }));
  config::Backend settings = granted(api, panel);
  settings.own.edit<parley::comm100::BackendAuth>().refresh_token.value = "r";
  CHECK(Connected(settings).refused(ListAgents{}).code == Code::upstream_denied);
  CHECK(api.requests().size() == 2);
  CHECK(panel.requests().size() == 2);
}

TEST_CASE("comm100 credentials: the calls to the token host are in the figures of the backend") {
  const auto figure = [](Connected& site, std::string_view name, std::string_view word = {}) {
    List<contract::Figure> figures;
    site.backend().measure(figures);
    std::size_t found = 0;
    double value = -1;
    for (const contract::Figure& one : figures) {
      if (one.name != name || one.word != word) continue;
      value = one.value;
      ++found;
    }
    CAPTURE(name);
    CAPTURE(word);
    CHECK(found == 1);  // Prometheus refuses a page that has a sample twice
    return value;
  };
  const auto timed = [](Connected& site) {
    List<contract::Timing> timings;
    site.backend().measure_times(timings);
    REQUIRE(timings.size() == 1);
    CHECK(timings.front().word == "other");  // the calls of this test name no operation
    std::uint64_t all = 0;
    for (const std::uint64_t count : timings.front().durations.counts) all += count;
    CHECK(timings.front().durations.sum > std::chrono::microseconds(0));
    return all;
  };
  const auto renewing = [](const ScriptedServer& api, const std::string& token_host) {
    config::Backend settings = settings_for(api);
    auto& auth = settings.own.edit<parley::comm100::BackendAuth>();
    auth.client_id = "c";
    auth.refresh_token.value = "r";
    auth.token_url = token_host + "/oauth/token";
    return settings;
  };
  SUBCASE("both answer") {
    ScriptedServer panel(answering([](const std::string&) { return token_answer("good", "next"); }));
    ScriptedServer api(wants("good"));
    Connected site(renewing(api, panel.url()));
    CHECK(site.list<Agent>(ListAgents{}).empty());
    CHECK(figure(site, "upstream_calls_total", "good") == 2);
    CHECK(figure(site, "upstream_connections") == 2);
    CHECK(figure(site, "upstream_breaker") == 0);
    CHECK(figure(site, "upstream_quota_limit", "pacing") == 75);  // the API's; none is known of the token host
    CHECK(timed(site) == 2);
  }
  SUBCASE("the token host refuses") {
    ScriptedServer panel(answering([](const std::string&) { return http_answer(401, ""); }));
    ScriptedServer api(empty_lists());
    Connected site(renewing(api, panel.url()));
    CHECK(site.refused(ListAgents{}).code == Code::upstream_denied);
    CHECK(figure(site, "upstream_calls_denied_total", "401") == 1);
  }
  SUBCASE("the token host is down") {
    const test::ReservedPort nobody;
    ScriptedServer api(empty_lists());
    Connected site(renewing(api, "http://127.0.0.1:" + std::to_string(nobody.number())));
    Error error;
    for (int i = 0; i < 6; ++i) error = site.refused(ListAgents{});
    CHECK(error.code == Code::upstream_unreachable);
    CHECK(figure(site, "upstream_calls_total", "unreachable") == 5);
    CHECK(figure(site, "upstream_calls_refused_total", "breaker") == 1);
    CHECK(figure(site, "upstream_breaker") == 2);
  }
}

TEST_CASE("comm100 credentials: a token host that cannot be used is named by its own key") {
  const test::ReservedPort nobody;
  const test::Certificate foreign = test::make_certificate("DNS:other.example");
  ScriptedServer untrusted(empty_lists(), &foreign);
  ScriptedServer plain([](test::Peer& peer) { peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"); });
  ScriptedServer api(empty_lists());
  struct Case {
    const char* name;
    std::string url;
    const char* step;
  };
  const Case cases[] = {
      {"nobody listens", "http://127.0.0.1:" + std::to_string(nobody.number()),
       "the port in backends.support.auth.token_url"},
      {"no such name", "http://no-such-name.invalid", "check the name in backends.support.auth.token_url"},
      {"no TLS", "https://127.0.0.1:" + std::to_string(plain.port()),
       "another port in backends.support.auth.token_url"},
      {"untrusted", untrusted.url(), "set backends.support.ca to a PEM file"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    config::Backend settings = settings_for(api);
    auto& auth = settings.own.edit<parley::comm100::BackendAuth>();
    auth.client_id = "c";
    auth.refresh_token.value = "r";
    auth.token_url = one.url + "/oauth/token";
    const Error error = Connected(settings).refused(ListAgents{});
    CAPTURE(error.detail);
    CHECK(test::contains(error.detail, one.step));
    CHECK(!test::contains(error.detail, "support.url"));
  }
}

TEST_CASE("comm100: faults of a backend") {
  using Paths = List<String>;
  const auto faults = [](auto change) {
    config::Backend settings;
    settings.name = "b";
    settings.kind = "comm100";
    settings.own.edit<upstream::Settings>().url = "https://api11.comm100.io";
    settings.auth.given = true;
    settings.kind_mark = {1, 1};
    change(settings, settings.own.edit<parley::comm100::BackendAuth>());
    config::Faults found;
    comm100::check_backend(settings, found);
    Paths paths;
    for (const config::Fault& fault : found) {
      CHECK(fault.what != "");
      CHECK(fault.path.starts_with("backends.b."));
      paths.push_back(fault.path.substr(11));
    }
    return paths;
  };
  using B = config::Backend;
  using C = comm100::BackendAuth;
  const String token_url = "https://dash11.comm100.io/oauth/token";
  const auto grant = [&token_url](C& auth) {
    auth.refresh_token.value = "r";
    auth.client_id = "c";
    auth.token_url = token_url;
  };
  CHECK(faults([](B& b, C&) { b.auth.none = true; }) == Paths{});
  CHECK(faults([](B&, C& auth) { auth.bearer.value = "t"; }) == Paths{});
  CHECK(faults([](B&, C& auth) { auth.email = "a@b", auth.api_key.value = "k", auth.site_id = "1"; }) == Paths{});
  CHECK(faults([&](B&, C& auth) { grant(auth); }) == Paths{});
  CHECK(faults([&](B&, C& auth) { grant(auth), auth.email = "a@b", auth.password.value = "p"; }) == Paths{});
  CHECK(faults([](B& b, C&) { b.auth.none = true, b.own.edit<upstream::Settings>().url = ""; }) == Paths{"url"});
  CHECK(faults([](B& b, C&) {
          b.auth.none = true, b.own.edit<upstream::Settings>().url = "https://api11.comm100.io/v4";
        }) == Paths{"url"});
  CHECK(faults([](B& b, C&) {
          b.auth.none = true, b.own.edit<upstream::Settings>().url = "https://api11.comm100.io/base";
        }) == Paths{});
  CHECK(faults([](B& b, C&) { b.auth.given = false; }) == Paths{"auth"});
  CHECK(faults([](B&, C&) {}) == Paths{"auth"});
  CHECK(faults([](B&, C& auth) { auth.email = "a@b"; }) == Paths{"auth"});
  CHECK(faults([](B&, C& auth) { auth.bearer.value = "t", auth.api_key.value = "k"; }) == Paths{"auth"});
  CHECK(faults([](B&, C& auth) { auth.api_key.value = "k"; }) == Paths{"auth.email", "auth.site_id"});
  CHECK(faults([](B&, C& auth) { auth.password.value = "p"; }) ==
        Paths{"auth.email", "auth.client_id", "auth.token_url"});
  CHECK(faults([](B&, C& auth) { auth.bearer.value = "t", auth.token_url = "https://h/t"; }) ==
        Paths{"auth.token_url"});
  for (const char* bad : {"dash11.comm100.io/oauth/token", "https://dash11.comm100.io", "https://dash11.comm100.io/",
                          "ftp://h/oauth/token", "https://u:p@h/token", "https://h/token?x=1", "https://h/a b"}) {
    CAPTURE(bad);
    CHECK(faults([&](B&, C& auth) { grant(auth), auth.token_url = bad; }) == Paths{"auth.token_url"});
  }
}
