// Acknowledged writes survive kill -9, and ids stay the same after a restart.
#include <doctest/doctest.h>

#include <string>

#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

Answer register_visitor(Connection& connection, const std::string& token) {
  return connection.ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
                        R"({"visitor": {"token": ")" + token + R"(", "name": "Visitor )" + token + "\"}}");
}

}  // namespace

TEST_CASE("every acknowledged registration survives kill -9" * doctest::skip(!built_with({"rocketchat"}))) {
  const Scratch scratch;
  const std::string config = scratch.write("gateway.yaml", demo_config(scratch / "parley.db", false));
  std::vector<std::string> bodies;
  {
    Served served(program(), config);
    Connection connection(served.port());
    for (int i = 0; i < 200; ++i) {
      const Answer answer = register_visitor(connection, "t" + std::to_string(i));
      REQUIRE(answer.status == 200);
      bodies.push_back(answer.body);
    }
    // Another registration is in flight when the process dies.
    connection.send(request_text("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
                                 R"({"visitor": {"token": "last"}})"));
    served.process().signal(SIGKILL);
    CHECK(served.process().wait().code == 128 + SIGKILL);
  }
  const Served again(program(), config);
  Connection connection(again.port());
  for (int i = 0; i < 200; ++i) {
    const Answer answer = connection.ask("GET", "/api/v1/livechat/visitor/t" + std::to_string(i));
    REQUIRE(answer.status == 200);
    REQUIRE(difference(bodies[static_cast<std::size_t>(i)], answer.body) == "");
  }
  // Guest numbers continue: none is given twice.
  const std::string next = value_at(register_visitor(connection, "fresh").body, "/visitor/username");
  for (const std::string& body : bodies) CHECK(value_at(body, "/visitor/username") != next);
}

TEST_CASE("a restart keeps records, rooms and ids of the demo, and does not load it again" *
          doctest::skip(!built_with({"enghouse", "comm100", "rocketchat"}))) {
  const Scratch scratch;
  const std::string config = scratch.write("gateway.yaml", demo_config(scratch / "parley.db"));
  const std::string agent = "/v4/livechat/agents/c97a2afe-a38f-46f8-a55b-8ac9f873cd09";
  std::string room;
  std::string visitors;
  {
    Served served(program(), config);
    REQUIRE(served.ask("PUT", agent, comm100_headers(), R"({"status": "Meeting"})").status == 200);
    room = value_at(served.ask("GET", "/api/v1/livechat/room?token=iNKE8a6k6cjbqWhWd").body, "/room/_id");
    CHECK(room == "vp3D9H8ud6HYvRpvq");
    visitors = served.ask("GET", "/v4/livechat/visitors", comm100_headers()).body;
    served.process().signal(SIGTERM);
    CHECK(served.process().wait().code == 0);
  }
  const Served again(program(), config);
  CHECK(value_at(again.ask("GET", agent, comm100_headers()).body, "/status") == "Meeting");
  const Answer opened = again.ask("GET", "/api/v1/livechat/room?token=iNKE8a6k6cjbqWhWd");
  CHECK(value_at(opened.body, "/room/_id") == room);
  CHECK(value_at(opened.body, "/newRoom") == "false");
  CHECK(difference(visitors, again.ask("GET", "/v4/livechat/visitors", comm100_headers()).body) == "");
}

TEST_CASE("SIGTERM and SIGINT end the program with code 0, a request in flight answered" *
          doctest::skip(!built_with({"rocketchat"}))) {
  for (const int number : {SIGTERM, SIGINT}) {
    CAPTURE(number);
    const Scratch scratch;
    Served served(program(), scratch.write("gateway.yaml", demo_config(scratch / "parley.db")));
    Connection connection(served.port());
    // 100 Continue shows that the server waits for the body: the request is in flight.
    const std::string body = R"({"visitor": {"token": "in-flight"}})";
    connection.send(
        "POST /api/v1/livechat/visitor HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        "Expect: 100-continue\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n");
    REQUIRE(connection.receive_interim() == 100);
    served.process().signal(number);
    connection.send(body);
    CHECK(connection.receive().status == 200);
    CHECK(connection.closes());
    CHECK(served.process().wait().code == 0);
  }
}

}  // namespace parley::test
