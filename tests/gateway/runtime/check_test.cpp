// Faults that are found in a configuration before it is served, and its list of routes.
#include "gateway/runtime/check.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>

#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/served.hpp"

namespace parley::gateway::runtime {
namespace {

String describe(const config::Faults& faults) {
  String text;
  for (const config::Fault& fault : faults) text.append(fault.path).append(": ").append(fault.what).append("\n");
  return text;
}

}  // namespace

TEST_CASE("faults that only the adapters can see") {
  config::Settings settings = test::fake_settings();
  CHECK(describe(check(settings, test::fake_adapters)).empty());

  config::Settings unknown = settings;
  unknown.backends.front().kind = "fakr";
  unknown.routes.front().facade = "faek";
  unknown.routes.front().emit = "shoutin";
  unknown.routes.front().backend = "stor";
  CHECK(describe(check(unknown, test::fake_adapters)) ==
        "backends.store.kind: unknown kind of backend \"fakr\"; known: fake; did you mean \"fake\"?\n"
        "routes[0].facade: unknown facade \"faek\"; known: fake, shouting; did you mean \"fake\"?\n"
        "routes[0].emit: unknown style \"shoutin\"; known: fake, shouting; did you mean \"shouting\"?\n"
        "routes[0].backend: unknown backend \"stor\"; known: store; did you mean \"store\"?\n");
}

TEST_CASE("every endpoint is listed, also unsupported ones") {
  config::Settings settings = test::fake_settings();
  settings.routes.front().prefix = "/crm/";
  settings.routes.front().host = "h";
  const List<RouteRow> rows = list_routes(settings, test::fake_adapters);
  REQUIRE(rows.size() == 10);
  CHECK(rows[0].route == "first");
  CHECK(rows[0].listener == "127.0.0.1:0");
  CHECK(rows[0].host == "h");
  CHECK(rows[0].method == "GET");
  CHECK(rows[0].path == "/crm/fake/visitors/:id");
  CHECK(rows[0].style == "fake");
  CHECK(rows[0].backend == "store");
  CHECK(rows[0].operation == "GetVisitor");
  CHECK(rows[0].supported);
  CHECK(rows[4].operation == "ListAgents");
  CHECK_FALSE(rows[4].supported);
  CHECK(rows[4].why_not == "the fake has no agents");
  CHECK(rows[8].operation == "Login");  // whatever the backend supports
  CHECK(rows[8].backend.empty());
  CHECK(rows[8].supported);
  CHECK(rows[9].operation == "Echo");
}

TEST_CASE("demo credentials are recognised" * doctest::skip(!test::built_with({"comm100", "enghouse", "rocketchat"}))) {
  config::Settings settings = test::fake_settings();
  CHECK_FALSE(uses_demo_credentials(settings));
  const auto with = [](std::string_view facade, std::string_view auth) {
    String yaml = "backends: {b: {kind: sqlite}}\nroutes: [{facade: ";
    yaml.append(facade).append(", backend: b, auth: {").append(auth).append("}}]\n");
    return uses_demo_credentials(config::load_text(yaml, contract::keys_of()).settings);
  };
  CHECK(with("comm100", "bearer: [x, demo-comm100-token]"));
  CHECK(with("enghouse", "tokens: demo-enghouse-token"));
  CHECK(with("rocketchat", "users: {id: demo-rocket-user, token: demo-rocket-token}"));
  CHECK_FALSE(with("rocketchat", "users: {id: demo-rocket-user, token: another}"));
}

TEST_CASE("a credential for another vendor is a fault at its key, and is not shown" *
          doctest::skip(!test::built_with({"comm100", "enghouse", "rocketchat", "sqlite"}))) {
  struct Case {
    const char* kind;
    const char* auth;
    const char* key;
    const char* whose;
  };
  const auto check_all = [](std::initializer_list<Case> cases, const char* word, const auto& yaml_of,
                            const String& path) {
    for (const Case& one : cases) {
      CAPTURE(one.kind);
      CAPTURE(one.auth);
      const config::Loaded loaded = config::load_text(yaml_of(one), contract::keys_of());
      REQUIRE(loaded.faults.empty());
      config::Faults found = check(loaded.settings);
      std::erase_if(found, [](const config::Fault& fault) { return fault.severity != config::Severity::fault; });
      CHECK(describe(found) == path + ".auth." + one.key + ": has no effect with `" + word + ": " + one.kind +
                                   "`; it is for " + one.whose + "\n");
    }
  };
  check_all(
      {{"enghouse", "token: s3cret, email: e", "email", "comm100"},
       {"enghouse", "token: s3cret, api_key: s3cret", "api_key", "comm100"},
       {"enghouse", "token: s3cret, site_id: \"1\"", "site_id", "comm100"},
       {"enghouse", "token: s3cret, user_id: i", "user_id", "rocketchat"},
       {"enghouse", "token: s3cret, refresh_token: s3cret", "refresh_token", "comm100"},
       {"enghouse", "token: s3cret, client_id: c", "client_id", "comm100"},
       {"enghouse", "token: s3cret, token_url: u", "token_url", "comm100"},
       {"comm100", "bearer: s3cret, user: u", "user", "enghouse, rocketchat"},
       {"comm100", "bearer: s3cret, user_id: i", "user_id", "rocketchat"},
       {"comm100", "bearer: s3cret, token: s3cret", "token", "enghouse, rocketchat"},
       {"rocketchat", "user_id: i, token: s3cret, bearer: s3cret", "bearer", "comm100, enghouse"},
       {"rocketchat", "user_id: i, token: s3cret, email: e", "email", "comm100"}},
      "kind",
      [](const Case& one) {
        return "backends: {b: {kind: " + String(one.kind) + ", url: \"https://a.example.com\", auth: {" + one.auth +
               "}}}\n";
      },
      "backends.b");
  check_all(
      {{"enghouse", "tokens: s3cret, users: {id: i, token: s3cret}", "users", "rocketchat"},
       {"enghouse", "tokens: s3cret, site_id: \"1\"", "site_id", "comm100"},
       {"enghouse", "tokens: s3cret, logins: {id: i, password: s3cret}", "logins", "comm100, rocketchat"},
       {"enghouse", "tokens: s3cret, token_key: s3cret", "token_key", "comm100, rocketchat"},
       {"enghouse", "tokens: s3cret, client_id: c", "client_id", "comm100"},
       {"comm100", "bearer: s3cret, tokens: s3cret", "tokens", "enghouse"},
       {"comm100", "bearer: s3cret, users: {id: i, token: s3cret}", "users", "rocketchat"},
       {"rocketchat", "users: {id: i, token: s3cret}, bearer: s3cret", "bearer", "comm100, enghouse"},
       {"rocketchat", "users: {id: i, token: s3cret}, client_id: c", "client_id", "comm100"}},
      "facade",
      [](const Case& one) {
        return "backends: {b: {kind: sqlite, path: x.db}}\nroutes: [{facade: " + String(one.kind) +
               ", backend: b, auth: {" + one.auth + "}}]\n";
      },
      "routes[0]");
}

TEST_CASE("a credential for another vendor is told beside what is missing" *
          doctest::skip(!test::built_with({"comm100", "enghouse", "rocketchat", "sqlite"}))) {
  struct Case {
    const char* yaml;
    const char* faults;
  };
  const Case cases[] = {
      {"backends: {b: {kind: enghouse, url: \"https://a.example\", auth: {api_key: s3cret}}}\n",
       "backends.b.auth.api_key: has no effect with `kind: enghouse`; it is for comm100"},
      {"backends: {b: {kind: comm100, url: \"https://a.example\", auth: {token: s3cret, user: u}}}\n",
       "backends.b.auth.token: has no effect with `kind: comm100`; it is for enghouse, rocketchat\n"
       "backends.b.auth.user: has no effect with `kind: comm100`; it is for enghouse, rocketchat"},
      {"backends: {b: {kind: rocketchat, url: \"https://a.example\", auth: {api_key: s3cret}}}\n",
       "backends.b.auth.api_key: has no effect with `kind: rocketchat`; it is for comm100"},
      {"backends: {b: {kind: sqlite, path: x.db}}\nroutes: [{facade: comm100, backend: b, auth: {tokens: s3cret}}]\n",
       "routes[0].auth.tokens: has no effect with `facade: comm100`; it is for enghouse"},
      {"backends: {b: {kind: sqlite, path: x.db}}\nroutes: [{facade: rocketchat, backend: b, auth: {bearer: "
       "s3cret}}]\n",
       "routes[0].auth.bearer: has no effect with `facade: rocketchat`; it is for comm100, enghouse"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.yaml);
    const config::Loaded loaded = config::load_text(one.yaml, contract::keys_of());
    REQUIRE(loaded.faults.empty());
    config::Faults found = check(loaded.settings);
    std::erase_if(found, [](const config::Fault& fault) { return fault.severity != config::Severity::fault; });
    const String all = describe(found);
    CHECK(all.find(one.faults) != String::npos);
    CHECK(found.size() ==
          1U + static_cast<std::size_t>(std::count(one.faults, one.faults + std::strlen(one.faults), '\n')) + 1U);
    CHECK(all.find("s3cret") == String::npos);
  }
}

}  // namespace parley::gateway::runtime
