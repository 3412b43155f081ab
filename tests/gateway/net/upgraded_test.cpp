// Connections that change their protocol, over real sockets: permission, data, waiting, limits, stopping.
#include "gateway/net/upgraded.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/metrics.hpp"

namespace parley::test {
namespace {

const std::string asked =
    "GET /fake/echo HTTP/1.1\r\nHost: h\r\nAuthorization: let me in\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n";

void wait_until_none_is_left() {
  while (fake_sources.alive != 0) std::this_thread::yield();
}

void check_switched(Connection& connection) {
  const Answer answer = connection.receive_switch();
  CHECK(answer.status == 101);
  CHECK(answer.reason == "Switching Protocols");
  CHECK(answer.header("Upgrade") == "echo");
  CHECK(answer.header("Connection") == "Upgrade");
  CHECK(answer.count("Content-Length") == 0);
}

void wait_for_ticks(std::uint16_t port, int count) {
  std::string before;
  for (int ticks = -1; ticks < count;) {
    const std::string now = ask(port, "GET", "/fake/visitors/7").header("Date");
    ticks += now != before ? 1 : 0;
    before = now;
  }
}

}  // namespace

TEST_CASE("upgrade: the connection speaks the other protocol from the first byte after the request") {
  const FakeGateway gateway;
  Connection connection(gateway.port());
  connection.send(request_text("GET", "/fake/visitors/7") + asked + "at once");
  CHECK(connection.receive().body == "name of 7");
  check_switched(connection);
  CHECK(connection.receive_bytes(7) == "at once");
  for (const std::string& said :
       {std::string("hello"), std::string(100'000, 'x'), std::string("GET / HTTP/1.1\r\n\r\n")}) {
    connection.send(said);
    CHECK(connection.receive_bytes(said.size()) == said);
  }
  connection.send("later");
  CHECK(connection.receive_bytes(8) == "laternow");  // it sends the second word by itself
  connection.send("quit");
  CHECK(connection.receive_bytes(4) == "quit");
  CHECK(connection.closes());
  wait_until_none_is_left();
  const Metrics metrics(String(gateway->observer().expose({})));
  CHECK(metrics.value("parley_requests_total", R"(route="first",style="fake",operation="Echo",status="101")") == "1");
}

TEST_CASE("upgrade: a refused upgrade is an ordinary request") {
  const FakeGateway gateway;
  Connection connection(gateway.port());
  CHECK(connection.ask("GET", "/fake/echo", {{"Upgrade", "echo"}}).status == 401);
  CHECK(connection.ask("GET", "/fake/echo", {{"Authorization", "let me in"}}).body == "fake error to what");
  Connection old(gateway.port());
  old.send("GET /fake/echo HTTP/1.0\r\nAuthorization: let me in\r\nUpgrade: echo\r\n\r\n");
  CHECK(old.receive().body == "fake error the protocol can be changed in HTTP/1.1 only");
  CHECK(fake_sources.alive == 0);
}

TEST_CASE("upgrade: it may wait without a time limit, and ends with the client") {
  config::Settings settings = fake_settings();
  settings.server.limits.idle = settings.server.limits.request = settings.server.limits.headers =
      std::chrono::milliseconds(1);
  const FakeGateway gateway(settings);
  Connection connection(gateway.port());
  connection.send(asked);
  check_switched(connection);
  wait_for_ticks(gateway.port(), 4);
  connection.send("hello");
  CHECK(connection.receive_bytes(5) == "hello");
  connection.finish_sending();
  CHECK(connection.receive_bytes(7) == "you too");
  CHECK(connection.closes());
  wait_until_none_is_left();
}

TEST_CASE("upgrade: a client that does not read is closed") {
  config::Settings settings = fake_settings();
  settings.server.limits.write = std::chrono::milliseconds(1);
  const FakeGateway gateway(settings);
  Connection connection(gateway.port());
  connection.send(asked);
  check_switched(connection);
  connection.send("much");
  wait_until_none_is_left();
}

TEST_CASE("upgrade: a stop lets it send a last message") {
  const FakeGateway gateway;
  Connection connection(gateway.port());
  connection.send(asked);
  check_switched(connection);
  std::thread stopper([&] { gateway->stop(); });
  CHECK(connection.receive_bytes(7) == "goodbye");
  CHECK(connection.closes());
  stopper.join();
  wait_until_none_is_left();
}

}  // namespace parley::test
