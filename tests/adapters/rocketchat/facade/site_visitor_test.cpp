// Presence and deletion of visitors, offline messages, and the agent who may greet, in both profiles.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

constexpr const char* status_path = "/api/v1/livechat/visitor.status";
constexpr const char* misspelt_path = "/api/v1/livechat/visitors.status";
constexpr const char* offline_path = "/api/v1/livechat/offline.message";
constexpr const char* next_path = "/api/v1/livechat/agent.next/:token";

String schema_error(const char* error) {
  return String(R"({"success":false,"error":")") + error + R"( [invalid-params]","errorType":"invalid-params"})";
}

Agent agent(const char* id, const char* status, std::int64_t chats, List<Text> departments = {}) {
  Agent made;
  made.id.text = id;
  made.username = String(id) + ".name";
  made.emails = {"private@shop.example"};
  made.phone = "0815";
  made.status = status;
  made.ongoing_chats = chats;
  made.departments = std::move(departments);
  return made;
}

}  // namespace

TEST_CASE("rocketchat visitor.status: the answer repeats token and status") {
  for (const char* profile : {"8", "0.70"}) {
    for (const char* path : {status_path, misspelt_path}) {
      CAPTURE(path);
      Call call(profile, Method::post, path);
      call.body(R"({"token":"t","status":"away"})");
      const auto set = call.decoded<SetPresence>();
      CHECK(set.token == "t");
      CHECK(set.presence == Presence::away);
      CHECK(text(call.answered(Ref<Visitor>(visitor("v", "t")))) == R"({"token":"t","status":"away","success":true})");
    }
    CHECK(Call(profile, Method::post, status_path)
              .body(R"({"token":"t","status":"online"})")
              .decoded<SetPresence>()
              .presence == Presence::online);
  }
  Call unknown("8", Method::post, status_path);
  CHECK(text(unknown.rendered({.code = Code::no_such_visitor})) ==
        R"({"success":false,"error":"[invalid-token]","errorType":"invalid-token"})");
}

TEST_CASE("rocketchat visitor.status: refused bodies") {
  const String no_token = schema_error("must have required property 'token'");
  const String no_status = schema_error("must have required property 'status'");
  const String word = schema_error("must be equal to one of the allowed values");
  check_refusals("8", status_path,
                 {{"empty object", "{}", no_token.c_str()},
                  {"no status", R"({"token":"t"})", no_status.c_str()},
                  {"another word", R"({"token":"t","status":"invisible"})", word.c_str()},
                  {"an empty word", R"({"token":"t","status":""})", word.c_str()},
                  {"null", R"({"token":"t","status":null})", word.c_str()},
                  {"an empty token", R"({"token":"","status":"away"})",
                   R"({"success":false,"error":"[invalid-token]","errorType":"invalid-token"})"}});
}

TEST_CASE("rocketchat visitor deletion: who was deleted, and when") {
  for (const char* profile : {"8", "0.70"}) {
    Call call(profile, Method::del, token_path);
    call.request().parameter("iNKE8a6k6cjbqWhWd");
    const auto erase = call.body("{}").decoded<DeleteVisitor>();
    CHECK(erase.token == "iNKE8a6k6cjbqWhWd");
    CHECK(erase.visitor.empty());
    CHECK(text(call.answered(ErasedVisitor{.visitor = {"v"}, .at = Time::at(1'704'164'645'678)})) ==
          R"({"visitor":{"_id":"v","ts":"2024-01-02T03:04:05.678Z"},"success":true})");
  }
  Call call("8", Method::del, token_path);
  CHECK(text(call.rendered({.code = Code::no_such_visitor})) ==
        R"({"success":false,"error":"[invalid-token]","errorType":"invalid-token"})");
  CHECK(
      text(call.rendered({.code = Code::visitor_has_open_chat})) ==
      R"({"success":false,"error":"Cannot remove visitors with opened rooms [visitor-has-open-rooms]","errorType":"visitor-has-open-rooms"})");
  Call old("0.70", Method::del, token_path);
  CHECK(
      text(old.rendered({.code = Code::visitor_has_open_chat})) ==
      R"({"isClientSafe":true,"error":"visitor-has-open-rooms","reason":"Cannot remove visitors with opened rooms","message":"Cannot remove visitors with opened rooms [visitor-has-open-rooms]","errorType":"Meteor.Error","success":false})");
}

TEST_CASE("rocketchat offline.message: what the widget sends, and what it reads") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    Call call(profile, Method::post, offline_path);
    call.body(
        R"({"name":"Ann","email":" ann@shop.example ","department":"","message":"Call me.","host":"https://shop.example"})");
    const auto left = call.decoded<LeaveOfflineMessage>().message;
    CHECK(left.name == "Ann");
    CHECK(left.email == "ann@shop.example");
    CHECK(left.text == "Call me.");
    CHECK(left.host == "https://shop.example");
    CHECK(left.department.empty());
    OfflineMessage stored;
    stored.id.text = "m";
    CHECK(text(call.answered(Ref<OfflineMessage>(stored))) ==
          R"({"message":"Livechat offline message sent","success":true})");
  }
  CHECK(Call("8", Method::post, offline_path)
            .body(R"({"name":"Ann","email":"ann@shop.example","message":"m","department":"sales"})")
            .decoded<LeaveOfflineMessage>()
            .message.department.text == "sales");
}

TEST_CASE("rocketchat offline.message: a message that nobody could answer is refused") {
  const auto refusal = [](const char* profile, const char* body) {
    Call call(profile, Method::post, offline_path);
    const http::Reply& reply = call.body(body).refused();
    CHECK(reply.status == 400);
    return String(text(reply));
  };
  const String long_text(65'537, 'x');
  const String too_long = R"({"name":"Ann","email":"ann@shop.example","message":")" + long_text + "\"}";
  for (const char* body :
       {R"({"name":"Ann","email":"ann","message":"m"})", R"({"name":"Ann","email":"ann@","message":"m"})",
        R"({"name":"Ann","email":"@shop.example","message":"m"})", R"({"name":"Ann","email":"a b@c","message":"m"})",
        R"({"name":" ","email":"ann@shop.example","message":"m"})",
        R"({"name":"Ann","email":"ann@shop.example","message":""})",
        R"({"name":"Ann","email":"ann@shop.example","message":"a\u0000b"})", too_long.c_str()}) {
    CAPTURE(String(body).substr(0, 80));
    CHECK(
        refusal("8", body) ==
        R"({"success":false,"error":"Error sending Omnichannel offline message","message":"Error sending Omnichannel offline message"})");
    CHECK(refusal("0.70", body) == R"({"message":"Error sending Omnichannel offline message","success":false})");
  }
  CHECK(refusal("8", R"({"name":"Ann"})") == schema_error("must have required property 'email'"));
  CHECK(parse(refusal("0.70", R"({"name":"Ann"})")).find("message")->text == "Match error: Missing key 'email'");
}

TEST_CASE("rocketchat agent.next: the available agent with the fewest chats, without what visitors must not see") {
  const Outcome all = Page<Agent>{{agent("offline", "Offline", 0), agent("busy", "Online", 2, {"sales"}),
                                   agent("free", "Online", 1, {"support", "billing"}), agent("away", "Away", 0)}};
  const auto shown = [&all](const char* query) {
    Call call("8", Method::get, next_path, query);
    call.request().parameter("t");
    return String(text(call.answered(all)));
  };
  const String free = R"({"agent":{"_id":"free","username":"free.name","status":"online"},"success":true})";
  CHECK(shown("") == free);
  CHECK(shown("department=") == free);
  CHECK(shown("department=undefined") == free);
  CHECK(shown("department=billing") == free);
  CHECK(shown("department=sales") ==
        R"({"agent":{"_id":"busy","username":"busy.name","status":"online"},"success":true})");
  CHECK_THROWS(shown("department=nobody"));
  Call call("8", Method::get, next_path);
  CHECK(text(call.rendered({.code = Code::no_such_agent})) == R"({"success":false,"error":"agent-not-found"})");
  CHECK(call.rendered({.code = Code::no_such_agent}).status == 400);
}

}  // namespace parley::test::rocketchat
