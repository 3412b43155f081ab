// List requests: filters, order and page have their effect, and invalid orders and dates are refused as at the vendor.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

constexpr const char* agents_path = "/api/v1/livechat/users/agent";
constexpr const char* rooms_path = "/api/v1/livechat/rooms";
constexpr const char* search_path = "/api/v1/livechat/visitors.search";
constexpr const char* pages_path = "/api/v1/livechat/visitors.pagesVisited/:roomId";

/// The query as a client encodes it.
String encoded(std::string_view text) {
  String made;
  for (const char byte : text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(byte);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                       byte == '&' || byte == '=' || byte == '.';
    plain ? made.append(1, byte) : made.append({'%', digits[value >> 4U], digits[value & 15U]});
  }
  return made;
}

/// The ids that a list shows for a query, and its total: `abc/3`.
String shown(const char* path, const char* list, std::string_view query, const Outcome& all) {
  Call call("8", Method::get, path, encoded(query));
  if (const Result<Operation> made = call.decode(); !made) return String(text(call.rendered(made.error())));
  const Value answer = parse(text(call.answered(all)));
  String ids;
  for (const Value& one : answer.find(list)->children) ids += one.find("_id")->text;
  CHECK(answer.find("count")->text == std::to_string(ids.size()));
  return ids + '/' + answer.find("total")->text;
}

Agent agent(String id, String name, String status) {
  Agent made;
  made.id.text = std::move(id);
  made.username = "user-" + name;
  made.name = std::move(name);
  made.status = std::move(status);
  return made;
}

Time time(const char* text) {
  bool exact = false;
  return *parse_iso(text, exact);
}

Chat room(const char* id, const char* begin, const char* agent, const char* department) {
  Chat made;
  made.id.text = id;
  made.kind = "chat";
  made.state = *agent == '\0' ? ChatState::queued : ChatState::active;
  made.begin_at = time(begin);
  made.agent.text = agent;
  made.department.text = department;
  return made;
}

void extend(Chat& chat, const char* key, const char* json) {
  chat.extensions.push_back({"rocketchat.room", key, json});
}

/// Rooms as a Rocket.Chat server shows them, with members that only Rocket.Chat has.
List<Chat> rooms() {
  List<Chat> all = {
      room("a", "2024-01-01T10:00:00.000Z", "ann-id", "sales"), room("b", "2024-01-03T10:00:00.000Z", "", "help"),
      room("c", "2024-01-02T10:00:00.000Z", "bob-id", ""), room("d", "2023-12-31T10:00:00.000Z", "bob-id", "sales")};
  all[0].title = "Ada & Charles";
  all[0].call_data = {attribute("plan", "Gold card")};
  all[0].participants.emplace_back().id = "ann-id";
  all[0].participants.back().username = "ann";
  all[0].participants.back().is_agent = true;
  all[1].messages = 7;
  all[1].tags = {"vip", "late"};
  extend(all[1], "departmentAncestors", R"(["unit-1"])");
  extend(all[2], "onHold", "true");
  all[3].state = ChatState::ended;
  all[3].end_at = time("2024-01-01T00:00:00.000Z");
  return all;
}

}  // namespace

TEST_CASE("rocketchat rooms: every filter of the vendor's page, order and page") {
  const Outcome all = Page<Chat>{rooms()};
  struct Case {
    const char* query;
    const char* shown;
  };
  for (const Case& one : {
           Case{"", "abcd/4"},
           Case{"agents[]=ann-id", "a/1"},
           Case{"agents[]=ann", "a/1"},
           Case{"agents[]=ann&agents[]=bob-id", "acd/3"},
           Case{"agents=bob-id", "cd/2"},
           Case{"agents[0]=nobody", "/0"},
           // An empty element is the id of nobody: it does not match the rooms that have no agent or department.
           Case{"agents[]=", "/0"},
           Case{"agents=", "/0"},
           Case{"agents[]=&agents[]=ann", "a/1"},
           Case{"departmentId[]=", "/0"},
           Case{"departmentId[]=&departmentId[]=help", "b/1"},
           Case{"departmentId=", "abcd/4"},
           Case{"departmentId=sales", "ad/2"},
           Case{"departmentId[]=sales&departmentId[]=help", "abd/3"},
           Case{"departmentId=undefined", "abcd/4"},
           Case{"departmentId=nowhere", "/0"},
           Case{"open=true", "ab/2"},
           Case{"open=false", "d/1"},
           Case{"open=perhaps", "abcd/4"},
           Case{"onhold=true", "c/1"},
           Case{"onhold=t", "c/1"},
           Case{"onhold=false", "abcd/4"},
           Case{"queued=true", "b/1"},
           Case{"queued=1", "b/1"},
           Case{"queued=false", "abcd/4"},
           Case{"tags[]=vip", "b/1"},
           Case{"tags[]=x&tags[]=late", "b/1"},
           Case{"tags[]=x", "/0"},
           Case{"tags=late", "b/1"},
           Case{"units[]=unit-1", "b/1"},
           Case{"units[]=unit-2", "/0"},
           Case{"roomName=charles", "a/1"},
           Case{R"(createdAt={"start":"2024-01-02T00:00:00.000Z"})", "bc/2"},
           Case{R"(createdAt={"end":"2024-01-01T10:00:00.000Z"})", "ad/2"},
           Case{R"(createdAt={"start":"2024-01-01","end":"2024-01-02"})", "a/1"},
           Case{R"(createdAt={"start":null,"end":""})", "abcd/4"},
           Case{R"(createdAt={})", "abcd/4"},
           Case{R"(closedAt={"start":"2023-01-01"})", "d/1"},
           Case{R"(closedAt={"start":"2025-01-01"})", "/0"},
           Case{R"(customFields={"plan":"gold"})", "a/1"},
           Case{R"(customFields={"plan":"silver"})", "/0"},
           Case{R"(customFields={"plan":"gold","x":"y"})", "/0"},
           Case{R"(customFields={})", "abcd/4"},
           Case{"open=true&departmentId=sales&agents[]=ann", "a/1"},
           Case{R"(sort={"ts":-1})", "bcad/4"},
           Case{R"(sort={"ts":1})", "dacb/4"},
           Case{R"(sort={"departmentId":1,"ts":-1})", "cbad/4"},
           Case{R"(sort={"msgs":-1})", "bacd/4"},
           Case{R"(sort={"servedBy._id":1,"_id":-1})", "badc/4"},
           Case{R"(sort={"nothing":1})", "abcd/4"},
           Case{R"(sort={"ts":-1}&count=2)", "bc/4"},
           Case{R"(sort={"ts":-1}&count=2&offset=3)", "d/4"},
           Case{R"(sort={"ts":-1.0})", "bcad/4"},
           Case{R"(open=true&sort={"ts":1}&offset=1)", "b/2"},
       }) {
    CAPTURE(one.query);
    CHECK(shown(rooms_path, "rooms", one.query, all) == one.shown);
  }
}

TEST_CASE("rocketchat users/agent: filters and order") {
  const Outcome all = Page<Agent>{{agent("1", "Bob", "Away"), agent("2", "ann", "Online"),
                                   agent("3", "Carl", "Offline"), agent("4", "Dora", "Online")}};
  struct Case {
    const char* query;
    const char* shown;
  };
  for (const Case& one : {
           Case{"", "1234/4"}, Case{"onlyAvailable=true", "24/2"}, Case{"onlyAvailable=false", "1234/4"},
           Case{"showIdleAgents=false", "124/3"}, Case{"showIdleAgents=true", "1234/4"},
           Case{"onlyAvailable=true&excludeId=2", "4/1"}, Case{"onlyAvailable=true&text=DOR", "4/1"},
           Case{"text=user-c", "3/1"},
           Case{R"(sort={"name":1})", "1342/4"},  // by code point, as MongoDB compares texts
           Case{R"(sort={"username":-1}&count=1)", "2/4"}, Case{R"(sort={"statusLivechat":1,"_id":-1})", "4231/4"},
           Case{"fields={\"_id\":1}&query={\"name\":\"ann\"}", "1234/4"},  // no effect since 7.0
       }) {
    CAPTURE(one.query);
    CHECK(shown(agents_path, "users", one.query, all) == one.shown);
  }
}

TEST_CASE("rocketchat users/agent: a text is also searched in the addresses of a document") {
  Agent known = agent("1", "Bob", "Away");
  known.extensions.push_back({"rocketchat.agent", "emails", R"([{"address":"robert@shop.example"}])"});
  CHECK(shown(agents_path, "users", "text=ROBERT", Page<Agent>{{known, agent("2", "Ann", "Away")}}) == "1/1");
}

TEST_CASE("rocketchat visitors.search: the list has the requested order") {
  Visitor ada = visitor("a", "ta");
  ada.name = "Ada";
  ada.created_at = time("2024-01-01T10:00:00.000Z");
  Visitor bob = visitor("b", "tb");
  bob.name = "Adam";
  bob.created_at = time("2024-01-03T10:00:00.000Z");
  bob.emails = {"x@shop.example"};
  Visitor carl = visitor("c", "tc");
  carl.name = "Carl";
  const Outcome all = Page<Visitor>{{ada, bob, carl}};
  CHECK(shown(search_path, "visitors", R"(term=&sort={"ts":-1})", all) == "bac/3");
  CHECK(shown(search_path, "visitors", R"(term=ad&sort={"ts":-1})", all) == "ba/2");
  CHECK(shown(search_path, "visitors", R"(term=&sort={"name":-1}&count=1)", all) == "c/3");
  CHECK(shown(search_path, "visitors", R"(term=&sort={"visitorEmails.address":-1})", all) == "bac/3");
}

TEST_CASE("rocketchat pages visited: the pages have the requested order") {
  Chat chat;
  chat.id.text = "r";
  Participant& ada = chat.participants.emplace_back();
  ada.page_history = {"https://a.example/c", "https://a.example/a", "https://a.example/b"};
  const auto pages = [&chat](std::string_view query) {
    Call call("8", Method::get, pages_path, encoded(query));
    call.request().parameter("r");
    CHECK(call.decode().has_value());
    const Value answer = parse(text(call.answered(Ref<Chat>(chat))));
    String shown;
    for (const Value& one : answer.find("pages")->children) {
      CHECK(one.find("ts") == nullptr);  // the canonical model keeps no time of a page
      shown += one.find("msg")->text.back();
    }
    return shown + '/' + answer.find("total")->text;
  };
  CHECK(pages("") == "bac/3");
  CHECK(pages(R"(sort={"ts":-1})") == "bac/3");
  CHECK(pages(R"(sort={"ts":1})") == "cab/3");
  CHECK(pages(R"(sort={"ts":1}&offset=1&count=1)") == "a/3");
  CHECK(pages(R"(sort={"msg":1})") == "abc/3");
}

TEST_CASE("rocketchat lists: an invalid order is refused as at the vendor") {
  for (const char* bad : {"zzz", "{", "{\"ts\":2}", "{\"ts\":\"1\"}", "{\"ts\":null}", "{\"ts\":true}", "null",
                          "\"ts\"", "[\"ts\"]", "{\"ts\":1}x", "undefined"}) {
    CAPTURE(bad);
    for (const auto& [path, query] : {std::pair(rooms_path, "sort="), std::pair(agents_path, "sort="),
                                      std::pair(search_path, "term=&sort="), std::pair(pages_path, "sort=")}) {
      Call call("8", Method::get, path, query + encoded(bad));
      call.request().parameter("r");
      const http::Reply& reply = call.refused();
      CHECK(reply.status == 400);
      const Value answer = parse(text(reply));
      CHECK(answer.find("success")->text == "false");
      CHECK(answer.find("error")->text ==
            "Invalid sort parameter provided: \"" + String(bad) + "\" [error-invalid-sort]");
      CHECK(answer.find("errorType")->text == "error-invalid-sort");
      CHECK(answer.find("details")->find("helperMethod")->text == "parseJsonQuery");
    }
  }
  // In 0.70 the exception itself is the document.
  Call old("0.70", Method::get, rooms_path, "sort=zzz");
  CHECK(text(old.refused()) ==
        R"({"isClientSafe":true,"error":"error-invalid-sort","reason":"Invalid sort parameter provided: \"zzz\"",)"
        R"("details":{"helperMethod":"parseJsonQuery"},"message":"Invalid sort parameter provided: \"zzz\" )"
        R"([error-invalid-sort]","errorType":"Meteor.Error","success":false})");
}

TEST_CASE("rocketchat lists: an order has at most 32 keys, as in MongoDB") {
  const auto order = [](int keys) {
    String text = "sort={";
    for (int i = 0; i < keys; ++i) text.append(i == 0 ? "" : ",").append("\"k" + std::to_string(i) + "\":1");
    return text + '}';
  };
  Call most("8", Method::get, rooms_path, encoded(order(32)));
  CHECK(most.decode().has_value());
  Call more("8", Method::get, rooms_path, encoded(order(33)));
  const http::Reply& reply = more.refused();
  CHECK(reply.status == 400);
  CHECK(parse(text(reply)).find("errorType")->text == "error-invalid-sort");
}

TEST_CASE("rocketchat lists: values that the vendor's validators and handlers refuse") {
  const auto schema = [](const char* error) {
    return String(R"({"success":false,"error":")") + error + R"( [invalid-params]","errorType":"invalid-params"})";
  };
  const auto plain = [](const char* error) { return String(R"({"success":false,"error":"The \")") + error + R"("})"; };
  struct Case {
    const char* path;
    const char* query;
    String answer;
  };
  for (const Case& one : {
           Case{rooms_path, "count=x", schema("must be number")},
           Case{rooms_path, "offset=1x", schema("must be number")},
           Case{rooms_path, "offset=-1", schema("must be >= 0")},
           Case{rooms_path, "count=1&count=2", schema("must be number")},
           Case{rooms_path, "agents[a]=b", schema("must be array")},
           Case{rooms_path, "roomName=a&roomName=b", schema("must be string")},
           Case{rooms_path, "text=a", schema("must NOT have additional properties")},
           Case{agents_path, "onlyAvailable=yes", schema("must be boolean")},
           Case{agents_path, "showIdleAgents=1", schema("must be boolean")},
           Case{search_path, "term=&fields={}", schema("must NOT have additional properties")},
           Case{search_path, "term=&query={}", schema("must NOT have additional properties")},
           Case{rooms_path, R"(createdAt={"start":"soon"})",
                plain(R"(createdAt.start\" query parameter must be a valid date.)")},
           Case{rooms_path, R"(closedAt={"end":5})", plain(R"(closedAt.end\" query parameter must be a valid date.)")},
           Case{rooms_path, "createdAt=yesterday", plain(R"(createdAt\" query parameter must be a valid JSON.)")},
           Case{rooms_path, "customFields=x", plain(R"(customFields\" query parameter must be a valid JSON.)")},
       }) {
    CAPTURE(one.query);
    Call call("8", Method::get, one.path, encoded(one.query));
    const http::Reply& reply = call.refused();
    CHECK(reply.status == 400);
    CHECK(text(reply) == one.answer);
  }
}

}  // namespace parley::test::rocketchat
