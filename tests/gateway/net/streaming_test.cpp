// Replies in pieces over real sockets: framing, back-pressure, clients that disconnect, sources that wait or fail.
#include <doctest/doctest.h>

#include <memory>
#include <thread>

#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/metrics.hpp"

namespace parley::test {
namespace {

constexpr const char* visitor = "/fake/visitors/7";

std::string steps(const std::string& letters) { return "/fake/visitors/steps:" + letters; }

/// Sets up the sources for a test, and resets them at its end.
struct Sources {
  explicit Sources(std::size_t piece = 100, std::uint64_t held = 0) {
    fake_sources.piece = piece;
    fake_sources.held = held;
    fake_sources.read = 0;
    fake_sources.release = false;
  }
};

void wait_until_none_is_left() {
  while (fake_sources.alive != 0) std::this_thread::yield();
}

/// Waits until a reply makes no more progress. The worker has nothing else to do.
void wait_until_blocked(std::uint16_t port) {
  for (int before = -1; before != fake_sources.read;) {
    before = fake_sources.read;
    for (int i = 0; i < 50; ++i) CHECK(ask(port, "GET", visitor).status == 200);
  }
}

config::Settings limited(const std::function<void(config::Limits&)>& change) {
  config::Settings settings = fake_settings();
  change(settings.server.limits);
  return settings;
}

}  // namespace

TEST_CASE("streaming: a body comes in chunks, and pipelined requests are answered after it") {
  const Sources sources;
  const FakeGateway gateway;
  Connection connection(gateway.port());
  connection.send(request_text("GET", visitor) + request_text("GET", steps("abc")) + request_text("GET", steps("d")) +
                  request_text("GET", visitor));
  CHECK(connection.receive().body == "name of 7");
  const Answer streamed = connection.receive();
  CHECK(streamed.status == 200);
  CHECK(streamed.header("Transfer-Encoding") == "chunked");
  CHECK(streamed.header("Content-Type") == "text/plain");
  CHECK(streamed.count("Content-Length") == 0);
  CHECK(streamed.count("Connection") == 0);
  CHECK(streamed.body == std::string(100, 'a') + std::string(100, 'b') + std::string(100, 'c'));
  CHECK(connection.receive().body == std::string(100, 'd'));
  CHECK(connection.receive().body == "name of 7");
  CHECK(fake_sources.alive == 0);
  CHECK(fake_sources.read == 4);
}

TEST_CASE("streaming: HEAD gets the head only; in HTTP/1.0 the connection ends the body") {
  const Sources sources;
  const FakeGateway gateway;
  Connection connection(gateway.port());
  const Answer head = connection.ask("HEAD", steps("abc"));
  CHECK(head.status == 200);
  CHECK(head.header("Transfer-Encoding") == "chunked");
  CHECK(head.count("Content-Length") == 0);
  CHECK(connection.ask("GET", visitor).body == "name of 7");
  CHECK(fake_sources.read == 0);

  Connection old(gateway.port());
  old.send("GET " + steps("ab") + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const Answer answer = old.receive();
  CHECK(answer.count("Transfer-Encoding") == 0);
  CHECK(answer.header("Connection") == "close");
  CHECK(answer.body == std::string(100, 'a') + std::string(100, 'b'));
}

TEST_CASE("streaming: a piece is made when the socket has taken the one before, and all arrive") {
  const Sources sources(64 * 1024);
  const FakeGateway gateway;
  Connection slow(gateway.port());
  const std::string all(1000, 'm');  // 64 MB: more than a socket buffer holds
  slow.send(request_text("GET", steps(all)) + request_text("GET", visitor));
  while (fake_sources.read == 0) std::this_thread::yield();
  wait_until_blocked(gateway.port());
  CHECK(fake_sources.read < 500);
  CHECK(fake_sources.alive == 1);
  CHECK(slow.receive().body.size() == 1000 * 64 * 1024);
  CHECK(slow.receive().body == "name of 7");
  CHECK(fake_sources.read == 1000);
  CHECK(fake_sources.alive == 0);
}

TEST_CASE("streaming: what a source holds counts in limits.memory and limits.answer") {
  const Sources sources(64 * 1024, 2'000'000);
  const FakeGateway gateway(limited([](config::Limits& limits) { limits.memory = 3'000'000; }));
  auto slow = std::make_unique<Connection>(gateway.port());
  slow->send(request_text("GET", steps(std::string(1000, 'm'))));
  while (fake_sources.read == 0) std::this_thread::yield();
  wait_until_blocked(gateway.port());
  const Answer refused = ask(gateway.port(), "GET", steps("m"));
  CHECK(refused.status == 503);
  CHECK(refused.header("Retry-After") == "1");
  slow.reset();
  while (ask(gateway.port(), "GET", steps("m")).status != 200) std::this_thread::yield();

  const FakeGateway strict(limited([](config::Limits& limits) { limits.answer = 1'999'999; }));
  CHECK(ask(strict.port(), "GET", steps("m")).status == 406);
  fake_sources.held = 1'999'999;
  CHECK(ask(strict.port(), "GET", steps("m")).status == 200);
}

TEST_CASE("streaming: a client that disconnects ends the source, also while it waits") {
  const Sources sources(64 * 1024);
  const FakeGateway gateway;
  for (const std::string& letters : {std::string(1000, 'm'), std::string("mw")}) {
    {
      const int before = fake_sources.read;
      Connection client(gateway.port());
      client.send(request_text("GET", steps(letters)));
      while (fake_sources.read == before) std::this_thread::yield();
    }  // it has unread data, so closing it sends a reset
    wait_until_none_is_left();
  }
  CHECK(ask(gateway.port(), "GET", visitor).body == "name of 7");
}

TEST_CASE("streaming: a source that fails ends the connection without the last chunk, and is counted") {
  const Sources sources;
  const FakeGateway gateway;
  for (const char* letters : {"mx", "mt"}) {
    CAPTURE(letters);
    Connection client(gateway.port());
    client.send(request_text("GET", steps(letters)) + request_text("GET", visitor));
    CHECK_THROWS_WITH(client.receive(), "closed inside a body in chunks");
  }
  CHECK(fake_sources.alive == 0);
  const Metrics metrics(String(gateway->observer().expose({})));
  const std::string labels = R"(route="first",style="fake",operation="GetVisitor",)";
  CHECK(metrics.value("parley_errors_total", labels + R"(error="upstream_failed")") == "1");
  CHECK(metrics.value("parley_errors_total", labels + R"(error="internal")") == "1");
  CHECK(metrics.value("parley_requests_total", labels + R"(status="200")") == "2");
}

TEST_CASE("streaming: a waiting source is read again after it wakes, and a stop waits for its end") {
  const Sources sources;
  const FakeGateway gateway;
  Connection client(gateway.port());
  client.send(request_text("GET", steps("awbwc")) + request_text("GET", visitor));
  while (fake_sources.read == 0) std::this_thread::yield();
  CHECK(ask(gateway.port(), "GET", visitor).status == 200);  // others are served meanwhile
  CHECK(fake_sources.read == 1);
  std::thread stopper([&] { gateway->stop(); });
  fake_sources.release = true;
  CHECK(client.receive().body == std::string(100, 'a') + std::string(100, 'b') + std::string(100, 'c'));
  stopper.join();
  CHECK(fake_sources.alive == 0);
}

TEST_CASE("streaming: a reader that takes nothing is closed, a waiting source is not") {
  const Sources sources(64 * 1024);
  const FakeGateway gateway(limited([](config::Limits& limits) { limits.write = std::chrono::milliseconds(1); }));
  Connection idle(gateway.port());
  idle.send(request_text("GET", steps(std::string(1000, 'm'))));
  while (fake_sources.read == 0) std::this_thread::yield();
  wait_until_none_is_left();
  Connection waiting(gateway.port());  // here the source is slow
  waiting.send(request_text("GET", steps("mwm")));
  std::string before;
  for (int ticks = 0; ticks < 4;) {
    const std::string now = ask(gateway.port(), "GET", visitor).header("Date");
    ticks += now != before ? 1 : 0;
    before = now;
  }
  fake_sources.release = true;
  CHECK(waiting.receive().body.size() == 2 * 64 * 1024);
}

TEST_CASE("streaming: limits.rate applies to all pieces together") {
  const Sources sources(64 * 1024);
  const FakeGateway gateway(limited([](config::Limits& limits) { limits.rate = 1'000'000'000; }));
  Connection slow(gateway.port());
  slow.send(request_text("GET", steps(std::string(10'000, 'm'))));
  // Reads steadily, but much too slowly; no single piece takes long.
  try {
    while (fake_sources.read == 0 || fake_sources.alive != 0) {
      slow.receive_bytes(64 * 1024);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  } catch (const std::runtime_error&) {  // the connection has ended
  }
  wait_until_none_is_left();
  CHECK(fake_sources.read < 10'000);
}

TEST_CASE("streaming: a request ends with its last byte, and counts the bytes that were sent") {
  const Sources sources;
  const FakeGateway gateway;
  const std::string labels = R"(route="first",style="fake",operation="GetVisitor")";
  const auto sent = [&] {
    const Metrics metrics(String(gateway->observer().expose({})));
    const std::string value = metrics.value("parley_response_bytes_total", labels);
    return value == "(none)" ? 0 : std::stoull(value);
  };
  Connection client(gateway.port());
  client.send(request_text("GET", steps("mw")));
  while (fake_sources.read == 0) std::this_thread::yield();
  CHECK(sent() == 0);
  fake_sources.release = true;
  const Answer answer = client.receive();
  while (sent() == 0) std::this_thread::yield();
  // Status line and headers, the empty line, a chunk of 100 bytes and the last one.
  std::size_t head = std::string_view("HTTP/1.1 200 OK\r\n\r\n").size();
  for (const auto& [name, value] : answer.headers) head += name.size() + value.size() + 4;
  CHECK(sent() == head + std::string_view("00000064\r\n").size() + 100 + 2 + 5);
}

TEST_CASE("streaming: losses are in the head of the answer") {
  const Sources sources;
  config::Settings settings = fake_settings();
  {
    const FakeGateway gateway(settings);
    const Answer answer = ask(gateway.port(), "GET", steps("ml"));
    CHECK(answer.header("Parley-Loss") == "visitor.token");
    CHECK(answer.body == std::string(100, 'm') + std::string(100, 'l'));
  }
  settings.routes.front().loss = config::LossPolicy::lossless;
  const FakeGateway gateway(settings);
  CHECK(ask(gateway.port(), "GET", steps("ml")).status == 409);
  CHECK(fake_sources.alive == 0);
}

}  // namespace parley::test
