// Promises of SECURITY.md about every endpoint, by requests to a running gateway: who is let in, and which parts of a
// request an answer may repeat.
#include <doctest/doctest.h>

#include "tests/support/answers.hpp"
#include "tests/support/requests.hpp"
#include "tests/support/running.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

using contract::Adapter;
using contract::Endpoint;

/// What a vendor's route accepts, and how a client shows it.
struct Credentials {
  std::string_view adapter;
  std::string auth;
  Headers shown;
  Headers wrong;
};
const Credentials credentials[] = {
    {"enghouse", "{tokens: [the-token]}", {{"ctlivetoken", "the-token"}}, {{"ctlivetoken", "a-token"}}},
    {"comm100",
     R"({bearer: [the-token], logins: [{email: "bob@example.com", password: bob-pass}]})",
     {{"Authorization", "Bearer the-token"}},
     {{"Authorization", "Bearer a-token"}}},
    {"rocketchat",
     "{users: [{id: ann, token: the-token}], logins: [{id: bob, name: bob, password: bob-pass}]}",
     {{"X-User-Id", "ann"}, {"X-Auth-Token", "the-token"}},
     {{"X-User-Id", "ann"}, {"X-Auth-Token", "a-token"}}},
};

/// Runs `check(parley, endpoint, credentials)` for every endpoint of every facade and profile, over a store with the demo.
template <class Check>
void for_each_endpoint(const Check& check) {
  for (const Credentials& one : credentials) {
    CAPTURE(one.adapter);
    const Adapter* const adapter = contract::find_adapter(one.adapter);
    if (adapter == nullptr) continue;
    for (const String& profile : profiles_of(*adapter)) {
      CAPTURE(profile);
      const Scratch scratch;
      const Running parley(
          "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {local: {kind: sqlite, path: \"" +
          scratch / "parley.db" + "\", demo: true}}\nroutes: [{backend: local, facade: " + std::string(one.adapter) +
          (profile.empty() ? "" : ", profile: \"" + profile + '"') + ", auth: " + one.auth + "}]\n");
      const auto facade = adapter->make_facade(route_of(*adapter, profile));
      for (const Endpoint& endpoint : facade->endpoints()) {
        CAPTURE(endpoint.pattern);
        check(parley, endpoint, one);
      }
    }
  }
}

/// Whether the answer says that the credentials are missing or wrong.
bool says_unauthorized(const Answer& answer) {
  return answer.status == 401 || answer.body.find("not authorized") != std::string::npos;  // Enghouse says it with 200
}

const bool can_run = built_with({"sqlite"});

}  // namespace

TEST_CASE("promises: an endpoint with credentials lets in who shows them, and nobody else" * doctest::skip(!can_run)) {
  std::size_t endpoints = 0;
  for_each_endpoint([&](const Running& parley, const Endpoint& endpoint, const Credentials& one) {
    if (endpoint.access != contract::Access::credentials) return;
    ++endpoints;
    const auto refuses = [&](const Headers& headers) {
      return says_unauthorized(parley.ask(http::name_of(endpoint.method), path_of(endpoint), headers, "{}"));
    };
    CHECK(refuses({}));
    CHECK(refuses(one.wrong));
    CHECK_FALSE(refuses(one.shown));
  });
  CHECK(endpoints > 0);
}

TEST_CASE("promises: nothing of a request becomes a header of its answer" * doctest::skip(!can_run)) {
  const std::string evil = "x%0d%0aX-Evil:%201%0d%0a%0d%0a%3Cevil%3E";
  const Headers headers = {{"Origin", "http://evil.example"},
                           {"X-Request-Id", "evil"},
                           {"X-Evil", "evil"},
                           {"Cookie", "evil=evil"},
                           {"User-Agent", "evil\tevil\xff"},
                           {"Accept", "evil/evil"},
                           {"Access-Control-Request-Headers", "X-Evil"},
                           {"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
                           {"tracestate", "evil=evil"}};
  const std::string queries[] = {"callback=" + evil, "callback=evil",          "evil=" + evil,    "token=" + evil,
                                 "siteId=" + evil,   "callback=%E2%80%A8evil", "callback=%FFevil"};
  for_each_endpoint([&](const Running& parley, const Endpoint& endpoint, const Credentials& one) {
    for (const std::string& query : queries) {
      CAPTURE(query);
      for (const bool shown : {false, true}) {
        Headers all = headers;
        if (shown) all.insert(all.end(), one.shown.begin(), one.shown.end());
        const Answer answer = parley.ask(http::name_of(endpoint.method), path_of(endpoint, evil) + '?' + query, all,
                                         R"({"evil":"evil"})");
        for (const auto& header : answer.headers) {
          CAPTURE(header.first);
          CHECK(header.first != "X-Evil");
          CHECK(header.second.find("evil") == std::string::npos);
        }
      }
    }
  });
}

}  // namespace parley::test
