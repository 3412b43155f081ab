// Bodies of requests, over every facade: a byte order mark in front, and the content codings.
#include <doctest/doctest.h>

#include "tests/support/answers.hpp"
#include "tests/support/packed.hpp"
#include "tests/support/requests.hpp"
#include "tests/support/running.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

using contract::Adapter;
using contract::BodyRule;
using contract::Endpoint;

const std::string mark = "\xEF\xBB\xBF";

/// The `auth` of a route: a user who may log in, if the vendor has a call for that; otherwise open.
std::string auth_of(std::string_view adapter) {
  const std::string user = R"({logins: [{id: u, email: "ann@example.com", password: "right")";
  if (adapter == "comm100") return user + "}]}";
  return adapter == "rocketchat" ? user + ", name: ann}]}" : "none";
}

/// A configuration in which `adapter` serves the demo in that profile.
std::string config_of(const Adapter& adapter, std::string_view profile, const std::string& database) {
  const std::string version = profile.empty() ? "" : ", profile: \"" + std::string(profile) + '"';
  return "server: {listen: [\"127.0.0.1:0\"], workers: 1, limits: {body: 64KiB}}\n"
         "backends: {local: {kind: sqlite, path: \"" +
         database + "\", demo: true}}\nroutes: [{backend: local, facade: " + std::string(adapter.name) + version +
         ", auth: " + auth_of(adapter.name) + "}]\n";
}

/// The credentials of the route, from the facade's own login call.
Headers credentials(const Adapter& adapter, const Running& parley) {
  if (adapter.name == "comm100") {
    const Answer granted =
        parley.ask("POST", "/oauth/token", {}, "grant_type=password&email=ann%40example.com&password=right");
    return {{"Authorization", "Bearer " + value_at(granted.body, "/access_token")}};
  }
  if (adapter.name == "rocketchat") {
    const Answer granted = parley.ask("POST", "/api/v1/login", {}, R"({"user":"ann","password":"right"})");
    return {{"X-User-Id", "u"}, {"X-Auth-Token", value_at(granted.body, "/data/authToken")}};
  }
  return {};
}

/// Runs `check(ask, is_login)` for every endpoint of every facade and profile that reads a body; `ask(body, headers)` calls the endpoint.
template <class Check>
void for_each_endpoint(const Check& check) {
  std::size_t endpoints = 0;
  for (const Adapter* adapter : contract::registry()) {
    if (adapter->make_facade == nullptr) continue;
    CAPTURE(adapter->name);
    for (const String& profile : profiles_of(*adapter)) {
      CAPTURE(profile);
      const Scratch scratch;
      const Running parley(config_of(*adapter, profile, scratch / "parley.db"));
      const auto facade = adapter->make_facade(route_of(*adapter, profile));
      for (const Endpoint& endpoint : facade->endpoints()) {
        if (endpoint.body == BodyRule::none || endpoint.receive != nullptr) continue;
        const std::string method(http::name_of(endpoint.method));
        const std::string path = path_of(endpoint);
        CAPTURE(path);
        ++endpoints;
        const auto ask = [&](const std::string& body, const Headers& more) {
          Headers headers = credentials(*adapter, parley);  // new ones each time: a logout ends them
          headers.emplace_back("Content-Type", "application/json");
          headers.insert(headers.end(), more.begin(), more.end());
          return parley.ask(method, path, headers, body);
        };
        check(ask);
      }
    }
  }
  CHECK(endpoints > 5);
}

// A readable body that every endpoint refuses because of its members. So no endpoint may say that it cannot read it.
const std::string text =
    R"({"grant_type":"password","email":"ann@example.com","user":"ann","password":"wrong","status":"","token":"","name":""})";

/// Whether the answer says that the body could not be read.
bool unreadable(const Answer& answer) {
  return answer.status == 413 || answer.status == 415 || answer.body.find("(line") != std::string::npos ||
         answer.body.find("neither") != std::string::npos;
}

const bool can_run = built_with({"sqlite", "comm100", "rocketchat"});

}  // namespace

TEST_CASE("conformance: one byte order mark in front of a body is skipped, two are a fault" * doctest::skip(!can_run)) {
  for_each_endpoint([](const auto& ask) {
    const Answer plain = ask(text, {});
    CAPTURE(plain.body);
    CHECK_FALSE(unreadable(plain));
    const Answer marked = ask(mark + text, {});
    CHECK(marked.status == plain.status);
    CHECK(marked.body == plain.body);
    if (plain.status == 200) return;  // a logout, which ignores the body
    const Answer twice = ask(mark + mark + text, {});
    CHECK(twice.status >= 400);
    CHECK(twice.status < 500);
    CHECK(twice.body != plain.body);
  });
}

TEST_CASE("conformance: a packed body is read like a plain one" * doctest::skip(!can_run)) {
  const std::string gzip = packed(text);
  const std::string zlib = packed(text, PackFormat::zlib);
  const struct {
    std::string name;
    std::string coding;
    std::string body;
  } cases[] = {
      {"gzip", "gzip", gzip},
      {"x-gzip, in any case", "X-GZip", gzip},
      {"gzip of two members", "gzip", packed(text.substr(0, 20)) + packed(text.substr(20))},
      {"deflate", "deflate", zlib},
      {"deflate without its frame", "deflate", packed(text, PackFormat::raw)},
      {"a byte order mark inside", "gzip", packed(mark + text)},
      {"identity", "identity", text},
      {"empty", "", text},
      {"empty members", ", identity,", text},
      {"one after the other", "deflate, gzip", packed(zlib)},
      {"and with identity between", "gzip,identity,,gzip", packed(gzip)},
  };
  for_each_endpoint([&](const auto& ask) {
    const Answer plain = ask(text, {});
    CHECK_FALSE(unreadable(plain));
    for (const auto& one : cases) {
      CAPTURE(one.name);
      const Answer answer = ask(one.body, {{"Content-Encoding", one.coding}});
      CHECK(answer.status == plain.status);
      CHECK(answer.body == plain.body);
      CHECK(answer.header("Accept-Encoding") == "");
    }
  });
}

TEST_CASE("conformance: a coding that is not read is 415 and names those that are; a bomb is 413" *
          doctest::skip(!can_run)) {
  const std::string gzip = packed(text);
  const struct {
    std::string name;
    std::string coding;
    std::string body;
    int status;
  } cases[] = {
      {"a plain body labelled br", "br", text, 415},
      {"zstd behind gzip", "gzip, zstd", gzip, 415},
      {"a word with parameters", "gzip;q=1", gzip, 415},
      {"more codings than anybody needs", "gzip, gzip, gzip, gzip", gzip, 415},
      {"a plain body labelled gzip", "gzip", text, 415},
      {"a plain body labelled deflate", "deflate", text, 415},
      {"packed once, labelled twice", "gzip, gzip", gzip, 415},
      {"gzip that is cut off", "gzip", gzip.substr(0, gzip.size() - 10), 400},
      {"a bomb", "gzip", packed(std::string(10'000'000, ' ')), 413},
      {"a bomb as deflate", "deflate", packed(std::string(10'000'000, ' '), PackFormat::zlib), 413},
      {"a bomb in a bomb", "gzip, gzip", packed(packed(std::string(40'000'000, ' '))), 413},
      {"a byte more than the limit", "gzip", packed(text + std::string(64 * 1024 + 1 - text.size(), ' ')), 413},
      {"more than the limit before it is unpacked", "gzip", std::string(64 * 1024 + 1, 'x'), 413},
  };
  for_each_endpoint([&](const auto& ask) {
    for (const auto& one : cases) {
      CAPTURE(one.name);
      const Answer answer = ask(one.body, {{"Content-Encoding", one.coding}});
      CAPTURE(answer.body);
      CHECK(answer.status == one.status);
      CHECK(answer.header("Accept-Encoding") == (one.status == 415 ? "gzip, deflate" : ""));
      CHECK(answer.body.find('{') == 0);  // the vendor's style: an error in JSON
    }
    const Answer full = ask(packed(text + std::string(64 * 1024 - text.size(), ' ')), {{"Content-Encoding", "gzip"}});
    CHECK(full.body == ask(text, {}).body);
  });
}

}  // namespace parley::test
