// The real program with slow, many or greedy clients: their connections end, and good clients are served meanwhile.
#include <doctest/doctest.h>

#include <sys/resource.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "tests/support/served.hpp"

namespace parley::test {
namespace {

constexpr std::string_view visitor = "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd";

/// The demo with limits, started by `binary`.
struct Limited {
  explicit Limited(std::string_view limits) : Limited(limits, program()) {}
  Limited(std::string_view limits, std::string binary)
      : served(std::move(binary), scratch.write("gateway.yaml", config(scratch, limits))) {}

  static std::string config(const Scratch& scratch, std::string_view limits) {
    std::string text = demo_config(scratch / "parley.db");
    return text.insert(text.find("backends:"), "  limits: {" + std::string(limits) + "}\n");
  }
  void check_served() { CHECK(served.ask("GET", visitor).status == 200); }

  Scratch scratch;
  Served served;
};

std::string post(std::size_t length) {
  return "POST /api/v1/livechat/visitor HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(length) + "\r\n\r\n";
}

using Connections = std::vector<std::unique_ptr<Connection>>;

Connections connect(std::uint16_t port, std::size_t count) {
  Connections connections;
  for (std::size_t i = 0; i < count; ++i) connections.push_back(std::make_unique<Connection>(port));
  return connections;
}

}  // namespace

TEST_CASE("slow heads are told, and good clients are served meanwhile" * doctest::skip(!built_with({"rocketchat"}))) {
  Limited limited("headers: 3s");
  Connections slow = connect(limited.served.port(), 100);
  for (const auto& one : slow) one->send("GET /api/v1/livechat/visitor/x HTTP/1.1\r\nHos");
  Connection good(limited.served.port());
  for (const auto& one : slow) {
    CHECK(good.ask("GET", visitor).status == 200);
    CHECK(one->receive().status == 408);
    CHECK(one->closes());
  }
  limited.check_served();
}

TEST_CASE("bodies that drip and readers that do not read end by the rate they owe" *
          doctest::skip(!built_with({"rocketchat", "enghouse"}))) {
  Limited limited("request: 60s, write: 60s, rate: 100KiB, idle: 60s");
  Connection body(limited.served.port());
  body.send(post(100'000) + "{");
  Connection reader(limited.served.port());
  std::string all;
  for (int i = 0; i < 4000; ++i) {
    all += request_text("GET", "/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837");
  }
  try {
    reader.send(all);                    // about 12 MB of answers
  } catch (const std::runtime_error&) {  // the gateway may stop reading before the last request
  }
  Connection good(limited.served.port());
  CHECK(good.ask("GET", visitor).status == 200);
  CHECK(body.breaks());
  CHECK(body.receive().status == 408);
  CHECK(reader.breaks());
  CHECK(good.ask("GET", visitor).status == 200);
}

TEST_CASE("a thousand idle connections, and one that works" * doctest::skip(!built_with({"rocketchat"}))) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  const rlimit more{files.rlim_max, files.rlim_max};  // also for the child process
  ::setrlimit(RLIMIT_NOFILE, &more);
  {
    Limited limited("idle: 5s");
    Connections idle = connect(limited.served.port(), 1000);
    Connection busy(limited.served.port());
    for (int i = 0; i < 100; ++i) CHECK(busy.ask("GET", visitor).status == 200);
    for (const auto& one : idle) CHECK(one->closes());
    limited.check_served();
  }
  ::setrlimit(RLIMIT_NOFILE, &files);
}

TEST_CASE("with 64 descriptors, new clients are served at the expense of idle ones" *
          doctest::skip(!built_with({"rocketchat"}))) {
  const Scratch scratch;
  const std::string poor = scratch.write("poor", "#!/bin/sh\nulimit -n 64\nexec '" + program() + "' \"$@\"\n");
  std::filesystem::permissions(poor, std::filesystem::perms::owner_all);
  Limited limited("idle: 60s", poor);
  Connections idle = connect(limited.served.port(), 80);
  std::optional<Connection> kept;
  bool served = false;
  for (int i = 0; i < 6 && !served; ++i) {  // many connections are queued before it, and the clock counts seconds
    try {
      served = kept.emplace(limited.served.port()).ask("GET", visitor).status == 200;
    } catch (const std::runtime_error&) {
    }
  }
  REQUIRE(served);
  for (int i = 0; i < 20; ++i) CHECK(kept->ask("GET", visitor).status == 200);
  idle.clear();
  limited.check_served();
  limited.served.process().signal(SIGTERM);
  CHECK(limited.served.process().wait().code == 0);
}

TEST_CASE("bodies beyond the memory are refused, and everything else is served" *
          doctest::skip(!built_with({"rocketchat"}))) {
  Limited limited("memory: 1MiB, body: 1MiB, rate: 0B");
  Connections greedy = connect(limited.served.port(), 8);
  for (const auto& one : greedy) one->send(post(900'000) + "{" + std::string(400'000, ' '));
  Connection good(limited.served.port());
  // Only one of them fits: the others are refused in the vendor's style.
  while (greedy.size() > 1) {
    CHECK(good.ask("GET", visitor).status == 200);
    const auto told = std::find_if(greedy.begin(), greedy.end(),
                                   [](const auto& one) { return one->breaks(std::chrono::milliseconds(0)); });
    if (told == greedy.end()) continue;
    const Answer answer = (*told)->receive();
    CHECK(answer.status == 503);
    CHECK(answer.header("Retry-After") == "1");
    CHECK(answer.body.find("success") != std::string::npos);
    greedy.erase(told);
  }
  const std::string small = R"({"visitor": {"token": "small"}})";
  CHECK(good.ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}}, small).status == 200);
  greedy.clear();
  limited.check_served();
}

TEST_CASE("more connections than allowed are turned away with a word" * doctest::skip(!built_with({"rocketchat"}))) {
  Limited limited("connections: 16, per_client: 8");
  Connections there = connect(limited.served.port(), 8);
  for (const auto& one : there) CHECK(one->ask("GET", visitor).status == 200);
  const Answer refused = limited.served.ask("GET", visitor);
  CHECK(refused.status == 503);
  CHECK(refused.header("Retry-After") == "1");
  for (const auto& one : there) CHECK(one->ask("GET", visitor).status == 200);
}

}  // namespace parley::test
