// The calls that need credentials: what they accept, the part of a list that they show, their answers for unknown records.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

constexpr const char* info_path = "/api/v1/livechat/visitors.info";
constexpr const char* search_path = "/api/v1/livechat/visitors.search";
constexpr const char* agents_path = "/api/v1/livechat/users/agent";
constexpr const char* agent_path = "/api/v1/livechat/users/agent/:id";
constexpr const char* status_path = "/api/v1/livechat/agent.status";
constexpr const char* room_info_path = "/api/v1/rooms.info";
constexpr const char* pages_path = "/api/v1/livechat/visitors.pagesVisited/:roomId";

Agent agent(String id, String username, String status) {
  Agent made;
  made.id.text = std::move(id);
  made.username = std::move(username);
  made.status = std::move(status);
  return made;
}

String schema_error(const char* error) {
  return String(R"({"success":false,"error":")") + error + R"( [invalid-params]","errorType":"invalid-params"})";
}

}  // namespace

TEST_CASE("rocketchat visitors.info: a visitor by id") {
  CHECK(Call("8", Method::get, info_path, "visitorId=sGtcfEYz852uguxaS").decoded<GetVisitor>().visitor.text ==
        "sGtcfEYz852uguxaS");
  Call call("8", Method::get, info_path, "");
  CHECK(text(call.refused()) == schema_error("must have required property 'visitorId'"));
  CHECK(text(Call("8", Method::get, info_path, "visitorId=a&x=1").refused()) ==
        schema_error("must NOT have additional properties"));
  CHECK(text(call.rendered({.code = Code::no_such_visitor})) == R"({"success":false,"error":"visitor-not-found"})");
  CHECK(call.rendered({.code = Code::no_such_visitor}).status == 400);
}

TEST_CASE("rocketchat visitors.search: a page of the visitors that match a term") {
  CHECK(text(Call("8", Method::get, search_path, "").refused()) == schema_error("must have required property 'term'"));
  Visitor ada = visitor("a", "ta");
  ada.name = "Ada Lovelace";
  Visitor bob = visitor("b", "tb");
  bob.username = "guest-7";
  bob.emails = {"bob@shop.example"};
  Visitor carl = visitor("c", "tc");
  carl.name = "Carl";
  carl.phones = {"0815"};
  const Outcome all = Page<Visitor>{{ada, bob, carl}};
  struct Case {
    const char* query;
    const char* ids;
    const char* numbers;
  };
  for (const Case& one :
       {Case{"term=", "abc", "3,0,3"}, Case{"term=LOVE", "a", "1,0,1"}, Case{"term=GUEST", "b", "1,0,1"},
        Case{"term=bob%40shop.example", "b", "1,0,1"}, Case{"term=bob%40shop", "", "0,0,0"},
        Case{"term=0815", "c", "1,0,1"}, Case{"term=&offset=1&count=1", "b", "1,1,3"},
        Case{"term=&offset=7", "", "0,7,3"}, Case{"term=&count=0", "abc", "3,0,3"},
        Case{"term=&count=&offset=", "abc", "3,0,3"}, Case{"term=&sort=%7B%7D", "abc", "3,0,3"},
        Case{"term=&sort=", "abc", "3,0,3"}, Case{"term=&sort=%7B%22username%22%3A-1%7D&count=2", "ba", "2,0,3"}}) {
    CAPTURE(one.query);
    Call call("8", Method::get, search_path, one.query);
    CHECK(call.decode().has_value());
    const Value answer = parse(text(call.answered(all)));
    String ids;
    for (const Value& found : answer.find("visitors")->children) ids += found.find("_id")->text;
    CHECK(ids == one.ids);
    CHECK(answer.find("count")->text + "," + answer.find("offset")->text + "," + answer.find("total")->text ==
          one.numbers);
  }
}

TEST_CASE("rocketchat users/agent: a page has at most 100, by default 50") {
  List<Agent> many;
  for (int i = 0; i < 120; ++i) many.push_back(agent("a" + std::to_string(i), "agent", "Online"));
  const auto shown = [&many](const char* query) {
    Call call("8", Method::get, agents_path, query);
    CHECK(call.decode().has_value());
    return parse(text(call.answered(Page<Agent>{many}))).find("users")->children.size();
  };
  CHECK(shown("") == 50);
  CHECK(shown("count=1000") == 100);
  CHECK(shown("count=100&offset=100") == 20);
  CHECK(shown("text=AGE&count=3") == 3);
  CHECK(shown("excludeId=a7&count=0") == 119);
  CHECK(text(Call("8", Method::get, agents_path, "term=a").refused()) ==
        schema_error("must NOT have additional properties"));
}

TEST_CASE("rocketchat users/agent/:id: an unknown agent is null") {
  Call call("8", Method::get, agent_path);
  call.request().parameter("rbAXPnMktTFbNpwtJ");
  CHECK(call.decoded<GetAgent>().agent.text == "rbAXPnMktTFbNpwtJ");
  CHECK(text(call.answered(Ref<Agent>(agent("rbAXPnMktTFbNpwtJ", "rocket.agent", "Away")))) ==
        R"({"user":{"_id":"rbAXPnMktTFbNpwtJ","username":"rocket.agent","status":"away",)"
        R"("statusLivechat":"not-available","livechatCount":0},"success":true})");
  Agent whole = agent("a", "ann", "Online");
  whole.name = "Ann";
  whole.emails = {"ann@shop.example"};
  whole.phone = "0815";
  whole.ongoing_chats = 2;
  whole.most_chats = 5;
  whole.departments = {"66f1a2b3c4d5e6f708192a3c"};
  CHECK(text(call.answered(Ref<Agent>(whole))) ==
        R"({"user":{"_id":"a","username":"ann","name":"Ann","emails":[{"address":"ann@shop.example"}],)"
        R"("phone":[{"phoneNumber":"0815"}],"status":"online","statusLivechat":"available","livechatCount":2,)"
        R"("livechat":{"maxNumberSimultaneousChat":5},"departments":["66f1a2b3c4d5e6f708192a3c"]},"success":true})");
  const http::Reply& nobody = call.rendered({.code = Code::no_such_agent});
  CHECK(nobody.status == 200);
  CHECK(text(nobody) == R"({"user":null,"success":true})");
}

TEST_CASE("rocketchat agent.status: available is Online, not-available is Away") {
  const auto decode = [](const char* body) {
    Call call("8", Method::post, status_path);
    call.request().header("X-User-Id", "demo-rocket-user");
    return call.body(body).decoded<SetAgentStatus>();
  };
  CHECK(decode(R"({"status":"available","agentId":"a"})").status == "Online");
  CHECK(decode(R"({"status":"not-available","agentId":"a"})").status == "Away");
  CHECK(decode(R"({"status":"available","agentId":"a"})").agent.text == "a");
  CHECK(decode(R"({"status":"available"})").agent.text == "demo-rocket-user");
  CHECK(decode(R"({"status":"available","agentId":null})").agent.text == "demo-rocket-user");
  CHECK(decode(R"({"status":"available","agentId":""})").agent.text == "demo-rocket-user");
  const String no_status = schema_error("must have required property 'status'");
  const String no_word = schema_error("must be equal to one of the allowed values");
  const String extra = schema_error("must NOT have additional properties");
  check_refusals("8", status_path,
                 {{"toggling", "{}", no_status.c_str()},
                  {"toggling with null", R"({"status":null})", no_status.c_str()},
                  {"another word", R"({"status":"online"})", no_word.c_str()},
                  {"more", R"({"status":"available","x":1})", extra.c_str()}});
  Call call("8", Method::post, status_path);
  call.body(R"({"status":"available","agentId":"a"})");
  CHECK(text(call.answered(Ref<Agent>(agent("a", "u", "Online")))) == R"({"status":"available","success":true})");
  CHECK(text(call.answered(Ref<Agent>(agent("a", "u", "Meeting")))) == R"({"status":"not-available","success":true})");
  const http::Reply& nobody = call.rendered({.code = Code::no_such_agent});
  CHECK(nobody.status == 404);
  CHECK(text(nobody) == R"({"success":false,"error":"Agent not found"})");
}

TEST_CASE("rocketchat rooms.info: a chat by its id") {
  const auto get = Call("8", Method::get, room_info_path, "roomId=vp3D9H8ud6HYvRpvq").decoded<GetChatContact>();
  CHECK(get.chat.text == "vp3D9H8ud6HYvRpvq");
  CHECK(get.ended_too);
  CHECK(
      text(Call("8", Method::get, room_info_path, "").refused()) ==
      R"({"success":false,"error":"The parameter \"roomId\" or \"roomName\" is required [error-roomid-param-not-provided]","errorType":"error-roomid-param-not-provided"})");
  Call call("8", Method::get, room_info_path, "roomId=r");
  CHECK(
      text(call.rendered({.code = Code::no_such_chat})) ==
      R"({"success":false,"error":"The required \"roomId\" or \"roomName\" param provided does not match any channel [error-room-not-found]","errorType":"error-room-not-found"})");
  CHECK(call.rendered({.code = Code::no_such_chat}).status == 400);
  Call by_name("8", Method::get, room_info_path, "roomName=Ada");
  CHECK(by_name.decode().error().code == Code::no_such_chat);  // a livechat room has no name of its own
  CHECK(Call("8", Method::get, room_info_path, "roomName=Ada&roomId=r").decoded<GetChatContact>().chat.text == "r");
}

TEST_CASE("rocketchat rooms: open rooms by name and department") {
  const auto room = [](const char* id, const char* title, const char* department) {
    Chat chat;
    chat.id.text = id;
    chat.title = title;
    chat.department.text = department;
    chat.state = ChatState::active;
    return chat;
  };
  const Outcome all = Page<Chat>{{room("a", "Ada", "sales"), room("b", "Bob", "sales"), room("c", "Adam", "help")}};
  const auto ids = [&all](const char* query) {
    Call call("8", Method::get, "/api/v1/livechat/rooms", query);
    CHECK(std::holds_alternative<ListChats>(*call.decode()));
    String found;
    const Value answer = parse(text(call.answered(all)));
    for (const Value& one : answer.find("rooms")->children) found += one.find("_id")->text;
    return found + answer.find("total")->text;
  };
  CHECK(ids("") == "abc3");
  CHECK(ids("open=true&count=2&offset=1") == "bc3");
  CHECK(ids("roomName=ada") == "ac2");
  CHECK(ids("departmentId=sales&roomName=ada") == "a1");
  CHECK(ids("open=false") == "0");
}

TEST_CASE("rocketchat pages visited: navigation messages, the newest first") {
  Chat chat;
  chat.id.text = "r";
  Participant& ada = chat.participants.emplace_back();
  ada.id = "v";
  ada.token = "t";
  ada.page_history = {"https://a.example/", "https://a.example/2"};
  ada.landing_page = "https://a.example/";
  ada.landing_title = "Home";
  Call call("8", Method::get, pages_path, "count=1&offset=1");
  call.request().parameter("r");
  CHECK(call.decoded<GetChatContact>().chat.text == "r");
  CHECK(call.decoded<GetChatContact>().ended_too);
  CHECK(
      text(call.answered(Ref<Chat>(chat))) ==
      R"({"pages":[{"rid":"r","t":"livechat_navigation_history","msg":"Home - https://a.example/",)"
      R"("navigation":{"page":{"change":"url","title":"Home","location":{"href":"https://a.example/"}},"token":"t"}}],)"
      R"("count":1,"offset":1,"total":2,"success":true})");
  CHECK(text(call.rendered({.code = Code::no_such_chat})) == R"({"success":false,"error":"invalid-room"})");
  Call whole("8", Method::get, pages_path);
  whole.request().parameter("r");
  const Value pages = parse(text(whole.answered(Ref<Chat>(chat))));
  CHECK(pages.find("pages")->children.at(0).find("msg")->text == " - https://a.example/2");
}

TEST_CASE("rocketchat errors: too many requests, with the seconds to wait") {
  for (const char* profile : {"8", "0.70"}) {
    Call call(profile, Method::get, token_path);
    const http::Reply& reply = call.rendered({.code = Code::rate_limited, .retry_after = 35});
    CHECK(reply.status == 429);
    CHECK(
        text(reply) ==
        R"({"success":false,"error":"Error, too many requests. Please slow down. You must wait 35 seconds before trying this endpoint again. [error-too-many-requests]"})");
    CHECK(header_of(reply, "X-RateLimit-Remaining") == "0");
    CHECK(header_of(reply, "X-RateLimit-Reset").size() == 13);  // milliseconds
    CHECK(text(call.rendered({.code = Code::rate_limited})) ==
          R"({"success":false,"error":"Error, too many requests. Please slow down. [error-too-many-requests]"})");
  }
}

TEST_CASE("rocketchat agents: an online agent who takes no chats is Away, and the document is written back unchanged") {
  struct Case {
    const char* json;
    const char* status;
  };
  for (const Case& one :
       {Case{R"({"_id":"a","status":"online","statusLivechat":"available","livechatCount":1})", "Online"},
        Case{R"({"_id":"a","status":"online","statusLivechat":"not-available","livechatCount":1})", "Away"},
        Case{R"({"_id":"a","statusLivechat":"not-available","status":"online","livechatCount":1})", "Away"},
        Case{R"({"_id":"a","status":"away","statusLivechat":"available","livechatCount":1})", "Away"},
        Case{R"({"_id":"a","status":"offline","statusLivechat":"available","livechatCount":1})", "Offline"},
        Case{R"({"_id":"a","statusLivechat":"available","status":"busy","livechatCount":1})", "Busy"},
        Case{R"({"_id":"a","statusLivechat":"not-available"})", "Away"},
        Case{R"({"_id":"a","status":"online","statusLivechat":null,"livechat":{"maxNumberSimultaneousChat":""}})",
             "Online"},
        Case{R"({"_id":"a","status":"online","livechatCount":1})", "Online"}}) {
    CAPTURE(one.json);
    for (const contract::WireShape& shape : parley::rocketchat::adapter.shapes) {
      if (shape.name != "user") continue;
      shape::Document document;
      REQUIRE(document.parse_json(one.json).has_value());
      Agent read;
      shape::Reading reading;
      shape::read_object(*shape.view, document.root(), &read, reading);
      CHECK(read.status == one.status);
      Buffer out;
      shape::Writer writer(out);
      shape::write_object(*shape.view, &read, writer);
      writer.finish();
      CHECK(out.view() == one.json);
    }
  }
}

}  // namespace parley::test::rocketchat
