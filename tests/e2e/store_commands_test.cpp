// What operators do with a store while a gateway serves it: erase, export, back up; and the store's own housekeeping.
#include <doctest/doctest.h>

#include <chrono>

#include "tests/support/contains.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/metrics.hpp"
#include "tests/support/reserved_port.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

/// A gateway with a store and an admin listener that needs a token.
struct Site {
  Scratch scratch;
  ReservedPort admin;
  std::string config;

  explicit Site(std::string_view store_settings = {}, std::string_view token = "a-longer-secret")
      : config(write(store_settings, token, "gateway.yaml")) {}

  [[nodiscard]] std::string write(std::string_view store_settings, std::string_view token, const char* name) const {
    std::string text = demo_config(scratch / "parley.db", false);
    if (!store_settings.empty()) text.insert(text.find("    demo:"), "    " + std::string(store_settings) + "\n");
    text.insert(text.find("backends:"), "admin:\n  listen: \"127.0.0.1:" + std::to_string(admin.number()) +
                                            "\"\n  token: \"" + std::string(token) + "\"\n");
    return scratch.write(name, text);
  }
  [[nodiscard]] Finished command(std::vector<std::string> words, const std::string& file = {}) const {
    words.insert(words.begin(), program());
    words.insert(words.begin() + 2, {"--config", file.empty() ? config : file, "--backend", "local"});
    return run({.command = std::move(words)});
  }
  [[nodiscard]] Answer post(std::string_view target, std::string_view body, bool with_token = true) const {
    Headers headers;
    if (with_token) headers.emplace_back("Authorization", "Bearer a-longer-secret");
    return ask(admin.number(), "POST", target, headers, body);
  }
};

/// Also waits for the admin listener, which opens after those for clients.
void await_admin(Served& served) { served.process().wait_for_lines("admin on http://"); }

Answer register_visitor(const Served& served, const std::string& token) {
  return served.ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
                    "{\"visitor\":{\"token\":\"" + token + "\",\"name\":\"Ann\"}}");
}

bool lacks() { return !built_with({"comm100", "rocketchat", "sqlite"}); }

}  // namespace

TEST_CASE("a visitor of a store in use is exported, and erased through the admin listener" * doctest::skip(lacks())) {
  const Site site;
  Served served(program(), site.config);
  await_admin(served);
  REQUIRE(register_visitor(served, "ann").status == 200);
  const std::string id = value_at(served.ask("GET", "/api/v1/livechat/visitor/ann").body, "/visitor/_id");

  const Finished exported = site.command({"export", "--token", "ann"});
  CAPTURE(exported.err);
  CHECK(exported.code == 0);
  CHECK(value_at(exported.out, "/visitor/id") == id);
  CHECK(value_at(exported.out, "/visitor/name") == "Ann");

  const Finished stranger = site.command({"erase", "--token", "ann"}, site.write({}, "another-secret", "second.yaml"));
  CHECK(stranger.code == 1);
  CHECK(contains(stranger.err, "answers 401: needs the admin token"));
  const Finished erased = site.command({"erase", "--visitor", id, "--json"});
  CAPTURE(erased.err);
  CHECK(erased.code == 0);
  CHECK(value_at(erased.out, "/visitor") == id);
  CHECK(served.ask("GET", "/api/v1/livechat/visitor/ann").status == 400);
  const Finished again = site.command({"erase", "--visitor", id});
  CHECK(again.code == 1);
  CHECK(again.err == "parley: no such visitor\n");
  CHECK(again.out.empty());
}

TEST_CASE("POST /erase refuses what is wrong, and who may not" * doctest::skip(lacks())) {
  const Site site;
  Served served(program(), site.config);
  await_admin(served);
  CHECK(site.post("/erase?backend=local", "{\"token\":\"ann\"}", false).status == 401);
  CHECK(site.post("/erase?backend=nowhere", "{\"token\":\"ann\"}").status == 404);
  CHECK(site.post("/erase?backend=local", "{\"token\":\"ann\"}").status == 404);
  for (const char* body : {"", "{}", "[]", "{\"token\":\"\"}", "{\"token\":5}", "{\"name\":\"ann\"}",
                           "{\"token\":\"ann\",\"visitor\":\"ann\"}", "{\"token\":\"ann\""}) {
    CAPTURE(body);
    const Answer answer = site.post("/erase?backend=local", body);
    CHECK(answer.status == 400);
    CHECK(answer.body == "the body must be {\"visitor\":\"ID\"} or {\"token\":\"TOKEN\"}\n");
  }
  REQUIRE(register_visitor(served, "ann").status == 200);
  REQUIRE(served.ask("GET", "/api/v1/livechat/room?token=ann").status == 200);
  const Answer open = site.post("/erase?backend=local", "{\"token\":\"ann\"}");
  CHECK(open.status == 409);
  CHECK(contains(open.body, "open chat"));
  CHECK(served.ask("GET", "/api/v1/livechat/visitor/ann").status == 200);
}

TEST_CASE("a backup of a store in use holds what was acknowledged before" * doctest::skip(lacks())) {
  const Site site;
  const std::string copy = site.scratch / "copy.db";
  {
    Served served(program(), site.config);
    REQUIRE(register_visitor(served, "before").status == 200);
    const Finished made = site.command({"backup", copy});
    CAPTURE(made.err);
    CHECK(made.code == 0);
    REQUIRE(register_visitor(served, "after").status == 200);
  }
  const std::string config = site.scratch.write("copy.yaml", demo_config(copy, false));
  Served served(program(), config);
  CHECK(served.ask("GET", "/api/v1/livechat/visitor/before").status == 200);
  CHECK(served.ask("GET", "/api/v1/livechat/visitor/after").status == 400);
}

TEST_CASE("a silent visitor leaves the site, and a page visit brings the visitor back as a new visit" *
          doctest::skip(lacks())) {
  const Site site("out_of_site: 1s");
  Served served(program(), site.config);
  await_admin(served);
  REQUIRE(register_visitor(served, "ann").status == 200);
  const auto known = [&site](std::string_view member) {
    return value_at(site.command({"export", "--token", "ann"}).out, member);
  };
  CHECK(eventually([&] { return known("/visitor/status") == "outOfSite"; }));
  CHECK(known("/visitor/visits") == "1");
  const Answer visited = served.ask(
      "POST", "/api/v1/livechat/page.visited", {{"Content-Type", "application/json"}},
      "{\"token\":\"ann\",\"rid\":\"\",\"pageInfo\":{\"change\":\"url\",\"title\":\"T\",\"location\":{\"href\":"
      "\"https://x.example/\"}}}");
  CHECK(visited.status == 200);
  CHECK(known("/visitor/visits") == "2");
  const Metrics metrics(
      ask(site.admin.number(), "GET", "/metrics", {{"Authorization", "Bearer a-longer-secret"}}).body);
  CHECK(metrics.value("parley_store_swept_total", R"(backend="local",kind="visitors")") != "0");
}

}  // namespace parley::test
