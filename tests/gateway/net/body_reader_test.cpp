// Packed bodies on a connection: with each framing, pipelined, and within the memory limit.
#include "gateway/net/body_reader.hpp"

#include <doctest/doctest.h>

#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/packed.hpp"

namespace parley::test {
namespace {

constexpr const char* page = "/fake/page";
const Headers gzip = {{"Content-Encoding", "gzip"}};

config::Settings limited(std::uint64_t body, std::uint64_t memory) {
  config::Settings settings = fake_settings();
  settings.server.limits.body = body;
  settings.server.limits.memory = memory;
  return settings;
}

std::string chunked(std::string_view body) {
  std::string text =
      "POST /fake/page HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const char byte : body) text += "1\r\n" + std::string(1, byte) + "\r\n";
  return text + "0\r\n\r\n";
}

}  // namespace

TEST_CASE("a packed body is unpacked, with any framing") {
  const FakeGateway gateway;
  Connection connection(gateway.port());
  CHECK(connection.ask("POST", page, gzip, packed("hello")).body == "noted hello");
  CHECK(connection.ask("POST", page, {}, "plain").body == "noted plain");

  connection.send(chunked(packed("in chunks")));
  CHECK(connection.receive().body == "noted in chunks");

  // The head first, and the body after 100 Continue.
  const std::string late = packed("late");
  connection.send(
      "POST /fake/page HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\nExpect: 100-continue\r\nContent-Length: " +
      std::to_string(late.size()) + "\r\n\r\n");
  CHECK(connection.receive_interim() == 100);
  connection.send(late);
  CHECK(connection.receive().body == "noted late");

  // Pipelined, packed and plain, in one write.
  const std::string longer(5000, 'x');
  connection.send(request_text("POST", page, gzip, packed(longer)) + request_text("POST", page, {}, "second") +
                  request_text("POST", page, gzip, packed("third")));
  CHECK(connection.receive().body == "noted " + longer);
  CHECK(connection.receive().body == "noted second");
  CHECK(connection.receive().body == "noted third");
  CHECK(connection.ask("POST", "/fake/login", gzip, packed("ann")).body == "welcome ann");
}

TEST_CASE("the Content-Encoding of a body that is not read is ignored") {
  const FakeGateway gateway;
  Connection connection(gateway.port());
  for (const char* coding : {"gzip", "br"}) {
    CHECK(connection.ask("GET", "/fake/visitors/7", {{"Content-Encoding", coding}}).body == "name of 7");
    CHECK(connection.ask("GET", "/fake/visitors/7", {{"Content-Encoding", coding}}, "body").body == "name of 7");
  }
}

TEST_CASE("a body that cannot be unpacked is refused, and the connection stays usable") {
  const FakeGateway gateway(limited(1000, 64 * 1024 * 1024));
  Connection connection(gateway.port());
  const struct {
    std::string name;
    const char* coding;
    std::string body;
    int status;
  } cases[] = {{"another coding", "br", "hello", 415},
               {"a label that lies", "gzip", "hello", 415},
               {"cut off", "gzip", packed("hello hello").substr(0, 20), 400},
               {"a bomb", "gzip", packed(std::string(500'000, 'x')), 413},
               {"nothing", "gzip", "", 400}};
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const Answer answer = connection.ask("POST", page, {{"Content-Encoding", one.coding}}, one.body);
    CHECK(answer.status == one.status);
    CHECK(answer.header("Accept-Encoding") == (one.status == 415 ? "gzip, deflate" : ""));
    CHECK(connection.ask("POST", page, gzip, packed("good")).body == "noted good");
  }
  // The head shows it: refused without 100 Continue.
  Connection expecting(gateway.port());
  expecting.send(
      "POST /fake/page HTTP/1.1\r\nHost: h\r\nContent-Encoding: br\r\nContent-Length: 5\r\nExpect: "
      "100-continue\r\n\r\n");
  CHECK(expecting.receive_interim() == 415);
}

TEST_CASE("the memory that a body takes unpacked is counted, and given back") {
  const std::string large(400'000, 'x');
  const std::string bytes = packed(large);
  REQUIRE(bytes.size() < 10'000);
  const FakeGateway gateway(limited(1024 * 1024, 300 * 1024));
  Connection connection(gateway.port());
  const Answer refused = connection.ask("POST", page, gzip, bytes);
  CHECK(refused.status == 503);
  CHECK(refused.header("Retry-After") == "1");
  CHECK(connection.ask("POST", page, gzip, packed("small")).body == "noted small");
  CHECK(ask(gateway.port(), "POST", page, gzip, packed(std::string(20'000, 'y'))).status == 200);
  const FakeGateway roomy(limited(1024 * 1024, 64 * 1024 * 1024));
  CHECK(ask(roomy.port(), "POST", page, gzip, bytes).body == "noted " + large);
}

}  // namespace parley::test
