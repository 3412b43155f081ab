// A gateway's store, dumped while it serves and loaded into another: the other gateway answers the vendors' calls in the same way.
#include <doctest/doctest.h>

#include <filesystem>
#include <functional>

#include "schemas/id.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/reserved_port.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool whole_demo = built_with({"enghouse", "comm100", "rocketchat", "sqlite"});
const Headers json{{"Content-Type", "application/json"}};

Headers with_json(Headers headers) {
  headers.emplace_back("Content-Type", "application/json");
  return headers;
}

/// A gateway with a store of its own, and an admin listener.
struct Site {
  explicit Site(bool demo) : config(write(demo)) {}

  [[nodiscard]] std::string write(bool demo) const {
    std::string text = demo_config(scratch / "parley.db", demo);
    text.insert(text.find("backends:"), "admin: {listen: \"127.0.0.1:" + std::to_string(admin.number()) + "\"}\n");
    return scratch.write("gateway.yaml", text);
  }
  [[nodiscard]] Finished command(std::vector<std::string> words) const {
    words.insert(words.begin(), program());
    words.insert(words.begin() + 2, {"--config", config, "--backend", "local"});
    return run({.command = std::move(words)});
  }
  /// The lines of the store, whether or not it is served.
  [[nodiscard]] std::string dump() const {
    const Finished dumped = command({"dump"});
    REQUIRE_MESSAGE(dumped.code == 0, dumped.err);
    return dumped.out;
  }

  Scratch scratch;
  ReservedPort admin;
  std::string config;
};

/// What was written, by the names that the vendors' calls use.
struct Written {
  std::string open, ended;  // rooms
};

std::string room_of(const Served& served, const std::string& token) {
  const Answer registered = served.ask("POST", "/api/v1/livechat/visitor", json,
                                       R"({"visitor":{"token":")" + token + R"(","name":"Zoë \n","email":")" + token +
                                           R"(@example.com","phone":"+1 )" + token + R"(",)" +
                                           R"("customFields":[{"key":"plan","value":"gold","overwrite":true}]}})");
  REQUIRE_MESSAGE(registered.status == 200, registered.body);
  return value_at(served.ask("GET", "/api/v1/livechat/room?token=" + token).body, "/room/_id");
}

void good(const Answer& answer) { REQUIRE_MESSAGE(answer.status == 200, answer.body); }

void write_to(const Served& served, const std::string& token, const std::string& room) {
  for (const char* text : {"Hello", "a\\u2028b \\\"c\\\"", "again"}) {
    good(served.ask("POST", "/api/v1/livechat/message", json,
                    R"({"token":")" + token + R"(","rid":")" + room + R"(","msg":")" + text + "\"}"));
  }
  good(served.ask("POST", "/api/v1/chat.sendMessage", with_json(rocketchat_headers()),
                  R"({"message":{"rid":")" + room + R"(","msg":"by Rocket.Chat"}})"));
  good(served.ask("POST", "/livechat/sendTextMessageToActiveChat/CHAT_" + ids::format(ids::to_guid(room)),
                  with_json({{"ctlivetoken", "demo-enghouse-token"}}),
                  R"({"text":"by Enghouse","nickname":"Gabriele"})"));
  const std::string id = "of-" + token;
  good(served.ask("POST", "/api/v1/livechat/message", json,
                  R"({"token":")" + token + R"(","rid":")" + room + R"(","_id":")" + id + R"(","msg":"before"})"));
  good(served.ask("PUT", "/api/v1/livechat/message/" + id, json,
                  R"({"token":")" + token + R"(","rid":")" + room + R"(","msg":"after"})"));
  good(served.ask("POST", "/api/v1/livechat/page.visited", json,
                  R"({"token":")" + token + R"(","rid":")" + room +
                      R"(","pageInfo":{"change":"url","title":"T","location":{"href":"https://x.example/"}}})"));
}

Written write(const Served& served) {
  Written written{room_of(served, "open"), room_of(served, "ended")};
  write_to(served, "open", written.open);
  write_to(served, "ended", written.ended);
  good(served.ask("POST", "/api/v1/livechat/room.close", json, R"({"token":"ended","rid":")" + written.ended + "\"}"));
  good(served.ask("POST", "/api/v1/livechat/offline.message", json,
                  R"({"name":"Ann","email":"ann@example.com","message":"Call me"})"));
  const Answer department = served.ask("POST", "/v4/global/departments", with_json(comm100_headers()),
                                       R"({"name":"Sales abroad","description":"d","agentIds":[]})");
  REQUIRE_MESSAGE(department.status / 100 == 2, department.body);
  return written;
}

/// What clients of each vendor read.
std::vector<std::pair<std::string, Answer>> read(const Served& served, const Written& written) {
  std::vector<std::pair<std::string, Answer>> all;
  const auto get = [&](const std::string& target, const Headers& headers = {}) {
    all.emplace_back(target, served.ask("GET", target, headers));
  };
  for (const auto& [token, room] : {std::pair("open", written.open), std::pair("ended", written.ended)}) {
    const std::string guid = ids::format(ids::to_guid(room));
    get("/api/v1/livechat/visitor/" + std::string(token));
    get("/api/v1/livechat/messages.history/" + room + "?token=" + token + "&limit=100");
    get("/api/v1/livechat/" + room + "/messages", rocketchat_headers());
    get("/api/v1/rooms.info?roomId=" + room, rocketchat_headers());
    get("/pimenta/api/v1/livechat/visitor/" + std::string(token));
    get("/v4/livechat/chats/" + guid + "?include=messages", comm100_headers());
    get("/livechat/getContactByChatID/CHAT_" + guid);
    get("/livechat/getChatHistory/CHAT_" + guid);
    get("/livechat/default/getContactTranscriptByChatID/CHAT_" + guid);
  }
  for (const char* target : {"/api/v1/livechat/rooms", "/api/v1/livechat/users/agent", "/api/v1/livechat/department"})
    get(target, rocketchat_headers());
  for (const char* target : {"/v4/livechat/visitors", "/v4/livechat/agents", "/v4/global/agents",
                             "/v4/global/departments", "/v4/livechat/offlineMessages:search"})
    get(target, comm100_headers());
  all.emplace_back("chats:Search", served.ask("POST", "/v4/livechat/chats:Search?pageSize=500",
                                              with_json(comm100_headers()), R"({"timeZone":"UTC"})"));
  return all;
}

/// Addresses in answers name the port.
std::string without_port(std::string body, const Served& served) {
  const std::string port = ":" + std::to_string(served.port());
  for (std::size_t at = body.find(port); at != std::string::npos; at = body.find(port)) body.erase(at, port.size());
  return body;
}

void check_same(const Served& one, const Served& other, const Written& written) {
  const auto expected = read(one, written);
  const auto answers = read(other, written);
  std::size_t good = 0;
  for (std::size_t at = 0; at < expected.size(); ++at) {
    const auto& target = expected[at].first;
    CAPTURE(target);
    CHECK(answers[at].second.status == expected[at].second.status);
    CHECK(without_port(answers[at].second.body, other) == without_port(expected[at].second.body, one));
    if (expected[at].second.status == 200) ++good;
  }
  CHECK(good >= 20);
}

}  // namespace

TEST_CASE("a store that is dumped while it is served, and loaded into another, answers all vendors' calls alike" *
          doctest::skip(!whole_demo)) {
  const Site site(true);
  Served served(program(), site.config);
  const Written written = write(served);
  const std::string file = site.scratch / "all.ndjson";
  const Finished dumped = site.command({"dump", "--to", file});
  REQUIRE_MESSAGE(dumped.code == 0, dumped.err);
  CHECK(contains(dumped.err, " page visits, "));

  SUBCASE("into a store that nobody serves") {
    const Site other(false);
    const Finished loaded = other.command({"load", "--from", "canonical:dump", file});
    REQUIRE_MESSAGE(loaded.code == 0, loaded.err);
    CHECK((other.dump() == read_file(file)));
    Served copy(program(), other.config);
    check_same(served, copy, written);
    // Numbers go on where they were.
    for (const Served* each : {&served, &copy}) room_of(*each, "next");
    for (const char* path : {"/visitor/username", "/visitor/token"}) {
      const char* next = "/api/v1/livechat/visitor/next";
      CHECK(value_at(copy.ask("GET", next).body, path) == value_at(served.ask("GET", next).body, path));
    }
  }
  SUBCASE("through the admin listener of the gateway that serves it, twice") {
    const Site other(false);
    Served copy(program(), other.config);
    copy.process().wait_for_lines("admin on http://");
    for (int times = 0; times < 2; ++times) {
      const Finished loaded = other.command({"load", "--from", "canonical:dump", file});
      REQUIRE_MESSAGE(loaded.code == 0, loaded.err);
      CHECK(contains(loaded.err, "loading through the admin listener"));
      CHECK((other.dump() == read_file(file)));
    }
    check_same(served, copy, written);
  }
  SUBCASE("by one POST /load") {
    const Site other(false);
    Served copy(program(), other.config);
    copy.process().wait_for_lines("admin on http://");
    const Answer posted =
        ask(other.admin.number(), "POST", "/load?backend=local&from=canonical:dump", {}, read_file(file));
    CHECK_MESSAGE(posted.status == 200, posted.body);
    CHECK(value_at(posted.body, "/messages") != "0");
    CHECK(value_at(posted.body, "/page_visits") == "2");
    CHECK((other.dump() == read_file(file)));
    const Answer refused = ask(other.admin.number(), "POST", "/load?backend=local&from=canonical:dump", {},
                               "{\"kind\":\"agent\",\"record\":{\"id\":\"a\"}}\n{\"kind\":\"agent\"}\n");
    CHECK(refused.status == 422);
    CHECK(contains(refused.body, "(line 2, column 1)"));
    CHECK((other.dump() == read_file(file)));
  }
}

namespace {

/// A store of visitors with 14 KB each.
void fill(const Site& site, int visitors) {
  std::string lines;
  for (int at = 0; at < visitors; ++at) {
    const std::string id = std::to_string(at);
    lines += R"({"kind":"visitor","record":{"id":"v)" + id + R"(","token":"t)" + id + R"(","name":")" +
             std::string(14'000, 'n') + "\"}}\n";
  }
  const Finished loaded = site.command({"load", "--from", "canonical:dump", site.scratch.write("in.ndjson", lines)});
  REQUIRE_MESSAGE(loaded.code == 0, loaded.err);
}

/// The most memory of a dump whose reader stops short of the end, in KB.
long memory_of_dump(const Site& site, std::size_t size) {
  const std::string pipe = site.scratch / "pipe";
  const std::string script = "mkfifo " + pipe + "; " + program() + " dump --config " + site.config +
                             " --backend local >" + pipe + " 2>/dev/null & exec 3<" + pipe + "; head -c " +
                             std::to_string(size) +
                             " <&3 >/dev/null; grep VmHWM /proc/$!/status; cat <&3 >/dev/null; wait $!";
  const Finished ran = run({.command = {"/bin/sh", "-c", script}});
  CAPTURE(ran.err);
  CHECK(ran.code == 0);
  REQUIRE(ran.out.starts_with("VmHWM:"));
  return std::stol(ran.out.substr(6));
}

}  // namespace

TEST_CASE("a dump of a large store takes the memory of one of a small store" * doctest::skip(!whole_demo)) {
  const Site small(false);
  fill(small, 100);
  const Site large(false);
  fill(large, 4'000);
  const long little = memory_of_dump(small, 700'000);
  const long much = memory_of_dump(large, 54'000'000);
  CAPTURE(little);
  CHECK(much < little + 8'000);
}

TEST_CASE("a dump ends with its reader" * doctest::skip(!whole_demo)) {
  const Site site(false);
  fill(site, 200);
  const Finished ran = run({.command = {"/bin/sh", "-c",
                                        program() + " dump --config " + site.config +
                                            " --backend local 2>/dev/null | head -c 1000 | wc -c"}});
  CHECK(contains(ran.out, "1000"));
}

}  // namespace parley::test
