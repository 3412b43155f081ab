// What is found wrong in a configuration before it is served, and what is listed of it.
#include "gateway/runtime/check.hpp"

#include <doctest/doctest.h>

#include "tests/gateway/net/fake_vendor.hpp"

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

  config::Settings twice = settings;
  twice.routes.push_back(twice.routes.front());
  twice.routes.back().name = "second";
  CHECK(describe(check(twice, test::fake_adapters)) ==
        "routes[1]: answers the same requests as routes[0] (first): give it another host, prefix or listener\n");
  twice.routes.back().prefix = "/other";
  CHECK(check(twice, test::fake_adapters).empty());
  twice.routes.back().prefix.clear();
  twice.routes.back().host = "h";
  CHECK(check(twice, test::fake_adapters).empty());
  twice.routes.back().host.clear();
  twice.routes.back().listen.push_back({"127.0.0.1", 9, {}});
  CHECK(check(twice, test::fake_adapters).empty());
}

TEST_CASE("every endpoint is listed, with what its backend cannot do") {
  config::Settings settings = test::fake_settings();
  settings.routes.front().prefix = "/crm/";
  settings.routes.front().host = "h";
  const List<RouteRow> rows = list_routes(settings, test::fake_adapters);
  REQUIRE(rows.size() == 9);
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
  CHECK(rows[8].operation == "Login");  // whatever the backend can do
  CHECK(rows[8].backend.empty());
  CHECK(rows[8].supported);
}

TEST_CASE("demo credentials are recognised") {
  config::Settings settings = test::fake_settings();
  CHECK_FALSE(uses_demo_credentials(settings));
  config::Auth& auth = settings.routes.front().auth;
  auth.bearer.push_back({"demo-comm100-token"});
  CHECK(uses_demo_credentials(settings));
  auth = {};
  auth.tokens.push_back({"demo-enghouse-token"});
  CHECK(uses_demo_credentials(settings));
  auth = {};
  auth.users.push_back({"demo-rocket-user", {"demo-rocket-token"}});
  CHECK(uses_demo_credentials(settings));
  auth = {};
  auth.users.push_back({"demo-rocket-user", {"another"}});
  CHECK_FALSE(uses_demo_credentials(settings));
}

}  // namespace parley::gateway::runtime
