// The admin listener: who may use which page, and what it refuses.
#include "gateway/admin/server.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <ctime>
#include <memory>
#include <thread>

#include "tests/support/http_client.hpp"
#include "tests/support/packed.hpp"

namespace parley::test {
namespace {

using gateway::admin::Query;
using http::Method;

struct Admin {
  static constexpr std::size_t most_taken = 100'000;

  std::atomic<bool> release{false};
  std::atomic<int> waiting{0};
  std::unique_ptr<gateway::admin::Server> server;

  explicit Admin(String token = {}) {
    List<gateway::admin::Page> pages = {
        {Method::get, "/open", [](const Query&) { return gateway::admin::Answer{.body = "open\n"}; }, true},
        {Method::get, "/closed",
         [](const Query& query) { return gateway::admin::Answer{.body = query.find("say").value_or("nothing")}; }},
        {Method::post, "/slow",
         [this](const Query&) {
           ++waiting;
           while (!release) std::this_thread::yield();
           return gateway::admin::Answer{.status = 422, .body = "done"};
         },
         false, true},
    };
    gateway::admin::Page taker{.method = Method::post, .path = "/take", .make = nullptr};
    taker.most_body = most_taken;
    taker.take = [](const Query&, std::string_view body) { return gateway::admin::Answer{.body = String(body)}; };
    pages.push_back(std::move(taker));
    auto opened = gateway::admin::Server::open({"127.0.0.1", 0, {}}, std::move(token), std::move(pages));
    REQUIRE(opened.has_value());
    server = std::move(*opened);
  }
  [[nodiscard]] std::uint16_t port() const { return server->endpoint().port; }
};

}  // namespace

TEST_CASE("admin pages, methods and refusals") {
  const Admin admin;
  struct Case {
    const char* name;
    const char* method;
    const char* target;
    Headers headers;
    int status;
    const char* body;
  };
  const Case cases[] = {
      {"a page", "GET", "/open", {}, 200, "open\n"},
      {"a query", "GET", "/closed?say=a%20b", {}, 200, "a b"},
      {"an empty query", "GET", "/closed?", {}, 200, "nothing"},
      {"no token is asked for", "GET", "/closed", {}, 200, "nothing"},
      {"unknown", "GET", "/nothing", {}, 404, "no such page; there are /open /closed /slow /take\n"},
      {"a page's prefix", "GET", "/open/", {}, 404, "no such page; there are /open /closed /slow /take\n"},
      {"another method", "POST", "/open", {}, 405, "another method is needed\n"},
      {"another method", "DELETE", "/slow", {}, 405, "another method is needed\n"},
      {"a page of another origin",
       "GET",
       "/closed",
       {{"Origin", "http://evil.example"}},
       403,
       "not for pages of other origins\n"},
      {"a name that is ours", "GET", "/closed", {{"Host", "LOCALHOST:9090"}}, 200, "nothing"},
      {"an address", "GET", "/closed", {{"Host", "[::1]:9090"}}, 200, "nothing"},
      {"a stranger's name",
       "GET",
       "/closed",
       {{"Host", "evil.example:9090"}},
       403,
       "without a token only by address, or as localhost\n"},
      {"a name that begins like an address",
       "GET",
       "/closed",
       {{"Host", "127.0.0.1.evil.example"}},
       403,
       "without a token only by address, or as localhost\n"},
      {"any name for what is open", "GET", "/open", {{"Host", "evil.example"}}, 200, "open\n"},
      {"a large head", "GET", "/open", {{"X", std::string(9000, 'x')}}, 431, "the head is too large\n"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    Connection connection(admin.port());
    const Answer answer = connection.ask(one.method, one.target, one.headers);
    CHECK(answer.status == one.status);
    CHECK(answer.body == one.body);
    CHECK(answer.header("Connection") == "close");
    CHECK(connection.closes());
  }
  CHECK(ask(admin.port(), "POST", "/open").header("Allow") == "GET, HEAD, OPTIONS");
  CHECK(ask(admin.port(), "POST", "/closed").header("Allow") == "GET, HEAD");
  CHECK(ask(admin.port(), "GET", "/slow").header("Allow") == "POST");
  CHECK(ask(admin.port(), "POST", "/nothing", {}, std::string(70'000, 'x')).status == 413);

  Connection head(admin.port());
  head.send("HEAD /open HTTP/1.1\r\nHost: h\r\n\r\n");
  const Answer answer = head.receive(true);
  CHECK(answer.status == 200);
  CHECK(answer.header("Content-Length") == "5");
}

TEST_CASE("admin: a packed body is unpacked within the page's limit, and a label that lies is refused") {
  const Admin admin;
  const std::string text = R"({"id":"a"})";
  const std::string large(Admin::most_taken, 'x');
  const std::string too_large(Admin::most_taken + 1, 'x');
  const std::string cut = packed(text).substr(0, packed(text).size() - 6);
  struct Case {
    const char* name;
    Headers headers;
    std::string body;
    int status;
    std::string answer;
  };
  const Case cases[] = {
      {"plain", {}, text, 200, text},
      {"identity", {{"Content-Encoding", "identity"}}, text, 200, text},
      {"gzip", {{"Content-Encoding", "gzip"}}, packed(text), 200, text},
      {"deflate", {{"Content-Encoding", "deflate"}}, packed(text, PackFormat::zlib), 200, text},
      {"two codings", {{"Content-Encoding", "deflate, gzip"}}, packed(packed(text, PackFormat::zlib)), 200, text},
      {"in two headers",
       {{"Content-Encoding", "deflate"}, {"Content-Encoding", "x-gzip"}},
       packed(packed(text, PackFormat::zlib)),
       200,
       text},
      {"as large as may be", {{"Content-Encoding", "gzip"}}, packed(large), 200, large},
      {"a bomb", {{"Content-Encoding", "gzip"}}, packed(too_large), 413, "the body is too large, unpacked\n"},
      {"an unknown coding",
       {{"Content-Encoding", "br"}},
       text,
       415,
       "the request body's Content-Encoding is not supported: send it as gzip, as deflate, or without one\n"},
      {"too many codings",
       {{"Content-Encoding", "gzip,gzip,gzip,gzip"}},
       packed(text),
       415,
       "the request body has too many content codings\n"},
      {"a label that lies",
       {{"Content-Encoding", "gzip"}},
       text,
       415,
       "the request body is something else than its Content-Encoding says\n"},
      {"cut off", {{"Content-Encoding", "gzip"}}, cut, 400, "the packed request body is cut off or damaged\n"},
      {"nothing", {{"Content-Encoding", "gzip"}}, "", 200, ""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const Answer answer = ask(admin.port(), "POST", "/take", one.headers, one.body);
    CHECK(answer.status == one.status);
    CHECK(answer.body == one.answer);
    CHECK(answer.header("Accept-Encoding") == (one.status == 415 ? "gzip, deflate" : ""));  // RFC 9110, 15.5.16
  }
  // A body that no page reads is ignored, whatever its coding.
  Admin other;
  other.release = true;
  CHECK(ask(other.port(), "POST", "/slow", {{"Content-Encoding", "br"}}, "x").status == 422);
}

TEST_CASE("admin: malformed HTTP is refused, and Expect: 100-continue is answered") {
  const Admin admin;
  struct Case {
    const char* name;
    const char* request;
    int status;
  };
  const Case cases[] = {
      {"no HTTP", "\x16\x03\x01 what\r\n\r\n", 400},
      {"no Host", "GET /open HTTP/1.1\r\n\r\n", 400},
      {"no Host for a page that is not there", "GET /nothing HTTP/1.1\r\n\r\n", 400},
      {"a Host that is none", "GET /open HTTP/1.1\r\nHost: [evil\r\n\r\n", 400},
      {"a Host with letters for a port", "GET /open HTTP/1.1\r\nHost: 127.0.0.1:x\r\n\r\n", 400},
      {"two Hosts", "GET /open HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
      {"HTTP/1.0 without Host", "GET /closed HTTP/1.0\r\n\r\n", 200},
      {"HTTP/1.0 with two", "GET /closed HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400},
      {"another version", "GET /open HTTP/2.0\r\nHost: a\r\n\r\n", 505},
      {"no version", "GET /open HTTP/x.y\r\nHost: a\r\n\r\n", 400},
      {"a body that was not asked for",
       "POST /open HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n", 405},
      {"such a body of a page", "GET /open HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-Continue\r\n\r\n",
       200},
      {"a comma behind what is expected",
       "GET /open HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: ,100-continue,\r\n\r\n", 200},
      {"nothing is expected", "GET /open HTTP/1.1\r\nHost: a\r\nExpect:\r\n\r\n", 200},
      {"such a body, too large",
       "POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\nExpect: 100-continue\r\n\r\n", 413},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    Connection connection(admin.port());
    connection.send(one.request);
    const Answer answer = connection.receive();
    CHECK(answer.status == one.status);
    std::tm date{};
    CHECK(::strptime(answer.header("Date").c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date) != nullptr);
  }
}

TEST_CASE("pages for probes answer OPTIONS and HEAD like GET, also with a token set") {
  std::atomic<bool> draining{false};
  List<gateway::admin::Page> pages = {
      {Method::get, "/ready",
       [&draining](const Query&) {
         return draining ? gateway::admin::Answer{.status = 503, .body = "draining\n"}
                         : gateway::admin::Answer{.body = "ready\n"};
       },
       true},
      {Method::get, "/closed", [](const Query&) { return gateway::admin::Answer{.body = "closed\n"}; }},
  };
  const auto opened = gateway::admin::Server::open({"127.0.0.1", 0, {}}, "secret", std::move(pages));
  REQUIRE(opened.has_value());
  const std::uint16_t port = (*opened)->endpoint().port;
  const auto answer_to = [port](const std::string& request) {
    Connection connection(port);
    connection.send(request);
    return connection.receive(request.starts_with("HEAD "));
  };
  for (const bool drains : {false, true}) {
    CAPTURE(drains);
    draining = drains;
    for (const std::string method : {"GET", "HEAD", "OPTIONS"}) {
      CAPTURE(method);
      const Answer probe = answer_to(method + " /ready HTTP/1.0\r\n\r\n");  // HAProxy's: no Host
      CHECK(probe.status == (drains ? 503 : 200));
      CHECK(probe.header("Allow") == (method == "OPTIONS" ? "GET, HEAD, OPTIONS" : ""));
      CHECK(answer_to(method + " /ready HTTP/1.1\r\nHost: a\r\n\r\n").status == (drains ? 503 : 200));
    }
  }
  CHECK(ask(port, "OPTIONS", "/closed").status == 405);
  CHECK(ask(port, "DELETE", "/ready").status == 405);
  CHECK(ask(port, "OPTIONS", "/nothing").status == 404);
}

TEST_CASE("admin pages require the token, except the open ones") {
  const Admin admin("secret");
  const auto status = [&admin](const char* target, const char* authorization) {
    Headers headers;
    if (*authorization != '\0') headers.emplace_back("Authorization", authorization);
    return ask(admin.port(), "GET", target, headers).status;
  };
  CHECK(status("/open", "") == 200);
  CHECK(status("/closed", "") == 401);
  CHECK(status("/closed", "Bearer") == 401);
  CHECK(status("/closed", "Bearer ") == 401);
  CHECK(status("/closed", "Bearer secre") == 401);
  CHECK(status("/closed", "Bearer secret2") == 401);
  CHECK(status("/closed", "Basic secret") == 401);
  CHECK(status("/closed", "Bearer secret") == 200);
  CHECK(status("/closed", "bearer secret") == 200);
  const std::pair<std::string, std::string> good = {"Authorization", "Bearer secret"};
  CHECK(ask(admin.port(), "GET", "/closed", {good, good}).status == 401);
  CHECK(ask(admin.port(), "GET", "/closed", {good, {"Authorization", "Bearer wrong"}}).status == 401);
  CHECK(ask(admin.port(), "GET", "/closed").header("WWW-Authenticate") == "Bearer");
  CHECK(ask(admin.port(), "POST", "/slow").status == 401);
  admin.server->set_token("another");
  CHECK(status("/closed", "Bearer secret") == 401);
  CHECK(status("/closed", "Bearer another") == 200);
}

TEST_CASE("a slow page does not delay others") {
  Admin admin;
  Connection slow(admin.port());
  slow.send(request_text("POST", "/slow"));
  while (admin.waiting == 0) std::this_thread::yield();
  CHECK(ask(admin.port(), "GET", "/open").status == 200);
  admin.release = true;
  const Answer answer = slow.receive();
  CHECK(answer.status == 422);
  CHECK(answer.body == "done");
}

TEST_CASE("connections beyond the admin listener's limit are closed, and later ones are served") {
  const Admin admin;
  {
    std::vector<std::unique_ptr<Connection>> many;
    for (std::size_t i = 0; i < gateway::admin::Server::most_connections; ++i) {
      many.push_back(std::make_unique<Connection>(admin.port()));
    }
    CHECK(Connection(admin.port()).closes());
    CHECK(many.front()->ask("GET", "/open").status == 200);
  }
  // The places become free when the server notices the closed connections.
  int status = 0;
  for (int i = 0; i < 1000 && status != 200; ++i) {
    try {
      status = ask(admin.port(), "GET", "/open").status;
    } catch (const std::exception&) {
    }
  }
  CHECK(status == 200);
}

TEST_CASE("the error for an admin address in use names it") {
  const Admin first;
  const auto second = gateway::admin::Server::open(first.server->endpoint(), {}, {});
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().message == "cannot listen on " + first.server->endpoint().text() + ": Address already in use");
}

}  // namespace parley::test
