// The calls by which integrators note something of a room and its visitor, ask for a transcript, and write messages of a visitor.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

constexpr const char* save_path = "/api/v1/livechat/room.saveInfo";
constexpr const char* transcript_path = "/api/v1/livechat/transcript/:rid";
constexpr const char* messages_path = "/api/v1/livechat/messages";

String plain(const char* name) { return String(R"({"success":false,"error":")") + name + "\"}"; }
String coded(const char* reason, const char* name) {
  return String(R"({"success":false,"error":")") + reason + " [" + name + R"(]","errorType":")" + name + "\"}";
}
String schema_error(const char* error) { return coded(error, "invalid-params"); }

ChangeChat saved(const char* body, const config::Route& of = route()) {
  return Call(of, Method::post, save_path).body(body).decoded<ChangeChat>();
}

/// By the agent `a`, about the room `r`.
struct TranscriptCall : Call {
  explicit TranscriptCall(Method method, const char* profile = "8") : Call(profile, method, transcript_path) {
    request().header("X-User-Id", "a").parameter("r");
  }
};

}  // namespace

TEST_CASE("rocketchat room.saveInfo: what a body says becomes a change of the room and of the visitor") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    const ChangeChat change = saved(
        R"({"guestData":{"_id":"v","name":" Ann ","email":"ann@shop.example","phone":"0815","livechatData":{"plan":"gold"}},
            "roomData":{"_id":"r","topic":" A parcel ","tags":["late","","x"],"livechatData":{"order":4711}}})",
        route(profile));
    CHECK(change.chat.id.text == "r");
    CHECK_FALSE(change.chat.token.has_value());
    CHECK(change.visitor.text == "v");
    CHECK(*change.name == "Ann");
    CHECK(*change.email == "ann@shop.example");
    CHECK(*change.phone == "0815");
    CHECK(*change.topic == "A parcel");
    CHECK(*change.tags == List<Text>{"late", "x"});
    CHECK(change.fields.at(0).name == "order");
    CHECK(change.fields.at(0).value == "4711");
    CHECK(change.fields.at(0).overwrite);
    CHECK(change.visitor_fields.at(0).name == "plan");
    CHECK(change.visitor_fields.at(0).value == "gold");
  }
}

TEST_CASE("rocketchat room.saveInfo: absent and null leave a value, empty removes it") {
  const ChangeChat bare = saved(R"({"guestData":{"_id":"v"},"roomData":{"_id":"r"}})");
  CHECK_FALSE(bare.name.has_value());
  CHECK_FALSE(bare.email.has_value());
  CHECK_FALSE(bare.phone.has_value());
  CHECK_FALSE(bare.topic.has_value());
  CHECK_FALSE(bare.tags.has_value());
  CHECK(bare.fields.empty());
  const ChangeChat nulls = saved(
      R"({"guestData":{"_id":"v","email":null,"livechatData":null},"roomData":{"_id":"r","topic":null,"tags":null}})");
  CHECK_FALSE(nulls.email.has_value());
  CHECK_FALSE(nulls.topic.has_value());
  CHECK_FALSE(nulls.tags.has_value());
  const ChangeChat empty =
      saved(R"({"guestData":{"_id":"v","email":" ","phone":""},"roomData":{"_id":"r","topic":"","tags":[]}})");
  CHECK((empty.email.has_value() && empty.email->empty()));
  CHECK((empty.phone.has_value() && empty.phone->empty()));
  CHECK((empty.topic.has_value() && empty.topic->empty()));
  CHECK((empty.tags.has_value() && empty.tags->empty()));
}

TEST_CASE("rocketchat room.saveInfo: fields that the route does not keep, and priorities, are losses") {
  config::Route of = route();
  of.own.edit<parley::rocketchat::RouteSettings>().custom_fields = {"order"};
  Call call(of, Method::post, save_path);
  call.body(
      R"({"guestData":{"_id":"v","livechatData":{"plan":"gold"}},"roomData":{"_id":"r","livechatData":{"order":"1","x":"2"},"priorityId":"p","slaId":""}})");
  const auto change = call.decoded<ChangeChat>();
  CHECK(change.visitor_fields.empty());
  REQUIRE(change.fields.size() == 1);
  CHECK(change.fields.front().name == "order");
  const http::Reply& reply = call.answered(Ref<Chat>(Chat{}));
  CHECK(text(reply) == R"({"success":true})");
  String lost;
  for (const shape::Loss& one : reply.losses) lost.append(one.member.view()).append(" ");
  CHECK(lost == "chat.call_data.x visitor.attributes.plan chat.priority ");
}

TEST_CASE("rocketchat room.saveInfo: refusals") {
  const String no_guest = schema_error("must have required property 'guestData'");
  const String no_id = schema_error("must have required property '_id'");
  const String more = schema_error("must NOT have additional properties");
  const String object = schema_error("must be object");
  const String string = schema_error("must be string");
  const String list = schema_error("must be array");
  const String nobody = plain("error-invalid-visitor");
  const String no_room = plain("error-invalid-room");
  const String nul = plain("error-invalid-character");
  const String long_name =
      R"({"guestData":{"_id":"v","name":")" + String(65'537, 'x') + R"("},"roomData":{"_id":"r"}})";
  const String too_long = plain("error-message-size-exceeded");
  check_refusals(
      "8", save_path,
      {{"empty", "{}", no_guest.c_str()},
       {"no id", R"({"guestData":{},"roomData":{"_id":"r"}})", no_id.c_str()},
       {"unknown member", R"({"guestData":{"_id":"v","sms":1},"roomData":{"_id":"r"}})", more.c_str()},
       {"unknown member of the body", R"({"guestData":{"_id":"v"},"roomData":{"_id":"r"},"x":1})", more.c_str()},
       {"fields as a list", R"({"guestData":{"_id":"v","livechatData":[]},"roomData":{"_id":"r"}})", object.c_str()},
       {"a field that is no text", R"({"guestData":{"_id":"v","livechatData":{"a":{}}},"roomData":{"_id":"r"}})",
        string.c_str()},
       {"a tag that is no text", R"({"guestData":{"_id":"v"},"roomData":{"_id":"r","tags":[[]]}})", string.c_str()},
       {"tags as text", R"({"guestData":{"_id":"v"},"roomData":{"_id":"r","tags":"a"}})", list.c_str()},
       {"no visitor", R"({"guestData":{"_id":""},"roomData":{"_id":"r"}})", nobody.c_str()},
       {"no room", R"({"guestData":{"_id":"v"},"roomData":{"_id":""}})", no_room.c_str()},
       {"U+0000", R"({"guestData":{"_id":"v"},"roomData":{"_id":"r","topic":"a\u0000"}})", nul.c_str()},
       {"U+0000 in a field's name",
        R"({"guestData":{"_id":"v","livechatData":{"a\u0000":"b"}},"roomData":{"_id":"r"}})", nul.c_str()},
       {"a long name", long_name.c_str(), too_long.c_str()}});
  Call call("8", Method::post, save_path);
  CHECK(text(call.rendered({.code = Code::no_such_chat})) == no_room);
  CHECK(text(call.rendered({.code = Code::no_such_visitor})) == nobody);
}

TEST_CASE("rocketchat transcript of a room: who asks, and for which address") {
  for (const char* profile : {"8", "0.70"}) {
    TranscriptCall call(Method::post, profile);
    const auto asked = call.body(R"({"email":"ann@shop.example","subject":"Your chat"})").decoded<RequestTranscript>();
    CHECK(asked.chat.id.text == "r");
    CHECK(asked.by.kind == ActorKind::agent);
    CHECK(asked.by.id == "a");
    CHECK(asked.email == "ann@shop.example");
    CHECK(asked.subject == "Your chat");
    CHECK_FALSE(asked.withdraw);
    CHECK(text(call.answered(Ref<Chat>(Chat{}))) == R"({"success":true})");
    TranscriptCall end(Method::del, profile);
    CHECK(end.decoded<RequestTranscript>().withdraw);
    CHECK(end.decoded<RequestTranscript>().chat.id.text == "r");
  }
  Call anonymous("8", Method::del, transcript_path);
  anonymous.request().parameter("r");
  CHECK(anonymous.refused().status == 401);
}

TEST_CASE("rocketchat transcript of a room: refusals") {
  const auto says = [](Method method, Code code) {
    TranscriptCall call(method);
    const http::Reply& reply = call.rendered({.code = code});
    CHECK(reply.status == 400);
    return String(text(reply));
  };
  for (const Method method : {Method::post, Method::del}) {
    CHECK(says(method, Code::no_such_chat) == coded("Invalid room", "error-invalid-room"));
    CHECK(says(method, Code::chat_ended) == coded("Invalid room", "error-invalid-room"));
    CHECK(says(method, Code::transcript_requested) ==
          coded("Transcript already requested", "error-transcript-already-requested"));
    CHECK(says(method, Code::no_transcript_request) ==
          coded("Transcript not requested", "error-transcript-not-requested"));
  }
  TranscriptCall call(Method::post);
  CHECK(text(call.body(R"({"email":"a@b"})").refused()) == schema_error("must have required property 'subject'"));
  CHECK(text(call.body(R"({"email":"a@b","subject":"s","rid":"r"})").refused()) ==
        schema_error("must NOT have additional properties"));
}

TEST_CASE("rocketchat room: a requested transcript and the topic are shown") {
  Chat chat;
  chat.id.text = "r";
  chat.state = ChatState::active;
  chat.topic = "A parcel";
  chat.transcript_request.at = Time::at(1'704'164'645'678);
  chat.transcript_request.email = "ann@shop.example";
  chat.transcript_request.subject = "Your chat";
  chat.transcript_request.by.kind = ActorKind::agent;
  chat.transcript_request.by.id = "a";
  chat.transcript_request.by.username = "ann.name";
  chat.transcript_request.by.name = "Ann";
  const auto member = [&chat](const char* profile, const char* name) {
    Call call(profile, Method::get, "/api/v1/rooms.info", "roomId=r");
    const Value tree = parse(text(call.answered(Ref<Chat>(chat))));
    const Value* found = tree.find("room")->find(name);
    return found == nullptr ? String() : print(*found);
  };
  CHECK(
      member("8", "transcriptRequest") ==
      R"({"email":"ann@shop.example","subject":"Your chat","requestedAt":"2024-01-02T03:04:05.678Z","requestedBy":{"_id":"a","username":"ann.name","name":"Ann"}})");
  CHECK(member("8", "topic") == R"("A parcel")");
  CHECK(member("0.70", "topic") == R"("A parcel")");
  CHECK(member("0.70", "transcriptRequest").empty());
  chat.transcript_request = {};
  chat.topic.clear();
  CHECK(member("8", "transcriptRequest").empty());
  CHECK(member("8", "topic").empty());
}

TEST_CASE("rocketchat messages: a batch of a visitor, and what is shown of it") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    Call call(profile, Method::post, messages_path);
    call.request().header("User-Agent", "curl").header("Host", "gateway.example");
    const auto post =
        call.body(R"({"visitor":{"token":"t"},"messages":[{"msg":"one"},{"msg":"two"}]})").decoded<PostMessages>();
    CHECK(post.token == "t");
    CHECK(post.texts == List<Text>{"one", "two"});
    CHECK(post.source == "api");
    CHECK(post.user_agent == "curl");
    CHECK(post.host == "gateway.example");
    CHECK((post.identity == IdentityRule::token_email) == (std::string_view(profile) == "0.70"));
    Message one;
    one.text = "one";
    one.author.username = "guest-2";
    one.author.name = "Ann";
    one.at = one.shown_at = Time::at(1'704'164'645'678);
    CHECK(text(call.answered(Transcript{Ref<Chat>(Chat{}), Page<Message>{{one}}})) ==
          R"({"messages":[{"username":"guest-2","msg":"one","ts":"2024-01-02T03:04:05.678Z"}],"success":true})");
  }
}

TEST_CASE("rocketchat messages: refusals") {
  const String no_visitor = schema_error("must have required property 'visitor'");
  const String no_token = schema_error("must have required property 'token'");
  const String more = schema_error("must NOT have additional properties");
  const String few = schema_error("must NOT have fewer than 1 items");
  const String many = schema_error("must NOT have more than 1000 items");
  const String nobody = plain("invalid-token");
  const String too_long = plain("message-length-exceeds-character-limit");
  const auto batch = [](std::size_t count, const String& message) {
    String body = R"({"visitor":{"token":"t"},"messages":[)";
    for (std::size_t i = 0; i < count; ++i) body += (i == 0 ? "" : ",") + String(R"({"msg":")") + message + "\"}";
    return body + "]}";
  };
  const String thousand_and_one = batch(1'001, "a");
  const String long_text = batch(1, String(65'537, 'x'));
  check_refusals(
      "8", messages_path,
      {{"empty", "{}", no_visitor.c_str()},
       {"no token", R"({"visitor":{},"messages":[{"msg":"a"}]})", no_token.c_str()},
       {"more of the visitor", R"({"visitor":{"token":"t","name":"Ann"},"messages":[{"msg":"a"}]})", more.c_str()},
       {"no messages", R"({"visitor":{"token":"t"},"messages":[]})", few.c_str()},
       {"too many messages", thousand_and_one.c_str(), many.c_str()},
       {"a blank token", R"({"visitor":{"token":" "},"messages":[{"msg":"a"}]})", nobody.c_str()},
       {"a long message", long_text.c_str(), too_long.c_str()}});
  config::Route of = route("8");
  of.own.edit<parley::rocketchat::RouteSettings>().widget.text_limit = 3;
  CHECK(Call(of, Method::post, messages_path).body(batch(1, "abc")).decode().has_value());
  CHECK(text(Call(of, Method::post, messages_path).body(batch(1, "abcd")).refused()) == too_long);
  Call call("8", Method::post, messages_path);
  CHECK(call.body(batch(1'000, "a")).decoded<PostMessages>().texts.size() == 1'000);
}

}  // namespace parley::test::rocketchat
