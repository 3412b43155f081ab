// Warnings, with adapters that list their keys.
#include "gateway/runtime/advice.hpp"

#include <doctest/doctest.h>

#include "adapters/upstream/settings.hpp"
#include "tests/gateway/net/fake_vendor.hpp"

namespace parley::gateway::runtime {
namespace {

/// The settings of routes of `loud`.
struct LoudRoute {
  bool strict_status = false;
  friend bool operator==(const LoudRoute&, const LoudRoute&) = default;
};
constexpr std::string_view profiles[] = {"y"};
inline constexpr auto loud_route = config::section<LoudRoute, "loud">(
    config::row<&LoudRoute::strict_status>("strict_status", config::Need::optional, "A switch."));
/// The credentials of its routes and backends.
struct LoudAuth {
  List<config::Secret> tokens;
  friend bool operator==(const LoudAuth&, const LoudAuth&) = default;
};
inline constexpr auto loud_auth =
    config::section<LoudAuth, "loud.auth">(config::row<&LoudAuth::tokens, config::OneOrMany<config::SecretCodec>>(
        "tokens", config::Need::optional, "Tokens."));
struct LoudShown {
  config::Secret token;
  friend bool operator==(const LoudShown&, const LoudShown&) = default;
};
inline constexpr auto loud_shown = config::section<LoudShown, "loud.credentials">(
    config::row<&LoudShown::token, config::SecretCodec>("token", config::Need::optional, "A token."));

}  // namespace
}  // namespace parley::gateway::runtime

namespace parley {

template <>
inline constexpr auto config::own_table<gateway::runtime::LoudRoute> =
    config::make_own<gateway::runtime::loud_route>(config::At::route);
template <>
inline constexpr auto config::own_table<gateway::runtime::LoudAuth> =
    config::make_own<gateway::runtime::loud_auth>(config::At::route_auth);
template <>
inline constexpr auto config::own_table<gateway::runtime::LoudShown> =
    config::make_own<gateway::runtime::loud_shown>(config::At::backend_auth);

}  // namespace parley

namespace parley::gateway::runtime {
namespace {

constexpr const config::OwnTable* loud_tables[] = {&config::own_table<upstream::Settings>,
                                                   &config::own_table<LoudShown>, &config::own_table<LoudRoute>,
                                                   &config::own_table<LoudAuth>};

const contract::Adapter& store() {
  static const contract::Adapter one = [] {
    contract::Adapter made = test::fake_adapter;
    made.profiles = profiles;
    return made;
  }();
  return one;
}
const contract::Adapter& loud() {
  static const contract::Adapter one = [] {
    contract::Adapter made = test::fake_adapter;
    made.name = "loud";
    made.tables = loud_tables;
    made.files = nullptr;
    return made;
  }();
  return one;
}

/// The warnings as `check` prints them, without the file, after the faults that were found already.
String said(std::string_view yaml, config::Faults found = {}) {
  const contract::Adapter* const all[] = {&store(), &loud()};
  const config::Loaded loaded = config::load_text(yaml, contract::keys_of(all));
  REQUIRE(loaded.faults.empty());
  const std::size_t before = found.size();
  advise(loaded.settings, all, found);
  String text;
  for (std::size_t i = before; i < found.size(); ++i) {
    text.append(text.empty() ? "" : "\n").append(config::format("", found[i]).substr(1));
  }
  return text;
}

constexpr std::string_view routes = "\nroutes: [{facade: fake, backend: a, auth: none}]\n";

}  // namespace

TEST_CASE("unused backends and too large trusted networks") {
  CHECK(said("backends: {a: {kind: fake}}" + String(routes)) == "");
  CHECK(said("backends: {a: {kind: fake}, b: {kind: fake}}" + String(routes)) ==
        "1:32: warning: backends.b: no route uses it");
  CHECK(said("backends: {a: {kind: fake}}\n") ==
        "1:1: warning: routes: there is no route: every request is answered with 404");
  struct Case {
    const char* network;
    bool warned;
  };
  for (const Case& one : std::initializer_list<Case>{{"0.0.0.0/0", true},
                                                     {"::/0", true},
                                                     {"::ffff:0:0/96", true},
                                                     {"128.0.0.0/1", true},
                                                     {"2000::/3", true},
                                                     {"10.0.0.0/8", false},
                                                     {"fc00::/7", false},
                                                     {"203.0.113.7", false},
                                                     {"::1", false}}) {
    CAPTURE(one.network);
    const String text =
        said("server: {trusted: \"" + String(one.network) + "\"}\nbackends: {a: {kind: fake}}" + String(routes));
    CHECK(text.starts_with(one.warned ? "1:19: warning: server.trusted[0]: " : ""));
    CHECK(text.empty() == !one.warned);
  }
}

TEST_CASE("keys without effect are those that only another adapter reads") {
  const auto with = [](const String& more) { return said("backends: {a: {" + more + "}}" + String(routes)); };
  CHECK(with("kind: fake, path: x, demo: true") == "");
  CHECK(with("kind: fake, connections: 5") ==
        "1:28: warning: backends.a.connections: has no effect with `kind: fake`; it is for loud");
  CHECK(with("kind: fake, demo: true, url: \"http://127.0.0.1\"") ==
        "1:40: warning: backends.a.url: has no effect with `kind: fake`; it is for loud");
  CHECK(with("kind: fake, auth: {token: x}") ==
        "1:28: warning: backends.a.auth: has no effect with `kind: fake`; it is for loud");
  CHECK(with("kind: loud, auth: {token: x}, timeouts: {total: 3s}") == "");
  CHECK(with("kind: loud, demo: false") ==
        "1:28: warning: backends.a.demo: has no effect with `kind: loud`; it is for fake");
  CHECK(with("kind: unknown, demo: true") == "");

  const auto on = [](const String& more) {
    return said("backends: {a: {kind: fake}}\nroutes: [{backend: a, " + more + "}]\n");
  };
  CHECK(on("facade: fake, auth: {bearer: x}, profile: y") == "");
  CHECK(on("facade: fake, auth: {bearer: x, tokens: y}") ==
        "2:55: routes[0].auth.tokens: has no effect with `facade: fake`; it is for loud");
  CHECK(on("facade: fake, auth: none, strict_status: true") ==
        "2:49: warning: routes[0].strict_status: has no effect with `facade: fake`; it is for loud");
  CHECK(on("facade: fake, emit: loud, auth: none, strict_status: true") == "");
  CHECK(on("facade: loud, auth: none, profile: y") ==
        "2:49: warning: routes[0].profile: has no effect with `facade: loud`; it is for fake");
}

TEST_CASE("a fault gets no warning as well") {
  const String yaml = "backends: {a: {kind: fake}}\nroutes: [{backend: a, facade: fake, auth: {tokens: y}}]\n";
  CHECK(said(yaml) != "");
  // What `auth` lacks is another fault: both are told.
  CHECK(said(yaml, {{{}, "routes[0].auth", "nothing to log in with"}}) ==
        "2:44: routes[0].auth.tokens: has no effect with `facade: fake`; it is for loud");
  CHECK(said(yaml, {{{}, "routes[0].auth.tokens", "not a credential of the fake"}}) == "");
  CHECK(said(yaml, {{{}, "routes[0].auth", "only a warning", config::Severity::warning}}) != "");
  CHECK(said(yaml, {{{}, "routes[0].facade", "another place"}}) != "");
}

TEST_CASE("a prefix that repeats the vendor's path, and time-outs longer than the total") {
  const auto with = [](const String& prefix) {
    return said("backends: {a: {kind: fake}}\nroutes: [{facade: fake, backend: a, auth: none, prefix: " + prefix +
                "}]\n");
  };
  CHECK(with("/crm") == "");
  CHECK(with("/fakes") == "");
  CHECK(with("/visitors") == "");
  CHECK(with("/fake/crm") == "");
  for (const char* prefix : {"/fake", "/FAKE", "/crm/fake", "/fake/visitors"}) {
    CAPTURE(prefix);
    CHECK(
        with(prefix).starts_with("2:57: warning: routes[0].prefix: repeats the vendor's own path: clients would have "
                                 "to call " +
                                 String(prefix) + "/fake/visitors/:id"));
  }
  const auto waits = [](const String& timeouts) {
    return said("backends: {a: {kind: loud, timeouts: {" + timeouts + "}}}" + String(routes));
  };
  CHECK(
      waits("first_byte: 16s") ==
      "1:51: warning: backends.a.timeouts.first_byte: 16000ms is longer than total, which ends the call after 15000ms");
  CHECK(waits("connect: 3s, total: 2s").starts_with("1:48: warning: backends.a.timeouts.connect: 3000ms is longer"));
  CHECK(waits("total: 2s") == "");  // only keys in the file get a warning
  CHECK(waits("first_byte: 15s") == "");
}

TEST_CASE("limits that a smaller one overrides") {
  const auto with = [](const String& limits) {
    return said("server: {limits: {" + limits + "}}\nbackends: {a: {kind: fake}}" + String(routes));
  };
  CHECK(with("body: 2MiB, memory: 1MiB") ==
        "1:25: warning: server.limits.body: is larger than memory: no body of that size is ever taken");
  CHECK(with("answer: 512MiB") ==
        "1:27: warning: server.limits.answer: is larger than memory: no answer of that size is ever sent");
  CHECK(with("headers: 1m") ==
        "1:28: warning: server.limits.headers: is longer than request, which ends the head, too");
  CHECK(with("memory: 1MiB, request: 1s") == "");  // only keys in the file get a warning
  CHECK(with("body: 1GiB, memory: 1GiB, headers: 1m, request: 1m") == "");
}

TEST_CASE("paths in the form of a shell or another program") {
  const auto store = [](const String& path) {
    return said("backends: {a: {kind: fake, path: \"" + path + "\"}}" + String(routes));
  };
  const String at = "1:34: warning: backends.a.path: ";
  CHECK(store("~/parley.db") == at + "`~` is the name of a folder here and no home: write the whole path");
  CHECK(store(":memory:") == at + "is a file of that name: a store always keeps its data");
  for (const char* url : {"file:parley.db?mode=ro", "fake:parley.db"}) {
    CAPTURE(url);
    CHECK(store(url) == at + "is a path and no URL: write it without the scheme");
  }
  for (const char* path : {"a.db", "./~/a.db", "/var/lib/a:b.db", "C:a.db"}) {
    CAPTURE(path);
    CHECK(store(path) == "");
  }
  const auto log = [](const String& file) {
    return said("log: {access: \"" + file + "\"}\nbackends: {a: {kind: fake}}" + String(routes));
  };
  CHECK(log("stdout") == "1:15: warning: log.access: is a file of that name; `-` is standard output");
  CHECK(log("~/access.log").starts_with("1:15: warning: log.access: `~` is the name of a folder"));
  CHECK(log("-") == "");
  CHECK(log("/dev/stdout") == "");
}

TEST_CASE("a rate limit by principal on an open route") {
  const auto with = [](const String& auth, const String& by) {
    return said("backends: {a: {kind: fake}}\nroutes: [{facade: fake, backend: a, auth: " + auth +
                ", rate_limit: {requests: 9, per: 1m, by: " + by + "}}]\n");
  };
  CHECK(with("none", "principal") ==
        "2:88: warning: routes[0].rate_limit.by: nobody shows credentials to an open route: each client is counted");
  CHECK(with("none", "client") == "");
  CHECK(with("{bearer: x}", "principal") == "");
}

}  // namespace parley::gateway::runtime
