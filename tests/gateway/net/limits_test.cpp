// Limits of time, number and bytes: a client beyond them gets an error, and others are served meanwhile.
#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <thread>

#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/http_client.hpp"

namespace parley::test {
namespace {

constexpr const char* visitor = "/fake/visitors/7";
const std::string hang = request_text("GET", "/fake/visitors/hang");

void check_alive(Connection& connection) { CHECK(connection.ask("GET", visitor).body == "name of 7"); }

void wait_for_hanging(int count) {
  while (fake_state.waiting != count) std::this_thread::yield();
}

config::Settings limited(const std::function<void(config::Limits&)>& change) {
  config::Settings settings = fake_settings();
  change(settings.server.limits);
  return settings;
}

std::string post(std::size_t length) {
  return "POST /fake/page HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

}  // namespace

TEST_CASE("a head has its own deadline, before that of the whole request") {
  const FakeGateway gateway(limited([](config::Limits& limits) { limits.headers = std::chrono::milliseconds(1); }));
  Connection head(gateway.port());
  head.send("GET /fake/visitors/7 HTTP/1.1\r\nHos");
  Connection body(gateway.port());
  body.send(post(5) + "hel");
  CHECK(head.receive().status == 408);
  CHECK(head.closes());
  body.send("lo");  // the body has thirty seconds
  CHECK(body.receive().body == "noted hello");
}

TEST_CASE("a slow sender gets 408, though it continues to send") {
  const FakeGateway gateway(limited([](config::Limits& limits) {
    limits.request = std::chrono::milliseconds(1);
    limits.body = 1 << 30;
  }));
  Connection slow(gateway.port());
  slow.send(post(1'000'000'000));
  std::thread sender([&slow] {
    try {
      for (;;) slow.send("x");  // until the gateway closes
    } catch (const std::exception&) {
    }
  });
  const Answer answer = slow.receive();
  CHECK(answer.status == 408);
  CHECK(answer.header("Connection") == "close");
  sender.join();
}

TEST_CASE("connections beyond the limit are refused at once, until another one ends") {
  const FakeGateway gateway(limited([](config::Limits& limits) { limits.connections = 3; }));
  List<std::unique_ptr<Connection>> there;
  for (int i = 0; i < 3; ++i) {
    there.push_back(std::make_unique<Connection>(gateway.port()));
    check_alive(*there.back());
  }
  for (const bool sends : {false, true}) {
    CAPTURE(sends);
    Connection more(gateway.port());
    if (sends) more.send(request_text("GET", visitor));
    const Answer answer = more.receive();
    CHECK(answer.status == 503);
    CHECK(answer.header("Retry-After") == "1");
    CHECK(answer.header("Connection") == "close");
    CHECK(answer.body == R"({"error":"too many connections"})");
    CHECK(more.closes());
  }
  for (const auto& one : there) check_alive(*one);
  there.pop_back();
  // Its place becomes free when the gateway notices the closed connection.
  while (ask(gateway.port(), "GET", visitor).status != 200) std::this_thread::yield();
}

TEST_CASE("one client has its own limit of connections") {
  const FakeGateway gateway(limited([](config::Limits& limits) { limits.per_client = 2; }));
  Connection first(gateway.port());
  Connection second(gateway.port());
  check_alive(first);
  check_alive(second);
  CHECK(Connection(gateway.port()).receive().status == 503);
  check_alive(first);
}

TEST_CASE("requests beyond those in flight stand in line, and those beyond the line are refused at once") {
  const FakeGateway gateway(limited([](config::Limits& limits) {
    limits.in_flight = limits.queue = 1;
    limits.queue_wait = std::chrono::seconds(30);
  }));
  Connection inside(gateway.port());
  Connection waiting(gateway.port());
  Connection late(gateway.port());
  for (Connection* one : {&inside, &waiting, &late}) check_alive(*one);
  inside.send(hang);
  wait_for_hanging(1);
  waiting.send(hang);  // the only worker reads in the order of arrival
  const Answer refused = late.ask("POST", "/fake/page", {}, "hello");
  CHECK(refused.status == 503);
  CHECK(refused.header("Retry-After") == "1");
  CHECK(refused.body == "fake error too many requests at the moment");
  check_alive(late);  // a request that need not wait needs no place
  fake_state.release = true;
  CHECK(inside.receive().body == "name of hang");
  CHECK(waiting.receive().body == "name of hang");
  CHECK(late.ask("POST", "/fake/page", {}, "hello").body == "noted hello");
}

TEST_CASE("a request that waits in the queue too long is refused") {
  const FakeGateway gateway(limited([](config::Limits& limits) {
    limits.in_flight = 1;
    limits.queue_wait = std::chrono::milliseconds(1);  // the clock counts seconds
  }));
  Connection inside(gateway.port());
  inside.send(hang);
  wait_for_hanging(1);
  Connection waiting(gateway.port());
  CHECK(waiting.ask("POST", "/fake/page", {}, "hello").status == 503);
  CHECK(fake_state.committed == 0);
  check_alive(waiting);
  fake_state.release = true;
  CHECK(inside.receive().status == 200);
  CHECK(waiting.ask("POST", "/fake/page", {}, "hello").status == 200);
}

TEST_CASE("a body counts as memory when it comes, not when it is announced; too much is refused") {
  const FakeGateway gateway(limited([](config::Limits& limits) { limits.memory = 600 * 1024; }));
  List<std::unique_ptr<Connection>> announced;
  for (int i = 0; i < 4; ++i) {
    announced.push_back(std::make_unique<Connection>(gateway.port()));
    announced.back()->send(post(1024 * 1024) + "x");
  }
  Connection small(gateway.port());
  for (const std::size_t size : {10U, 20'000U}) {
    const std::string body(size, 'b');
    CHECK(small.ask("POST", "/fake/page", {}, body).body == "noted " + body);
  }
  Connection large(gateway.port());
  large.send(post(1024 * 1024) + std::string(500'000, 'x'));
  const Answer refused = large.receive();
  CHECK(refused.status == 503);
  CHECK(refused.header("Retry-After") == "1");
  CHECK(refused.header("Connection") == "close");
  check_alive(small);
  Connection chunked(gateway.port());
  chunked.send("POST /fake/page HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n80000\r\n" +
               std::string(0x80000, 'x'));
  CHECK(chunked.receive().status == 503);
  announced.clear();
  // All memory is released: a body of the full size fits again.
  const std::string body(200'000, 'b');
  while (ask(gateway.port(), "POST", "/fake/page", {}, body).status != 200) std::this_thread::yield();
}

TEST_CASE("while memory is short, bodies are refused without 100 Continue, and all else is served") {
  const FakeGateway gateway(limited([](config::Limits& limits) { limits.memory = 1; }));
  Connection hanging(gateway.port());
  hanging.send(hang);
  wait_for_hanging(1);
  Connection other(gateway.port());
  other.send("POST /fake/page HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  CHECK(other.receive_interim() == 503);
  Connection pipelined(gateway.port());
  std::string all;
  for (int i = 0; i < 50; ++i) all += request_text("GET", "/fake/visitors/" + std::to_string(i));
  pipelined.send(all);
  for (int i = 0; i < 50; ++i) CHECK(pipelined.receive().body == "name of " + std::to_string(i));
  fake_state.release = true;
  CHECK(hanging.receive().status == 200);
  CHECK(pipelined.ask("POST", "/fake/page", {}, "hello").status == 200);
}

}  // namespace parley::test
