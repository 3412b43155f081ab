// Good configurations and their settings.
#include <chrono>

#include "adapters/contract/store_settings.hpp"
#include "adapters/upstream/settings.hpp"
#include "tests/config/good_files.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

using namespace parley;
using namespace parley::config;
using namespace std::chrono_literals;
using test::good;
using test::told;
using test::Variable;

namespace {

/// The secrets of a route, each as `KEY=VALUE` and a blank.
String secrets(const Route& route) {
  String text;
  for (const NamedSecret& one : secrets_of(route.own)) text.append(one.key).append("=").append(one.value).append(" ");
  return text;
}

/// The path of the store's file.
String file_of(const Backend& backend) {
  List<contract::BackendFile> files;
  contract::find_adapter(backend.kind)->files(backend, files);
  return files.empty() ? String() : files.front().path;
}

String place(Mark mark) { return std::to_string(mark.line) + ':' + std::to_string(mark.column); }

}  // namespace

TEST_CASE("config: the demo" * doctest::skip(!test::built_with({"comm100"}))) {
  const Variable data("PARLEY_DATA", nullptr);
  const Variable admin("PARLEY_ADMIN", nullptr);
  const Loaded loaded = test::load_from(test::project_file("config/gateway.yaml"));
  REQUIRE(told(loaded) == "");
  const Settings& settings = loaded.settings;
  REQUIRE(settings.server.listen.size() == 1);
  CHECK(settings.server.listen[0].text() == "127.0.0.1:8080");
  REQUIRE(settings.admin.listen);
  CHECK(settings.admin.listen->text() == "127.0.0.1:9090");
  REQUIRE(settings.backends.size() == 1);
  CHECK(settings.backends[0].name == "local");
  CHECK(settings.backends[0].kind == "sqlite");
  CHECK(settings_of<contract::StoreSettings>(settings.backends[0]).demo);
  CHECK(file_of(settings.backends[0]) == "./parley-data/parley.db");

  REQUIRE(settings.routes.size() == 4);
  const Route& enghouse = settings.routes[0];
  const Route& comm100 = settings.routes[1];
  const Route& rocketchat = settings.routes[2];
  const Route& pimenta = settings.routes[3];
  for (const Route& route : settings.routes) {
    CHECK(route.backend == "local");
    CHECK(route.prefix.empty());
    CHECK(route.host.empty());
    CHECK(route.auth.given);
    CHECK_FALSE(route.auth.none);
  }
  CHECK(enghouse.facade == "enghouse");
  CHECK(secrets(enghouse) == "auth.tokens[0]=demo-enghouse-token ");
  CHECK(comm100.facade == "comm100");
  CHECK(secrets(comm100) == "auth.bearer[0]=demo-comm100-token ");
  CHECK(rocketchat.facade == "rocketchat");
  CHECK(rocketchat.profile == "8");
  CHECK(rocketchat.listen.empty());
  CHECK(pimenta.facade == "rocketchat");
  CHECK(pimenta.profile == "0.70");
  REQUIRE(pimenta.listen.size() == 1);
  CHECK(pimenta.listen[0].text() == "127.0.0.1:3000");
  for (const Route* route : {&rocketchat, &pimenta}) {
    CHECK(secrets(*route) == "auth.users[0].token=demo-rocket-token ");
  }
}

TEST_CASE("config: PARLEY_DATA sets the folder of the demo's data" * doctest::skip(!test::built_with({"comm100"}))) {
  const Variable data("PARLEY_DATA", "/var/lib/parley");
  const Loaded loaded = test::load_from(test::project_file("config/gateway.yaml"));
  REQUIRE(told(loaded) == "");
  CHECK(file_of(loaded.settings.backends[0]) == "/var/lib/parley/parley.db");
}

TEST_CASE("config: absent keys have their defaults") {
  const Settings settings = good("backends: {b: {kind: sqlite}}\nroutes: [{facade: comm100, backend: b}]\n");
  REQUIRE(settings.server.listen.size() == 1);
  CHECK(settings.server.listen[0].text() == "127.0.0.1:8080");
  CHECK(settings.server.workers == 0);
  CHECK(settings.server.limits.body == 1024 * 1024);
  CHECK(settings.server.limits.head == 16 * 1024);
  CHECK(settings.server.limits.idle == 75s);
  CHECK(settings.server.limits.request == 30s);
  CHECK_FALSE(settings_of<contract::StoreSettings>(settings.backends[0]).demo);
  const Route& route = settings.routes[0];
  CHECK(route.name == "comm100");
  CHECK(route.profile.empty());
  CHECK(route.loss == LossPolicy::warn);
  CHECK_FALSE(route.auth.given);
}

TEST_CASE("config: every key" * doctest::skip(!test::built_with({"comm100"}))) {
  const Settings settings = good(R"(
server:
  listen: ["127.0.0.1:8080", "[::1]:8080", "localhost:0"]
  workers: 4
  limits: {body: 2MiB, head: 8KiB, idle: 500ms, request: 5m}
backends:
  local: {kind: sqlite, path: x.db, demo: true, page_changes: title}
  other: {kind: sqlite}
routes:
  - name: old-crm
    facade: enghouse
    host: "CRM.example.com"
    prefix: "/crm/v1"
    profile: "1"
    listen: 127.0.0.1:3000
    backend: other
    emit: comm100
    loss: lossless
    auth:
      tokens: t1
      basic: {user: u, password: p}
      bearer: [b1, "b2"]
      site_id: "10000"
      users: {id: i, token: t}
    custom_fields: [a, b]
    away_statuses: Meeting
    strict_status: true
    domains: {a.example: one, b.example: two}
  - {facade: comm100, backend: local, auth: none, loss: allow}
)");
  const Server& server = settings.server;
  REQUIRE(server.listen.size() == 3);
  CHECK(server.listen[1].text() == "[::1]:8080");
  CHECK(place(server.listen[1].mark) == "3:30");
  CHECK(server.listen[2].port == 0);
  CHECK(server.workers == 4);
  CHECK(server.limits.body == 2 * 1024 * 1024);
  CHECK(server.limits.head == 8 * 1024);
  CHECK(server.limits.idle == 500ms);
  CHECK(server.limits.request == 5min);

  REQUIRE(settings.backends.size() == 2);
  CHECK(settings_of<contract::StoreSettings>(settings.backends[0]).demo);
  CHECK(place(settings.backends[0].mark) == "7:10");
  CHECK(place(settings.backends[0].kind_mark) == "7:17");

  REQUIRE(settings.routes.size() == 2);
  const Route& route = settings.routes[0];
  CHECK(route.name == "old-crm");
  CHECK(route.host == "crm.example.com");
  CHECK(route.prefix == "/crm/v1");
  CHECK(route.listen.size() == 1);
  CHECK(route.emit == "comm100");
  CHECK(route.loss == LossPolicy::lossless);
  CHECK(secrets(route) ==
        "auth.tokens[0]=t1 auth.bearer[0]=b1 auth.bearer[1]=b2 auth.basic[0].password=p auth.bearer[0]=b1 "
        "auth.bearer[1]=b2 auth.basic[0].password=p ");
  CHECK(place(route.mark) == "10:5");
  CHECK(place(route.facade_mark) == "11:13");
  CHECK(place(route.profile_mark) == "14:14");
  CHECK(place(route.backend_mark) == "16:14");
  CHECK(place(route.emit_mark) == "17:11");
  CHECK(place(route.auth.mark) == "20:7");
  const Route& open = settings.routes[1];
  CHECK(open.auth.given);
  CHECK(open.auth.none);
  CHECK(open.loss == LossPolicy::allow);
  CHECK(place(open.emit_mark) == place(open.mark));  // for an absent key it is the route's place
}

TEST_CASE("config: routes that do not collide") {
  const char* beside[] = {
      "{name: b, facade: comm100, backend: x, prefix: /b}",
      "{name: b, facade: comm100, backend: x, host: b.example}",
      "{name: b, facade: comm100, backend: x, listen: \"127.0.0.1:81\"}",
      "{name: b, facade: enghouse, backend: x}",
  };
  for (const char* route : beside) {
    CAPTURE(route);
    CHECK(told(test::load("server: {listen: \"127.0.0.1:80\"}\nbackends: {x: {kind: sqlite}}\nroutes:\n"
                          "  - {name: a, facade: comm100, backend: x}\n  - " +
                          String(route) + '\n')) == "");
  }
  // Port 0 is a new port each time.
  CHECK(good("server: {listen: [\"127.0.0.1:0\", \"127.0.0.1:0\"]}\n").server.listen.size() == 2);
}

TEST_CASE("config: a backend that calls a vendor's server") {
  const Settings settings = good(R"(
backends:
  support:
    kind: rocketchat
    url: "https://Chat.example.com:8443/base/"
    auth: {user_id: u, token: t}
    ca: /etc/ca.pem
    timeouts: {connect: 1s, first_byte: 2s, total: 3s}
    quota: {calls: 300, per: 5m}
    connections: 8
    answer: 2MiB
  open: {kind: enghouse, url: "http://127.0.0.1:3001", domain: default, auth: none}
)");
  const Backend& support = settings.backends.at(0);
  const auto& called = settings_of<upstream::Settings>(support);
  CHECK(called.url == "https://Chat.example.com:8443/base");
  CHECK(support.auth.given);
  CHECK_FALSE(support.auth.none);
  CHECK(called.ca == "/etc/ca.pem");
  CHECK(called.timeouts.connect == 1s);
  CHECK(called.timeouts.first_byte == 2s);
  CHECK(called.timeouts.total == 3s);
  CHECK(called.quota.calls == 300);
  CHECK(called.quota.per == 5min);
  CHECK(called.connections == 8);
  CHECK(called.answer == 2U << 20U);
  const Backend& open = settings.backends.at(1);
  CHECK(open.auth.none);
  CHECK(settings_of<upstream::Settings>(open).timeouts.total == 15s);
  CHECK(settings_of<upstream::Settings>(open).quota.calls == 0);
}
