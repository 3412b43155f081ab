// Connections: kept open, pipelined, many at once, HEAD, and the ways a client ends them.
#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <thread>

#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

constexpr std::string_view contact_path = "/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837";

struct Demo {
  Scratch scratch;
  Served served{program(), scratch.write("gateway.yaml", demo_config(scratch / "parley.db"))};
};

}  // namespace

TEST_CASE("sixteen pipelined requests are answered in order, each in its own style" *
          doctest::skip(!built_with({"enghouse", "rocketchat"}))) {
  const Demo demo;
  Connection connection(demo.served.port());
  std::string bytes;
  for (int i = 0; i < 16; ++i) {
    switch (i % 4) {
      case 0:
        bytes += request_text("GET", std::string(contact_path) + "?callback=cb" + std::to_string(i));
        break;
      case 1:
        bytes += request_text("GET", "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd");
        break;
      case 2:
        bytes += request_text("GET", "/api/v1/livechat/visitor/nobody" + std::to_string(i));
        break;
      default:
        bytes += request_text("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
                              R"({"visitor": {"token": "pipe)" + std::to_string(i) + "\"}}");
    }
  }
  connection.send(bytes);
  for (int i = 0; i < 16; ++i) {
    CAPTURE(i);
    const Answer answer = connection.receive();
    switch (i % 4) {
      case 0:
        CHECK(answer.status == 200);
        CHECK(answer.body.find("typeof cb" + std::to_string(i) + " ===") != std::string::npos);
        break;
      case 1:
        CHECK(answer.status == 200);
        CHECK(value_at(answer.body, "/visitor/token") == "iNKE8a6k6cjbqWhWd");
        break;
      case 2:
        CHECK(answer.status == 400);
        break;
      default:
        CHECK(answer.status == 200);
        CHECK(value_at(answer.body, "/visitor/token") == "pipe" + std::to_string(i));
    }
  }
}

TEST_CASE("2, 4 and 64 connections at once get their own answers" *
          doctest::skip(!built_with({"enghouse", "rocketchat"}))) {
  const Demo demo;
  for (const int count : {2, 4, 64}) {
    CAPTURE(count);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> clients;
    for (int client = 0; client < count; ++client) {
      clients.emplace_back([&, client] {
        try {
          Connection connection(demo.served.port());
          for (int i = 0; i < 20; ++i) {
            const std::string token = "c" + std::to_string(count) + "-" + std::to_string(client);
            const Answer registered =
                connection.ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
                               R"({"visitor": {"token": ")" + token + R"(", "name": "n)" + std::to_string(i) + "\"}}");
            const Answer read = connection.ask("GET", "/api/v1/livechat/visitor/" + token);
            const std::string name = "cb" + std::to_string(client);
            const Answer script = connection.ask("GET", std::string(contact_path) + "?callback=" + name);
            if (registered.status != 200 || value_at(read.body, "/visitor/token") != token ||
                value_at(read.body, "/visitor/name") != "n" + std::to_string(i) ||
                script.body.find("typeof " + name + " ===") == std::string::npos) {
              ++wrong;
            }
          }
        } catch (const std::exception&) {
          ++wrong;
        }
      });
    }
    for (std::thread& client : clients) client.join();
    CHECK(wrong == 0);
  }
}

TEST_CASE("a write by one worker is visible to all workers at once" * doctest::skip(!built_with({"rocketchat"}))) {
  const Demo demo;
  // Enough connections for both workers.
  std::vector<std::unique_ptr<Connection>> readers;
  for (int i = 0; i < 16; ++i) readers.push_back(std::make_unique<Connection>(demo.served.port()));
  Connection writer(demo.served.port());
  for (int round = 0; round < 20; ++round) {
    const std::string name = "round " + std::to_string(round);
    REQUIRE(writer
                .ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
                     R"({"visitor": {"token": "shared", "name": ")" + name + "\"}}")
                .status == 200);
    for (const auto& reader : readers) {
      REQUIRE(value_at(reader->ask("GET", "/api/v1/livechat/visitor/shared").body, "/visitor/name") == name);
      const std::string search = "/api/v1/livechat/visitors.search?term=round";
      REQUIRE(value_at(reader->ask("GET", search, rocketchat_headers()).body, "/visitors/0/name") == name);
    }
  }
}

TEST_CASE("HEAD is GET without the body" * doctest::skip(!built_with({"enghouse"}))) {
  const Demo demo;
  Connection connection(demo.served.port());
  const Answer get = connection.ask("GET", contact_path);
  const Answer head = connection.ask("HEAD", contact_path);
  CHECK(head.status == 200);
  CHECK(head.body.empty());
  CHECK(head.header("Content-Length") == get.header("Content-Length"));
  CHECK(connection.ask("GET", contact_path).body == get.body);
}

TEST_CASE("a connection is kept or closed as the request asked" * doctest::skip(!built_with({"enghouse"}))) {
  const Demo demo;
  {
    Connection connection(demo.served.port());
    CHECK(connection.ask("GET", contact_path, {{"Connection", "close"}}).status == 200);
    CHECK(connection.closes());
  }
  {
    Connection connection(demo.served.port());
    connection.send("GET " + std::string(contact_path) + " HTTP/1.0\r\nHost: x\r\n\r\n");
    CHECK(connection.receive().status == 200);
    CHECK(connection.closes());
  }
  {
    // The client has shut down its sending side, and still gets its answers.
    Connection connection(demo.served.port());
    connection.send(request_text("GET", contact_path) + request_text("GET", contact_path));
    connection.finish_sending();
    CHECK(connection.receive().status == 200);
    CHECK(connection.receive().status == 200);
    CHECK(connection.closes());
  }
}

TEST_CASE("a request that comes byte by byte is answered" * doctest::skip(!built_with({"rocketchat"}))) {
  const Demo demo;
  Connection connection(demo.served.port());
  const std::string request = request_text("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
                                           R"({"visitor": {"token": "drop-by-drop"}})");
  for (const char byte : request) connection.send(std::string_view(&byte, 1));
  CHECK(value_at(connection.receive().body, "/visitor/token") == "drop-by-drop");
}

TEST_CASE("a chunked body is read" * doctest::skip(!built_with({"rocketchat"}))) {
  const Demo demo;
  Connection connection(demo.served.port());
  connection.send(
      "POST /api/v1/livechat/visitor HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n10\r\n{\"visitor\": {\"to\r\n");
  connection.send("11\r\nken\": \"chunked\"}}\r\n0\r\n\r\n");
  CHECK(value_at(connection.receive().body, "/visitor/token") == "chunked");
  CHECK(connection.ask("GET", "/api/v1/livechat/visitor/chunked").status == 200);
}

TEST_CASE("Expect: 100-continue is answered before the body comes" * doctest::skip(!built_with({"rocketchat"}))) {
  const Demo demo;
  Connection connection(demo.served.port());
  const std::string body = R"({"visitor": {"token": "expected"}})";
  connection.send(
      "POST /api/v1/livechat/visitor HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: "
      "100-continue\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n");
  CHECK(connection.receive_interim() == 100);
  connection.send(body);
  CHECK(value_at(connection.receive().body, "/visitor/token") == "expected");
}

}  // namespace parley::test
