// Loading as an operator does it: into a store in use, on a terminal, and through the admin listener.
#include <doctest/doctest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "tests/support/contains.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/reserved_port.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

/// A visitor of profile 0.70, found by its token.
std::string visitor(const std::string& id) {
  return "{\"_id\":\"" + id + "\",\"token\":\"token-of-" + id + "\",\"name\":\"Visitor " + id + "\"}\n";
}

/// A gateway with a store, and an admin listener with a known port.
struct Site {
  Scratch scratch;
  ReservedPort admin;
  std::string config;

  explicit Site(std::string_view token = {}, bool with_admin = true) : config(write(token, with_admin)) {}

  std::string write(std::string_view token, bool with_admin, const char* name = "gateway.yaml") const {
    std::string text = demo_config(scratch / "parley.db", false);
    std::string lines;
    if (with_admin) lines = "admin:\n  listen: \"127.0.0.1:" + std::to_string(admin.number()) + "\"\n";
    if (!token.empty()) lines.append("  token: \"").append(token).append("\"\n");
    text.insert(text.find("backends:"), lines);
    return scratch.write(name, text);
  }
  Finished load(const std::string& input, const std::string& file = {}) const {
    return run({.command = {program(), "load", "--config", file.empty() ? config : file, "--backend", "local", "--from",
                            "rocketchat:visitor"},
                .input = input});
  }
  Answer post(std::string_view target, std::string_view body, const Headers& headers = {}) const {
    return ask(admin.number(), "POST", target, headers, body);
  }
};

constexpr std::string_view load_visitors = "/load?backend=local&from=rocketchat%3Avisitor";

/// Also waits for the admin listener, which opens after those for clients.
void await_admin(Served& served) { served.process().wait_for_lines("admin on http://"); }

std::string name_of(const Served& served, const std::string& id) {
  return value_at(served.ask("GET", "/pimenta/api/v1/livechat/visitor/token-of-" + id).body, "/visitor/name");
}

bool lacks() { return !built_with({"rocketchat", "sqlite"}); }

}  // namespace

TEST_CASE("a store in use is loaded through the admin listener, and the next answer shows it" *
          doctest::skip(lacks())) {
  const Site site("a-secret");
  Served served(program(), site.config);
  await_admin(served);
  CHECK(site.load(visitor("v1")).code == 0);
  CHECK(name_of(served, "v1") == "Visitor v1");  // now it is in a worker's cache
  std::string many;
  for (int i = 0; i < 3000; ++i) many += visitor("v" + std::to_string(i));
  const std::size_t at = many.find("Visitor v1\"");
  many.replace(at, 10, "Visitor new");
  many.insert(0, "{\"_id\":\n\"laid\",\"token\":\"token-of-laid\",\n\"name\":\"Laid out\"}\n");
  const Finished loaded = site.load(many);
  CAPTURE(loaded.err);
  CHECK(loaded.code == 0);
  CHECK(contains(loaded.out, "loaded 3001 visitors, 0 agents, 0 chats into local\n"));
  CHECK(contains(loaded.err, "the store is being served: loading through the admin listener at 127.0.0.1:"));
  CHECK_FALSE(contains(loaded.err, "a-secret"));
  CHECK(name_of(served, "v1") == "Visitor new");
  CHECK(name_of(served, "v2999") == "Visitor v2999");
  CHECK(name_of(served, "laid") == "Laid out");
}

TEST_CASE("loading into a store in use says what is missing: a listener, the token, a gateway" *
          doctest::skip(lacks())) {
  {
    const Site site({}, false);
    const Served served(program(), site.config);
    const Finished refused = site.load(visitor("v1"));
    CHECK(refused.code == 1);
    CHECK(contains(refused.err, "is in use by another process"));
    CHECK(contains(refused.err, "admin: {listen: \"127.0.0.1:9090\"}"));
    const Finished nobody = site.load(visitor("v1"), site.write({}, true, "second.yaml"));
    CHECK(nobody.code == 1);
    CHECK(contains(nobody.err, "does not answer: Connection refused"));
  }
  const Site site("a-secret");
  Served served(program(), site.config);
  await_admin(served);
  const Finished refused = site.load(visitor("v1"), site.write("another", true, "second.yaml"));
  CHECK(refused.code == 1);
  CHECK(contains(refused.err, "answers 401: needs the admin token"));
  CHECK(refused.out.empty());
}

TEST_CASE("requests are answered while documents stream into the store" * doctest::skip(lacks())) {
  const Site site;
  Served served(program(), site.config);
  await_admin(served);
  REQUIRE(site.load(visitor("first")).code == 0);
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += visitor("v" + std::to_string(i));
  Process load({.command = {program(), "load", "--config", site.config, "--backend", "local", "--from",
                            "rocketchat:visitor", site.scratch.write("many.ndjson", many)}});
  Connection client(served.port());
  const auto is_there = [&client](const char* token) {
    const Answer answer = client.ask("GET", "/pimenta/api/v1/livechat/visitor/" + std::string(token));
    return value_at(answer.body, "/visitor/token") == token;
  };
  REQUIRE_FALSE(is_there("token-of-v19999"));
  while (!is_there("token-of-v19999")) REQUIRE(is_there("token-of-first"));
  CHECK(load.wait().code == 0);
}

TEST_CASE("POST /load: all documents of a request or none, in bounded bodies, and only who may" *
          doctest::skip(lacks())) {
  const Site site("a-secret");
  Served served(program(), site.config);
  await_admin(served);
  const Headers token = {{"Authorization", "Bearer a-secret"}};
  const Answer stored = site.post(load_visitors, visitor("v1") + visitor("v2"), token);
  CHECK(stored.status == 200);
  CHECK(stored.body ==
        "{\"visitors\":2,\"agents\":0,\"chats\":0,\"messages\":0,\"departments\":0,\"offline_messages\":0,"
        "\"contacts\":0,\"page_visits\":0,\"files\":0}\n");
  const Answer half = site.post(load_visitors, visitor("v3") + "{\"_id\" 4}\n", token);
  CHECK(half.status == 422);
  CHECK(half.body == "a colon is expected here, between the member's name and its value (line 2, column 8)\n");
  CHECK(name_of(served, "v2") == "Visitor v2");
  CHECK(name_of(served, "v3") == "(none)");

  const std::string large = visitor(std::string(100'000, 'x'));
  const std::string too_large(6 * 1024 * 1024 + 1, ' ');
  const struct {
    const char* name;
    std::string target;
    std::string body;
    Headers headers;
    int status;
  } cases[] = {
      {"a body beyond that of other pages", std::string(load_visitors), large, token, 200},
      {"a body beyond the limit", std::string(load_visitors), too_large, token, 413},
      {"a large body for another page", "/reload", large, token, 413},
      {"an unknown backend", "/load?backend=lokal&from=rocketchat:visitor", visitor("a"), token, 404},
      {"no backend", "/load?from=rocketchat:visitor", visitor("a"), token, 404},
      {"an unknown shape", "/load?backend=local&from=rocketchat:visiter", visitor("a"), token, 400},
      {"no document", std::string(load_visitors), "", token, 422},
      {"no token", std::string(load_visitors), visitor("a"), {}, 401},
      {"no token, a large body", std::string(load_visitors), large, {}, 401},
      {"another token", std::string(load_visitors), visitor("a"), {{"Authorization", "Bearer b-secret"}}, 401},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    CHECK(site.post(one.target, one.body, one.headers).status == one.status);
  }
  CHECK(ask(site.admin.number(), "GET", load_visitors, token).status == 405);

  // This page reads the body, so it answers Expect with 100 Continue; without the token it refuses at once.
  const auto waiting = [&](std::string_view authorization) {
    return "POST " + std::string(load_visitors) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(authorization) +
           "Expect: 100-continue\r\nContent-Length: " + std::to_string(visitor("v9").size()) + "\r\n\r\n";
  };
  Connection patient(site.admin.number());
  patient.send(waiting("Authorization: Bearer a-secret\r\n"));
  CHECK(patient.receive_interim() == 100);
  patient.send(visitor("v9"));
  CHECK(patient.receive().status == 200);
  Connection stranger(site.admin.number());
  stranger.send(waiting(""));
  CHECK(stranger.receive().status == 401);
}

TEST_CASE("a load that was killed resumes after the stored documents, and all are there" * doctest::skip(lacks())) {
  const Site site;
  constexpr int documents = 40'000;
  std::string many;
  for (int i = 0; i < documents; ++i) many += visitor("v" + std::to_string(i));
  const std::string file = site.scratch.write("many.ndjson", many);
  const std::string state = site.scratch / "load.state";
  const std::vector<std::string> command = {program(),   "load",  "--config", site.config,
                                            "--backend", "local", "--from",   "rocketchat:visitor",
                                            "--resume",  state,   file};
  {
    Process load({.command = command});
    CHECK(eventually([&state] { return std::filesystem::exists(state); }));
    load.signal(SIGKILL);
    load.wait();
  }
  const std::string kept = read_file(state);
  const int stored = std::atoi(kept.c_str() + kept.rfind(' ') + 1);
  CHECK(stored > 0);
  REQUIRE(stored < documents);
  const Finished again = run({.command = command});
  CAPTURE(again.err);
  CHECK(again.code == 0);
  CHECK(contains(again.out, "loaded " + std::to_string(documents - stored) + " visitors, "));
  CHECK(contains(again.out, "stored by an earlier run: " + std::to_string(stored) + " documents\n"));
  CHECK_FALSE(std::filesystem::exists(state));
  const Served served(program(), site.config);
  for (const int one : {0, stored - 1, stored, documents - 1}) {
    CAPTURE(one);
    CHECK(name_of(served, "v" + std::to_string(one)) == "Visitor v" + std::to_string(one));
  }
}

TEST_CASE("load shows progress and speed on a terminal" * doctest::skip(lacks())) {
  const Site site;
  std::string many;
  for (int i = 0; i < 60'000; ++i) many += visitor("v" + std::to_string(i));
  const std::string file = site.scratch.write("many.ndjson", many);
  // `script` gives the command a terminal of its own.
  const Finished ran = run(
      {.command = {"script", "-qec",
                   program() + " load --config " + site.config + " --backend local --from rocketchat:visitor " + file,
                   "/dev/null"}});
  CHECK(ran.code == 0);
  CHECK(contains(ran.out, " documents, "));
  CHECK(contains(ran.out, "/s\x1b[K"));
  CHECK(contains(ran.out, "loaded 60000 visitors, "));
}

}  // namespace parley::test
