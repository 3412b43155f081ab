// Stopping the real program: nothing in flight is lost, and another process can take over.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <system_error>
#include <thread>
#include <utility>

#include "tests/support/eventually.hpp"
#include "tests/support/operated.hpp"

namespace parley::test {
namespace {

constexpr std::string_view visitor = "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd";
constexpr std::string_view register_at = "/api/v1/livechat/visitor";

/// A registration that lacks its last byte.
std::string unfinished(std::string_view token) {
  std::string text = request_text("POST", register_at, {{"Content-Type", "application/json"}},
                                  R"({"visitor": {"token": ")" + std::string(token) + "\"}}");
  text.pop_back();
  return text;
}

/// Waits until the gateway has read what was sent before on other connections.
void settle(const Operated& parley) {
  for (int i = 0; i < 20; ++i) CHECK(parley.ask("GET", visitor).status == 200);
}

/// Waits until nobody listens any more. While one listener closes, it may reset a connection, or accept it, and another may
/// still listen: only ECONNREFUSED shows that there is none.
bool refuses(std::uint16_t port) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (std::chrono::steady_clock::now() < limit) {
    try {
      const Connection connection(port);
    } catch (const std::system_error& error) {
      if (error.code() == std::errc::connection_refused) return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("SIGTERM under load: every request that was sent is answered" * doctest::skip(!built_with({"rocketchat"}))) {
  for (int round = 0; round < 5; ++round) {
    Operated parley;
    std::atomic<int> failed = 0;
    std::atomic<int> answered = 0;
    std::atomic<int> warm = 0;
    std::vector<std::thread> clients;
    for (int client = 0; client < 8; ++client) {
      clients.emplace_back([&, client] {
        const std::string body = R"({"visitor": {"token": "drain)" + std::to_string(client) + "\"}}";
        auto sent = std::chrono::steady_clock::now();
        auto between = sent - sent;  // time between this request and the one before
        try {
          Connection connection(parley.port());
          for (int i = 0;; ++i) {
            connection.send(i % 2 == 0 ? request_text("POST", register_at, {{"Content-Type", "application/json"}}, body)
                                       : request_text("GET", visitor));
            const auto now = std::chrono::steady_clock::now();
            between = now - std::exchange(sent, now);
            const Answer answer = connection.receive();
            ++(answer.status == 200 ? answered : failed);
            if (i == 20) ++warm;
            if (answer.header("Connection") == "close") break;
          }
        } catch (const std::exception&) {
          // A client that a slow machine delayed for a second after the stop is idle, and idle connections are closed.
          if (between < std::chrono::milliseconds(900)) ++failed;
          ++warm;
        }
      });
    }
    while (warm < 8) std::this_thread::yield();
    parley.process().signal(SIGTERM);
    for (std::thread& client : clients) client.join();
    CHECK(failed == 0);
    CHECK(answered >= 160);
    CHECK(parley.process().wait().code == 0);
  }
}

TEST_CASE("a drain: not ready, closed to new clients, the request in flight is answered, another process takes over" *
          doctest::skip(!built_with({"rocketchat"}))) {
  Operated parley({}, "  grace: 1m\n  limits: {request: 1m, rate: 0B}\n");  // a request whose body may take long
  CHECK(parley.admin("GET", "/readyz").body == "ready\n");
  Connection busy(parley.port());
  busy.send(unfinished("drained"));
  Connection idle(parley.port());
  CHECK(idle.ask("GET", visitor).status == 200);
  settle(parley);
  parley.process().signal(SIGTERM);
  REQUIRE(refuses(parley.port()));
  const Answer ready = parley.admin("GET", "/readyz");
  CHECK(ready.status == 503);
  CHECK(ready.body == "draining\n");
  CHECK(parley.admin("GET", "/healthz").status == 200);
  CHECK(parley.admin("POST", "/reload").status == 422);

  const Scratch scratch;
  std::string next = demo_config(scratch / "parley.db");
  next.replace(next.find("127.0.0.1:0"), 11, "127.0.0.1:" + std::to_string(parley.port()));
  const Served successor(program(), scratch.write("gateway.yaml", next));
  CHECK(successor.port() == parley.port());
  CHECK(successor.ask("GET", visitor).status == 200);

  CHECK(idle.closes());
  busy.send("}");
  const Answer answer = busy.receive();
  CHECK(answer.status == 200);
  CHECK(value_at(answer.body, "/visitor/token") == "drained");
  CHECK(answer.header("Connection") == "close");
  CHECK(busy.closes());
  CHECK(parley.process().wait().code == 0);
}

TEST_CASE("a drain ends after the grace, whatever is in flight" * doctest::skip(!built_with({"rocketchat"}))) {
  Operated parley({}, "  grace: 100ms\n");
  Connection busy(parley.port());
  busy.send(unfinished("lost"));
  settle(parley);
  parley.process().signal(SIGINT);
  CHECK(parley.process().wait(std::chrono::seconds(8)).code == 0);
  CHECK(busy.closes());
}

TEST_CASE("a second signal ends the process at once" * doctest::skip(!built_with({"rocketchat"}))) {
  Operated parley({}, "  grace: 1m\n");
  Connection busy(parley.port());
  busy.send(unfinished("lost"));
  settle(parley);
  parley.process().signal(SIGTERM);
  REQUIRE(refuses(parley.port()));
  parley.process().signal(SIGTERM);
  CHECK(parley.process().wait(std::chrono::seconds(8)).code == 1);
}

TEST_CASE("a reload that does not end keeps the process for some seconds beyond the grace, not for ever" *
          doctest::skip(!built_with({"rocketchat"}))) {
  std::array<int, 2> pipe{};
  REQUIRE(::pipe2(pipe.data(), O_CLOEXEC) == 0);
  Operated parley({}, "  grace: 100ms\n");
  // A file that another process writes and never finishes.
  const std::string file = "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(pipe[0]);
  REQUIRE(::unlink(parley.file().c_str()) == 0);
  REQUIRE(::symlink(file.c_str(), parley.file().c_str()) == 0);
  REQUIRE(::write(pipe[1], "\n", 1) == 1);
  parley.process().signal(SIGHUP);
  REQUIRE(eventually([&pipe] {
    int unread = 0;
    return ::ioctl(pipe[0], FIONREAD, &unread) == 0 && unread == 0;
  }));
  parley.process().signal(SIGTERM);
  const Finished finished = parley.process().wait();
  for (const int end : pipe) ::close(end);
  CHECK(finished.code == 1);
  CHECK(finished.err.find("parley: ended: a worker, or a reload, has not come to its end in time\n") !=
        std::string::npos);
}

}  // namespace parley::test
