// Lists with filters, order and page over `kind: rocketchat`: the server gets the client's parameters, and its page is not filtered
// again.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/connector/upstream_world.hpp"
#include "tests/support/running.hpp"

namespace parley::test::rocketchat {
namespace {

/// A gateway with a Rocket.Chat facade over a scripted Rocket.Chat server.
struct Behind {
  explicit Behind(Answers answers, const std::string& loss = "warn")
      : vendor(std::move(answers)),
        gateway("server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {far: {kind: rocketchat, url: \"" +
                vendor.url() +
                "\", auth: none}}\nroutes:\n  - {facade: rocketchat, backend: far, auth: none, loss: " + loss + "}\n") {
  }
  [[nodiscard]] std::string ask(const std::string& target) const { return gateway.ask("GET", target).body; }

  Vendor vendor;
  Running gateway;
};

}  // namespace

TEST_CASE("rocketchat connector: the parameters of a client's list request reach the server") {
  struct Case {
    const char* asked;
    const char* sent;
    const char* answer;
    const char* shown;
  };
  for (
      const Case& one : {
          Case{
              "/api/v1/livechat/users/"
              "agent?onlyAvailable=true&text=a&excludeId=x&showIdleAgents=false&sort=%7B%22name%22"
              "%3A-1%7D&offset=2&count=3&fields=%7B%7D",
              "/api/v1/livechat/users/"
              "agent?onlyAvailable=true&text=a&excludeId=x&showIdleAgents=false&sort=%7B%22name%22"
              "%3A-1%7D&offset=2&count=3",
              R"({"users":[{"_id":"ann","statusLivechat":"available"}],"count":1,"offset":2,"total":3,"success":true})",
              R"({"users":[{"_id":"ann","statusLivechat":"available"}],"count":1,"offset":2,"total":3,"success":true})"},
          // A record is shown although its document does not match the term: the server may look at more than the document.
          Case{"/api/v1/livechat/visitors.search?term=ada",
               "/api/v1/livechat/visitors.search?term=ada&offset=0&count=50",
               R"({"visitors":[{"_id":"b","name":"Bob"}],"count":1,"offset":0,"total":101,"success":true})",
               R"({"visitors":[{"_id":"b","name":"Bob"}],"count":1,"offset":0,"total":101,"success":true})"},
          Case{
              "/api/v1/livechat/rooms?tags%5B%5D=vip&agents=ann&departmentId=d&onhold=true&open=false&"
              "roomName=r&units%5B0%5D=u&createdAt=%7B%7D&closedAt=%7B%7D&customFields=%7B%22a%22%3A%22b%22%7D&count="
              "500",
              "/api/v1/livechat/"
              "rooms?tags%5B%5D=vip&agents%5B%5D=ann&departmentId=d&onhold=true&open=false&"
              "roomName=r&units%5B%5D=u&createdAt=%7B%7D&closedAt=%7B%7D&customFields=%7B%22a%22%3A%22b%22%7D&offset=0&"
              "count=100",
              R"({"rooms":[{"_id":"r","t":"l","tags":["vip"],"onHold":true,"departmentId":"d","servedBy":{"_id":"ann"}}],"count":1,"offset":0,"total":1,"success":true})",
              R"({"rooms":[{"_id":"r","t":"l","tags":["vip"],"onHold":true,"departmentId":"d","servedBy":{"_id":"ann"}}],"count":1,"offset":0,"total":1,"success":true})"},
          Case{"/api/v1/livechat/rooms?departmentId=a&departmentId=b",
               "/api/v1/livechat/rooms?departmentId%5B%5D=a&departmentId%5B%5D=b&offset=0&count=50",
               R"({"rooms":[],"count":0,"offset":0,"total":0,"success":true})",
               R"({"rooms":[],"count":0,"offset":0,"total":0,"success":true})"},
      }) {
    CAPTURE(one.asked);
    const Behind behind(Answers{{std::string("GET ") + one.sent, {json_answer(200, one.answer)}}});
    const Value shown = parse(behind.ask(one.asked));
    const Value expected = parse(one.shown);
    CHECK(behind.vendor.requests().size() == 1);
    for (const char* number : {"count", "offset", "total"}) {
      CAPTURE(number);
      REQUIRE(shown.find(number) != nullptr);
      CHECK(shown.find(number)->text == expected.find(number)->text);
    }
    for (const char* list : {"users", "visitors", "rooms"}) {
      if (expected.find(list) == nullptr) continue;
      REQUIRE(shown.find(list)->children.size() == expected.find(list)->children.size());
      for (std::size_t i = 0; i < expected.find(list)->children.size(); ++i) {
        CHECK(shown.find(list)->children[i].find("_id")->text == expected.find(list)->children[i].find("_id")->text);
      }
    }
  }
}

TEST_CASE("rocketchat connector: if a server does not know a parameter, or pages, the whole list is read") {
  const std::string refused =
      R"({"success":false,"error":"must NOT have additional properties [invalid-params]","errorType":"invalid-params"})";
  const std::string both = R"({"rooms":[{"_id":"a","t":"l","open":true,"servedBy":{"_id":"ann"}},{"_id":"b","t":"l",)"
                           R"("open":true}],"count":2,"offset":0,"total":2,"success":true})";
  {
    const Behind behind(
        Answers{{"GET /api/v1/livechat/rooms?queued=true&offset=0&count=50", {json_answer(400, refused)}},
                {"GET /api/v1/livechat/rooms?open=true&offset=0&count=100", {json_answer(200, both)}}});
    const Value shown = parse(behind.ask("/api/v1/livechat/rooms?queued=true"));
    REQUIRE(shown.find("rooms")->children.size() == 1);
    CHECK(shown.find("rooms")->children[0].find("_id")->text == "b");
    CHECK(shown.find("total")->text == "1");
  }
  {
    // A server of version 4 ignores unknown parameters.
    const std::string all =
        R"({"users":[{"_id":"a","statusLivechat":"not-available"},{"_id":"b","statusLivechat":"available"}],)"
        R"("count":2,"offset":0,"total":2,"success":true})";
    const Behind behind(
        Answers{{"GET /api/v1/livechat/users/agent?onlyAvailable=true&offset=0&count=50", {json_answer(200, all)}},
                {"GET /api/v1/livechat/users/agent?offset=0&count=100", {json_answer(200, all)}}});
    const Value shown = parse(behind.ask("/api/v1/livechat/users/agent?onlyAvailable=true"));
    REQUIRE(shown.find("users")->children.size() == 1);
    CHECK(shown.find("users")->children[0].find("_id")->text == "b");
    CHECK(shown.find("total")->text == "1");
  }
  {
    // A server of 0.70 gives all its users, whatever the parameters.
    const Behind behind(Answers{{"GET /api/v1/livechat/users/agent?onlyAvailable=true&offset=1&count=1",
                                 {json_answer(200, R"({"users":[{"_id":"a","statusLivechat":"available"},{"_id":"b",)"
                                                   R"("statusLivechat":"not-available"},{"_id":"c","statusLivechat":)"
                                                   R"("available"}],"success":true})")}}});
    const Value shown = parse(behind.ask("/api/v1/livechat/users/agent?onlyAvailable=true&offset=1&count=1"));
    REQUIRE(shown.find("users")->children.size() == 1);
    CHECK(shown.find("users")->children[0].find("_id")->text == "c");
    CHECK(shown.find("total")->text == "2");
  }
  for (const char* total : {"18446744073709551615", "-1", "1e3", "\"2\""}) {
    // No list can have such a total, so it counts as absent.
    CAPTURE(total);
    const std::string odd = R"({"users":[{"_id":"a"},{"_id":"b"}],"count":2,"offset":0,"total":)" + std::string(total) +
                            R"(,"success":true})";
    const Behind behind(Answers{{"GET /api/v1/livechat/users/agent?offset=0&count=50", {json_answer(200, odd)}},
                                {"GET /api/v1/livechat/users/agent?offset=0&count=100", {json_answer(200, odd)}}});
    CHECK(parse(behind.ask("/api/v1/livechat/users/agent")).find("total")->text == "2");
  }
  {
    const Behind behind(
        Answers{{"GET /api/v1/livechat/rooms?offset=0&count=50",
                 {json_answer(400, R"({"success":false,"error":"must be number [invalid-params]"})")}}});
    CHECK(behind.gateway.ask("GET", "/api/v1/livechat/rooms").status == 502);
    CHECK(behind.vendor.requests().size() == 1);
  }
}

TEST_CASE("rocketchat connector: an element that cannot be read is a loss, and is refused on a lossless route") {
  const struct {
    const char* target;
    const char* list;
    const char* whole;  ///< an element that is shown
  } lists[] = {
      {"/api/v1/livechat/visitors.search?term=&offset=0&count=50", "visitors", R"({"_id":"b","token":"t"})"},
      {"/api/v1/livechat/users/agent?offset=0&count=50", "users", R"({"_id":"b","username":"bob"})"},
      {"/api/v1/livechat/rooms?offset=0&count=50", "rooms", R"({"_id":"b","t":"l","open":true})"},
  };
  const struct {
    const char* name;
    const char* element;
  } elements[] = {
      {"null", "null"},
      {"a text", "\"a\""},
      {"a list", "[]"},
      {"an empty object", "{}"},
      {"no id", R"({"username":"guest-1","t":"l"})"},
      {"an empty id", R"({"_id":""})"},
      {"a number for an id", R"({"_id":5})"},
      {"a key that was not valid Unicode", R"({"_id\ud83d":"a"})"},
  };
  for (const auto& list : lists) {
    for (const auto& element : elements) {
      CAPTURE(list.list);
      CAPTURE(element.name);
      const std::string answer = std::string("{\"") + list.list + "\":[" + element.element + ',' + list.whole +
                                 R"(],"count":2,"offset":0,"total":2,"success":true})";
      const Behind behind(Answers{{std::string("GET ") + list.target, {json_answer(200, answer)}}});
      const Answer shown = behind.gateway.ask("GET", list.target);
      CHECK(shown.status == 200);
      CHECK(parse(shown.body).find(list.list)->children.size() == 1);
      CHECK(shown.header("Parley-Loss").find(list.list) != std::string::npos);
      const Behind strict(Answers{{std::string("GET ") + list.target, {json_answer(200, answer)}}}, "lossless");
      CHECK(strict.gateway.ask("GET", list.target).status == 400);
    }
  }
  const std::string target = "/api/v1/omnichannel/contacts.channels?contactId=c";
  const std::string answer = R"({"channels":[null,{"name":"api","visitor":{"visitorId":"v"}}],"success":true})";
  const Behind behind(Answers{{"GET " + target, {json_answer(200, answer)}}});
  const Answer shown = behind.gateway.ask("GET", target);
  CHECK(parse(shown.body).find("channels")->children.size() == 1);
  CHECK(shown.header("Parley-Loss") == "channels");
}

TEST_CASE("rocketchat connector: a broken element is no loss where the list is only searched for another one") {
  // A version-5 UUID represents an id that did not fit into a guid, and is looked for in the list.
  const std::string list = R"({"users":[null,{"_id":"an agent by another name"}],"count":2,"offset":0,"total":2,)"
                           R"("success":true})";
  Vendor vendor(Answers{{"GET /api/v1/livechat/users/agent?offset=0&count=100", {json_answer(200, list)}}});
  TestSession session(backend_settings(vendor.url()));
  const String id = ids::format(ids::to_guid("an agent by another name"));
  CHECK(session.get<Ref<Agent>>(GetAgent{.agent = {id}})->id.text == "an agent by another name");
  CHECK(session.lost().empty());
}

TEST_CASE("rocketchat connector: an invalid order is refused before the server is asked") {
  const Behind behind(Answers{});
  CHECK(behind.gateway.ask("GET", "/api/v1/livechat/rooms?sort=zzz").status == 400);
  CHECK(behind.vendor.requests().empty());
}

TEST_CASE("rocketchat connector: all page visits of a room are read, a hundred at a time") {
  const auto pages = [](int from, int count) {
    std::string list;
    for (int i = 0; i < count; ++i) {
      list += (i == 0 ? "" : ",") + std::string(R"({"navigation":{"page":{"title":"t)") + std::to_string(from - i) +
              R"(","location":{"href":"https://a.example/)" + std::to_string(from - i) + R"("}}}})";
    }
    return json_answer(200, R"({"pages":[)" + list + R"(],"total":150,"success":true})");
  };
  const std::string target = "GET /api/v1/livechat/visitors.pagesVisited/r?";
  const Behind behind(
      {{"GET /api/v1/rooms.info?roomId=r",
        {json_answer(200, R"({"room":{"_id":"r","t":"l","open":true,"v":{"_id":"v","token":"t"}},)"
                          R"("success":true})")}},
       {"GET /api/v1/livechat/visitor/t", {json_answer(200, R"({"visitor":{"_id":"v","token":"t"},"success":true})")}},
       {target + "count=100", {pages(149, 100)}},
       {target + "offset=100&count=100", {pages(49, 50)}}});
  const Value shown = parse(behind.ask("/api/v1/livechat/visitors.pagesVisited/r?offset=120&count=10"));
  CHECK(shown.find("total")->text == "150");
  REQUIRE(shown.find("pages")->children.size() == 10);
  CHECK(shown.find("pages")->children[0].find("msg")->text == " - https://a.example/29");
  const Value oldest = parse(behind.ask("/api/v1/livechat/visitors.pagesVisited/r?count=1&sort=%7B%22ts%22%3A1%7D"));
  REQUIRE(oldest.find("pages")->children.size() == 1);
  CHECK(oldest.find("pages")->children[0].find("msg")->text == "t0 - https://a.example/0");
}

}  // namespace parley::test::rocketchat
