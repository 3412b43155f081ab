// The admin listener of the real program.
#include <doctest/doctest.h>

#include "tests/support/json.hpp"
#include "tests/support/operated.hpp"

namespace parley::test {

TEST_CASE("the state says what is served, and no secret" * doctest::skip(!built_with({"rocketchat"}))) {
  const Operated parley(
      "  - name: more\n    facade: rocketchat\n    backend: local\n    prefix: \"/more\"\n    auth: none\n");
  CHECK(parley.admin("GET", "/healthz").body == "ok\n");
  CHECK(parley.admin("GET", "/readyz").body == "ready\n");
  const Answer answer = parley.admin("GET", "/state");
  CHECK(answer.status == 200);
  CHECK(answer.header("Content-Type") == "application/json; charset=utf-8");
  const auto at = [&answer](std::string_view path) { return value_at(answer.body, path); };
  CHECK(at("/version") == PARLEY_VERSION);
  CHECK(at("/revision") == "1");
  CHECK(at("/draining") == "false");
  CHECK(at("/configuration/file") == parley.file());
  const std::string sum = run({.command = {"sha256sum", parley.file()}}).out;
  CHECK(at("/configuration/sha256") == sum.substr(0, 64));
  CHECK(std::stoi(at("/workers")) >= 1);
  CHECK(at("/limits/body") == "1MiB");
  CHECK(at("/limits/headers") == "10s");
  CHECK(at("/limits/in_flight") == "1024");
  CHECK(at("/reloads/good") == "0");
  CHECK(at("/reloads/last") == "null");
  CHECK(at("/listeners/0/address") == "127.0.0.1:" + std::to_string(parley.port()));
  CHECK(at("/listeners/0/tls") == "false");
  CHECK(at("/listeners/1") == "(none)");
  CHECK(at("/backends/0/name") == "local");
  CHECK(at("/backends/0/kind") == "sqlite");
  CHECK(at("/backends/0/upstreams") == "[]");
  const Value root = parse(answer.body);
  const Value& route = root.find("routes")->children.back();
  CHECK(route.find("name")->text == "more");
  CHECK(route.find("facade")->text == "rocketchat");
  CHECK(route.find("prefix")->text == "/more");
  CHECK(route.find("endpoints")->text != "0");
  for (const char* secret : {"demo-rocket-token", "demo-comm100-token", "demo-enghouse-token"}) {
    CHECK(answer.body.find(secret) == std::string::npos);
  }
}

TEST_CASE("metrics and the log's level" * doctest::skip(!built_with({"rocketchat"}))) {
  Operated parley;
  REQUIRE(parley.ask("GET", "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd").status == 200);
  REQUIRE(parley.admin("POST", "/reload").status == 200);
  const Answer metrics = parley.admin("GET", "/metrics");
  CHECK(metrics.status == 200);
  CHECK(metrics.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(metrics.body.find("parley_requests_total{route=\"rocketchat\",style=\"rocketchat\",operation=\"GetVisitor\","
                          "status=\"200\"} 1\n") != std::string::npos);
  CHECK(value_at(parley.admin("GET", "/state").body, "/log_level") == "info");
  CHECK(parley.admin("POST", "/log?level=loud").status == 400);
  CHECK(parley.admin("POST", "/log?level=error").body == "level error\n");
  CHECK(value_at(parley.admin("GET", "/state").body, "/log_level") == "error");
  CHECK(parley.admin("POST", "/reload").status == 200);
  CHECK(value_at(parley.admin("GET", "/state").body, "/log_level") == "info");
}

TEST_CASE("the hash is that of the file in use: a faulty file does not change it") {
  Operated parley;
  const std::string first = read_file(parley.file());
  const auto shown = [&parley] { return value_at(parley.admin("GET", "/state").body, "/configuration/sha256"); };
  const auto sum = [&parley] { return run({.command = {"sha256sum", parley.file()}}).out.substr(0, 64); };
  const std::string before = shown();
  CHECK(before == sum());
  parley.replace(first + "# another\n");
  CHECK(shown() == before);
  CHECK(parley.admin("POST", "/reload").status == 200);
  const std::string after = shown();
  CHECK(after == sum());
  CHECK(after != before);
  parley.replace("server: [");
  CHECK(parley.admin("POST", "/reload").status == 422);
  CHECK(shown() == after);
}

TEST_CASE("a page of the admin listener's own origin may reload and set the level, no other") {
  const Operated parley;
  const std::string own = "http://127.0.0.1:" + std::to_string(parley.admin_port());
  const Headers host = {{"Host", "127.0.0.1:" + std::to_string(parley.admin_port())}};
  const auto status = [&](const char* target, const Headers& more) {
    Headers headers = host;
    headers.insert(headers.end(), more.begin(), more.end());
    return parley.admin("POST", target, headers).status;
  };
  CHECK(status("/reload", {{"Origin", own}}) == 200);
  CHECK(status("/reload", {{"Origin", own}, {"Sec-Fetch-Site", "same-origin"}}) == 200);
  CHECK(status("/log?level=warn", {{"Origin", own}}) == 200);
  CHECK(status("/log?level=warn", {{"Origin", "null"}}) == 403);
  CHECK(status("/log?level=warn", {{"Origin", "http://evil.example"}}) == 403);
  CHECK(status("/log?level=warn", {{"Origin", own}, {"Origin", own}}) == 403);
  CHECK(status("/log?level=warn", {{"Origin", ""}}) == 403);
  CHECK(status("/log?level=warn", {{"Sec-Fetch-Site", "cross-site"}}) == 403);
  CHECK(status("/reload", {{"Origin", "http://localhost:" + std::to_string(parley.admin_port())}}) == 403);
}

TEST_CASE("admin pages are not where clients connect, nor clients' where operators do" *
          doctest::skip(!built_with({"rocketchat"}))) {
  const Operated parley;
  for (const char* page : {"/healthz", "/readyz", "/state", "/metrics", "/log", "/reload"}) {
    CAPTURE(page);
    CHECK(parley.ask("GET", page).status == 404);
    CHECK(parley.ask("POST", page).status == 404);
  }
  CHECK(parley.admin("GET", "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd").status == 404);
}

TEST_CASE("the admin token guards all but health, and a reload changes it" *
          doctest::skip(!built_with({"rocketchat"}))) {
  const Operated parley({}, {}, "operators-only");
  const Headers good = {{"Authorization", "Bearer operators-only"}};
  CHECK(parley.admin("GET", "/healthz").status == 200);
  CHECK(parley.admin("GET", "/readyz").status == 200);
  CHECK(parley.admin("GET", "/state").status == 401);
  CHECK(parley.admin("POST", "/reload").status == 401);
  const Answer state = parley.admin("GET", "/state", good);
  CHECK(state.status == 200);
  CHECK(state.body.find("operators-only") == std::string::npos);
  std::string text = read_file(parley.file());
  text.replace(text.find("operators-only"), 14, "another-token!");
  parley.replace(text);
  CHECK(parley.admin("POST", "/reload", good).status == 200);
  CHECK(parley.admin("GET", "/state", good).status == 401);
  CHECK(parley.admin("GET", "/state", {{"Authorization", "Bearer another-token!"}}).status == 200);
}

}  // namespace parley::test
