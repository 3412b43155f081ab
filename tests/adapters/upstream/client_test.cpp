// Calls over real sockets: the bytes that are sent, the answer, and which connection is used again.
#include "adapters/upstream/client.hpp"

#include "adapters/upstream/settings.hpp"
#include "tests/adapters/upstream/world.hpp"

namespace parley::upstream::test {
namespace {

std::string port_of(const ScriptedServer& server) { return std::to_string(server.port()); }

}  // namespace

TEST_CASE("a request is sent as HTTP requires, and its whole answer is returned") {
  ScriptedServer server(answering([](const std::string&) {
    return http_answer(201, R"({"a":1})", {{"Content-Type", "application/json"}, {"X-Thing", "v"}});
  }));
  config::Backend settings = settings_for(server.url() + "/base/");
  World world(settings);
  Request request = get();
  request.target = Target("/api/items").segment("a/b c\r\n\xC3\xA9").query("q", "x&y=1").query("n", "2");
  request.headers = {{"X-Auth-Token", "secret"}};
  const Response answer = world.good(request);
  CHECK(answer.status == 201);
  CHECK(answer.body == R"({"a":1})");
  CHECK(answer.header("content-type") == "application/json");
  CHECK(answer.header("x-thing") == "v");
  REQUIRE(server.requests().size() == 1);
  CHECK(server.requests()[0] ==
        "GET /base/api/items/a%2Fb%20c%0D%0A%C3%A9?q=x%26y%3D1&n=2 HTTP/1.1\r\n"
        "Host: 127.0.0.1:" +
            port_of(server) +
            "\r\n"
            "Accept: application/json\r\nAccept-Encoding: gzip\r\nUser-Agent: parley\r\n"
            "X-Auth-Token: secret\r\n\r\n");
  world.good(post("/things", R"({"b":2})"));
  CHECK(server.requests()[1] ==
        "POST /base/things HTTP/1.1\r\n"
        "Host: 127.0.0.1:" +
            port_of(server) +
            "\r\n"
            "Accept: application/json\r\nAccept-Encoding: gzip\r\nUser-Agent: parley\r\n"
            "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"b\":2}");
  CHECK(server.accepted() == 1);
}

TEST_CASE("a malformed request is not sent") {
  ScriptedServer server(answering([](const std::string&) { return http_answer(200, "{}"); }));
  World world(server.url());
  struct Case {
    std::string name;
    std::function<void(Request&)> spoil;
  };
  const Case cases[] = {
      {"line feed in a value",
       [](Request& r) {
         r.headers = {{"X-A", "b\r\nX-C: d"}};
       }},
      {"NUL in a value",
       [](Request& r) {
         r.headers = {{"X-A", String("b\0c", 3)}};
       }},
      {"no ASCII in a value",
       [](Request& r) {
         r.headers = {{"X-A", "\xC3\xA9"}};
       }},
      {"blank in a name",
       [](Request& r) {
         r.headers = {{"X A", "b"}};
       }},
      {"no name",
       [](Request& r) {
         r.headers = {{"", "b"}};
       }},
      {"length of one's own",
       [](Request& r) {
         r.headers = {{"content-length", "5"}};
       }},
      {"host of one's own",
       [](Request& r) {
         r.headers = {{"Host", "elsewhere"}};
       }},
      {"blank in the target", [](Request& r) { r.target = Target("/a b"); }},
      {"line feed in the target", [](Request& r) { r.target = Target("/a\r\nX: y"); }},
      {"no slash", [](Request& r) { r.target = Target("a"); }},
      {"dots as a segment", [](Request& r) { r.target = Target("/a").segment(".."); }},
      {"empty segment", [](Request& r) { r.target = Target("/a").segment(""); }},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    Request request = get();
    one.spoil(request);
    CHECK(world.bad(request).code == Code::internal);
  }
  CHECK(world.good(get()).status == 200);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("answers in every framing are read, and decide whether the connection is kept") {
  struct Case {
    std::string name;
    std::string bytes;
    std::string body;
    bool kept;
    int status = 200;
    std::size_t stray = 0;  ///< number of bytes after its end
  };
  const Case cases[] = {
      {"length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "hi", true},
      {"length 0", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "", true},
      {"chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n1;x=y\r\ni\r\n0\r\n\r\n", "hi", true},
      {"trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-T: 1\r\n\r\n", "hi", true},
      {"until closed", "HTTP/1.1 200 OK\r\n\r\nhi", "hi", false},
      {"says close", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi", "hi", false},
      {"1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", "hi", false},
      {"1.0 keep-alive", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi", "hi", true},
      {"no reason", "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nhi", "hi", true},
      {"no blank before no reason", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi", "hi", true},
      {"1xx first",
       "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi",
       "hi", true},
      {"204", "HTTP/1.1 204 No Content\r\n\r\n", "", true, 204},
      {"204 with a length", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n", "", true, 204},
      {"204 with a body", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nhi", "", false, 204, 2},
      {"more than its length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhigh", "hi", false, 200, 2},
  };
  for (const bool dripped : {false, true}) {
    for (const Case& one : cases) {
      CAPTURE(one.name);
      CAPTURE(dripped);
      ScriptedServer server({[&](Peer& peer) {
                               static_cast<void>(peer.read_request());
                               // Surplus bytes come together with the last byte of the answer. Later, they would come
                               // after the next request.
                               const std::size_t alone = dripped ? one.bytes.size() - one.stray - 1 : 0;
                               peer.drip(one.bytes.substr(0, alone), 0);
                               peer.write(one.bytes.substr(alone));
                               if (one.name == "until closed") return;
                               if (!peer.read_request().empty()) peer.write(http_answer(200, "second"));
                               peer.hang();
                             },
                             answering([](const std::string&) { return http_answer(200, "second"); })});
      World world(server.url());
      const Response answer = world.good(get());
      CHECK(answer.status == one.status);
      CHECK(answer.body == one.body);
      CHECK(world.good(get("/again")).body == "second");
      CHECK(server.accepted() == (one.kept ? 1 : 2));
      world.client.reset();
      server.wait_for_open(0);
    }
  }
}

TEST_CASE("connections are limited, and all waiting calls are served") {
  ScriptedServer server(answering([](const std::string& request) { return http_answer(200, request.substr(0, 8)); }));
  config::Backend settings = settings_for(server.url());
  settings.own.edit<parley::upstream::Settings>().connections = 3;
  World world(settings);
  std::vector<Request> requests;
  for (int at = 0; at < 60; ++at) requests.push_back(post("/things/" + std::to_string(at), "{}"));
  for (const Result<Response>& result : world.send_many(requests)) CHECK(result.has_value());
  CHECK(server.accepted() == 3);
  CHECK(server.requests().size() == 60);
}

}  // namespace parley::upstream::test
