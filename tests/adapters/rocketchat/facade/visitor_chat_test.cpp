// The calls by which visitors write and read messages and act on their rooms, in both profiles.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

constexpr const char* message_path = "/api/v1/livechat/message";
constexpr const char* by_id_path = "/api/v1/livechat/message/:_id";
constexpr const char* history_path = "/api/v1/livechat/messages.history/:rid";
constexpr const char* close_path = "/api/v1/livechat/room.close";
constexpr const char* survey_path = "/api/v1/livechat/room.survey";
constexpr const char* agent_path = "/api/v1/livechat/agent.info/:rid/:token";
constexpr const char* department_path = "/api/v1/livechat/visitor/department.transfer";
constexpr const char* old_department_path = "/api/v1/livechat/room.transfer";

Time time(const char* text) {
  bool exact = false;
  return *parse_iso(text, exact);
}

Message message(const char* id, const char* words, MessageKind kind = MessageKind::text) {
  Message made;
  made.id.text = id;
  made.chat.text = "r";
  made.number = 3;
  made.kind = kind;
  made.text = words;
  made.author.kind = ActorKind::visitor;
  made.author.id = "v";
  made.author.username = "guest-7";
  made.author.name = "Ada";
  made.author.token = "t";
  made.at = made.shown_at = time("2024-01-02T03:04:05.678Z");
  return made;
}

Chat chat() {
  Chat made;
  made.id.text = "r";
  made.kind = "chat";
  made.sequence = 12;
  made.visitor_messages = 3;
  made.state = ChatState::active;
  Participant& visitor = made.participants.emplace_back();
  visitor.id = made.visitor.text = "v";
  visitor.token = "t";
  return made;
}

Transcript transcript(List<Message> messages, std::optional<std::size_t> total = {}) {
  return {Ref<Chat>(chat()), Page<Message>{std::move(messages), total}};
}

/// A call on the message `m`.
struct ById : Call {
  ById(const char* profile, Method method, String query = {}) : Call(profile, method, by_id_path, std::move(query)) {
    request().parameter("m");
  }
};
/// The history of the room `r`.
struct History : Call {
  History(const char* profile, String query) : Call(profile, Method::get, history_path, std::move(query)) {
    request().parameter("r");
  }
};
/// The agent of the room `r`, asked by the visitor `t`.
struct AgentInfo : Call {
  AgentInfo() : Call("8", Method::get, agent_path) { request().parameter("r").parameter("t"); }
};
/// A message with these words, by one of the calls that write a text.
struct Written : Call {
  Written(Method method, const char* path, const String& body) : Call("8", method, path) {
    request().parameter("m").header("X-User-Id", "a").body(body);
  }
};

/// The text of an error that the backend gives to a call.
String says(Call&& call, Code code) {
  const http::Reply& reply = call.rendered({.code = code, .message = "words of another part"});
  CHECK(reply.status == 400);
  return String(text(reply));
}

String plain(const char* name) { return String(R"({"success":false,"error":")") + name + "\"}"; }
String exception(const char* name) {
  return String(R"({"isClientSafe":true,"error":")") + name + R"(","message":"[)" + name +
         R"(]","errorType":"Meteor.Error","success":false})";
}

}  // namespace

TEST_CASE("rocketchat visitors' rooms: no call acts on a room without a token, or without a room") {
  struct Case {
    Method method;
    const char* path;
    const char* query;
    const char* body;
  };
  const auto refusal = [](const char* profile, const Case& one) {
    CAPTURE(profile);
    CAPTURE(one.path);
    Call call(profile, one.method, one.path, one.query);
    call.request().parameter("r");
    return String(text(call.body(one.body).refused()));
  };
  for (const Case& one :
       {Case{Method::post, message_path, "", R"({"token":"","rid":"r","msg":"m"})"},
        Case{Method::get, by_id_path, "token=&rid=r", ""},
        Case{Method::put, by_id_path, "", R"({"token":"","rid":"r","msg":"m"})"},
        Case{Method::del, by_id_path, "token=&rid=r", ""},
        Case{Method::del, by_id_path, "", R"({"token":"","rid":"r"})"}, Case{Method::get, history_path, "token=", ""},
        Case{Method::post, close_path, "", R"({"token":"","rid":"r"})"},
        Case{Method::post, survey_path, "",
             R"({"token":"","rid":"r","data":[{"name":"satisfaction","value":"5"}]})"}}) {
    CHECK(refusal("8", one) == plain("invalid-token"));
    CHECK(refusal("0.70", one).find("invalid-token") != String::npos);
  }
  const char* no_token = R"({"token":"","rid":"r","department":"d"})";
  CHECK(refusal("8", {Method::post, department_path, "", no_token}) == plain("invalid-token"));
  CHECK(refusal("0.70", {Method::post, old_department_path, "", no_token}) == exception("invalid-token"));
  // Profile 8 converts null to an empty text.
  CHECK(refusal("8", {Method::post, message_path, "", R"({"token":null,"rid":"r","msg":"m"})"}) ==
        plain("invalid-token"));
  CHECK(refusal("8", {Method::post, message_path, "", R"({"token":"t","rid":"","msg":"m"})"}) == plain("invalid-room"));
  CHECK(refusal("8", {Method::get, by_id_path, "token=t&rid=", ""}) == plain("invalid-room"));
}

// --- livechat/message -------------------------------------------------------------------------------------------------

TEST_CASE("rocketchat message: a visitor's message, with an id of the client's or without") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    const auto decode = [profile](const char* body) {
      return Call(profile, Method::post, message_path).body(body).decoded<PostMessage>();
    };
    const PostMessage all = decode(
        R"({"token":"t","rid":"r","msg":"Ol\u00e1 \ud83d\ude42","_id":"m","agent":{"agentId":"a","username":"ann"}})");
    CHECK(all.chat.id.text == "r");
    CHECK(all.chat.token == "t");
    CHECK(all.author.kind == ActorKind::visitor);
    CHECK(all.id.text == "m");
    CHECK(all.kind == MessageKind::text);
    CHECK(all.text == "Ol\xC3\xA1 \xF0\x9F\x99\x82");
    CHECK(all.reopen == (std::string_view(profile) == "0.70"));  // there, a message to a closed room opens a new one
    CHECK(decode(R"({"token":"t","rid":"r","msg":""})").id.empty());
    CHECK(decode(R"({"token":"t","rid":"r","msg":"","_id":null})").id.empty());
  }
}

TEST_CASE("rocketchat message: what a body may not be") {
  const auto invalid = [](const char* error) {
    return String(R"({"success":false,"error":")") + error + R"( [invalid-params]","errorType":"invalid-params"})";
  };
  const String no_token = invalid("must have required property 'token'");
  const String no_msg = invalid("must have required property 'msg'");
  const String extra = invalid("must NOT have additional properties");
  const String no_name = invalid("must have required property 'username'");
  check_refusals("8", message_path,
                 {{"empty", "{}", no_token.c_str()},
                  {"no text", R"({"token":"t","rid":"r"})", no_msg.c_str()},
                  {"more", R"({"token":"t","rid":"r","msg":"m","tmid":"x"})", extra.c_str()},
                  {"half an agent", R"({"token":"t","rid":"r","msg":"m","agent":{"agentId":"a"}})", no_name.c_str()}});
  const auto match = [](const char* body) {
    Call call("0.70", Method::post, message_path);
    return parse(text(call.body(body).refused())).find("message")->text;
  };
  CHECK(match("{}") == "Match error: Missing key 'token'");
  CHECK(match(R"({"token":"t","rid":"r","msg":1})") == "Match error: Expected string, got number in field msg");
}

TEST_CASE("rocketchat message: a text has at most 64 KiB and no U+0000, in each call that writes one") {
  struct Case {
    Method method;
    const char* path;
    const char* before;
    const char* too_long;
  };
  for (const Case& one :
       {Case{Method::post, message_path, R"({"token":"t","rid":"r","msg":")", "message-length-exceeds-character-limit"},
        Case{Method::put, by_id_path, R"({"token":"t","rid":"r","msg":")", "message-length-exceeds-character-limit"},
        Case{Method::post, "/api/v1/chat.postMessage", R"({"roomId":"r","text":")", "error-message-size-exceeded"},
        Case{Method::post, "/api/v1/chat.update", R"({"roomId":"r","msgId":"m","text":")",
             "error-message-size-exceeded"}}) {
    CAPTURE(one.path);
    const auto body = [&one](const String& words) { return one.before + words + "\"}"; };
    String full;
    while (full.size() < 65'536) full += "\xE2\x82\xAC";  // three bytes each; the last is cut off
    full.resize(65'535);
    full += "a";
    CHECK(Written(one.method, one.path, body(full)).decode().has_value());
    Written longer(one.method, one.path, body(full + "a"));
    CHECK(longer.refused().status == 400);
    CHECK(text(longer.refused()) == plain(one.too_long));
    Written with_nul(one.method, one.path, body("a\\u0000b"));
    CHECK(text(with_nul.refused()) == plain("error-invalid-character"));
  }
  Call old("0.70", Method::post, message_path);
  old.body(R"({"token":"t","rid":"r","msg":")" + String(65'537, 'a') + "\"}");
  CHECK(text(old.refused()) == exception("message-length-exceeds-character-limit"));
}

TEST_CASE("rocketchat message: an id that a client chooses is short and has no U+0000") {
  const auto body = [](const String& id) { return R"({"token":"t","rid":"r","msg":"m","_id":")" + id + "\"}"; };
  CHECK(Written(Method::post, message_path, body(String(128, 'a'))).decode().has_value());
  Written longer(Method::post, message_path, body(String(129, 'a')));
  CHECK(text(longer.refused()) == plain("error-invalid-message-id"));
  Written with_nul(Method::post, message_path, body("a\\u0000"));
  CHECK(text(with_nul.refused()) == plain("error-invalid-message-id"));
}

TEST_CASE("rocketchat message: the answer is the message; of 0.70 four members") {
  const char* body = R"({"token":"t","rid":"r","msg":"Hi"})";
  const Outcome posted = PostedMessage{Ref<Message>(message("m", "Hi")), true};
  Call today("8", Method::post, message_path);
  const http::Reply& reply = today.body(body).answered(posted);
  CHECK(text(reply) ==
        R"({"message":{"_id":"m","rid":"r","msg":"Hi","ts":"2024-01-02T03:04:05.678Z",)"
        R"("u":{"_id":"v","username":"guest-7","name":"Ada"},"token":"t","alias":"Ada"},"success":true})");
  CHECK(reply.losses.empty());  // not of the number, which Parley gave
  Call old("0.70", Method::post, message_path);
  CHECK(text(old.body(body).answered(posted)) ==
        R"({"message":{"_id":"m","msg":"Hi","ts":"2024-01-02T03:04:05.678Z",)"
        R"("u":{"_id":"v","username":"guest-7","name":"Ada"}},"success":true})");
}

TEST_CASE("rocketchat message: refusals of the backend") {
  const auto today = [](Code code) { return says(Call("8", Method::post, message_path), code); };
  CHECK(today(Code::no_such_visitor) == plain("invalid-token"));
  CHECK(today(Code::not_the_visitors_chat) == plain("invalid-room"));
  CHECK(today(Code::no_such_chat) == plain("invalid-room"));
  CHECK(today(Code::chat_ended) == plain("room-closed"));
  CHECK(today(Code::message_exists) == plain("error-message-exists"));
  const auto old = [](Code code) { return says(Call("0.70", Method::post, message_path), code); };
  CHECK(old(Code::no_such_visitor) == exception("invalid-token"));
  CHECK(old(Code::not_the_visitors_chat) == exception("invalid-room"));
}

// --- one message ------------------------------------------------------------------------------------------------------

TEST_CASE("rocketchat message/:_id: a message is read, changed and removed in a visitor's name") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    const auto got = ById(profile, Method::get, "token=t&rid=r").decoded<GetMessage>();
    CHECK(got.id.text == "m");
    CHECK(got.chat.id.text == "r");
    CHECK(got.chat.token == "t");
    const auto edited =
        ById(profile, Method::put).body(R"({"token":"t","rid":"r","msg":"New"})").decoded<EditMessage>();
    CHECK(edited.id.text == "m");
    CHECK(edited.chat.id.text == "r");
    CHECK(edited.chat.token == "t");
    CHECK(edited.author.kind == ActorKind::visitor);
    CHECK(edited.text == "New");
    // The newest SDK drops the body of a DELETE; older ones send `?` and a body.
    ById by_query(profile, Method::del, "token=t&rid=r");
    ById by_body(profile, Method::del, "_=1");
    by_body.body(R"({"rid":"r","token":"t"})");
    for (Call* call : {&by_query, &by_body}) {
      const auto removed = call->decoded<DeleteMessage>();
      CHECK(removed.id.text == "m");
      CHECK(removed.chat.id.text == "r");
      CHECK(removed.chat.token == "t");
      CHECK(removed.author.kind == ActorKind::visitor);
    }
    CHECK_FALSE(ById(profile, Method::del).decode().has_value());
    CHECK_FALSE(ById(profile, Method::del, "token=t").decode().has_value());
  }
  ById no_room("8", Method::get, "token=t");
  CHECK(
      text(no_room.refused()) ==
      R"({"success":false,"error":"must have required property 'rid' [invalid-params]","errorType":"invalid-params"})");
}

TEST_CASE("rocketchat message/:_id: answers") {
  Message changed = message("m", "New");
  changed.edited_at = changed.updated_at = time("2024-01-02T03:05:00.000Z");
  const Outcome one = Ref<Message>(changed);
  const Value got = parse(text(ById("8", Method::get, "token=t&rid=r").answered(one)));
  CHECK(got.find("message")->find("msg")->text == "New");
  CHECK(got.find("message")->find("editedAt")->text == "2024-01-02T03:05:00.000Z");
  CHECK(text(ById("8", Method::del, "token=t&rid=r").answered(one)) ==
        R"({"message":{"_id":"m","ts":"2024-01-02T03:05:00.000Z"},"success":true})");
}

TEST_CASE("rocketchat message/:_id: what only agents see is no message for a visitor") {
  for (const MessageKind kind : {MessageKind::note, MessageKind::page}) {
    ById call("8", Method::get, "token=t&rid=r");
    CHECK(call.decode().has_value());
    const auto served = facade(route("8"));
    contract::Decoded asked;
    OwnedRequest request(Method::get, by_id_path, "token=t&rid=r");
    request.parameter("m");
    const contract::Endpoint& its = endpoint(*served, Method::get, by_id_path);
    REQUIRE(its.decode(*served, request.get(), asked).has_value());
    http::Reply reply;
    const Result<void> shown = its.encode(*served, asked, Outcome(Ref<Message>(message("m", "secret", kind))), reply);
    REQUIRE_FALSE(shown.has_value());
    CHECK(shown.error().code == Code::no_such_message);
    CHECK(reply.body.view().find("secret") == std::string_view::npos);
  }
}

TEST_CASE("rocketchat message/:_id: refusals of the backend") {
  for (const Method method : {Method::get, Method::put, Method::del}) {
    CHECK(says(ById("8", method), Code::no_such_visitor) == plain("invalid-token"));
    CHECK(says(ById("8", method), Code::not_the_visitors_chat) == plain("invalid-room"));
    CHECK(says(ById("8", method), Code::no_such_message) == plain("invalid-message"));
    CHECK(says(ById("8", method), Code::not_the_authors_message) == plain("error-action-not-allowed"));
  }
  // In 0.70, PUT, DELETE and the history pass on only the code, and other calls the exception.
  CHECK(says(ById("0.70", Method::put), Code::no_such_visitor) == plain("invalid-token"));
  CHECK(says(ById("0.70", Method::del), Code::no_such_message) == plain("invalid-message"));
  CHECK(says(History("0.70", ""), Code::no_such_visitor) == plain("invalid-token"));
  CHECK(says(ById("0.70", Method::get), Code::no_such_message) == exception("invalid-message"));
}

// --- history ----------------------------------------------------------------------------------------------------------

TEST_CASE("rocketchat history: the query, newest first and 20 by default") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    const auto decode = [profile](String query) { return History(profile, std::move(query)).decoded<ListMessages>(); };
    const ListMessages plainly = decode("token=t");
    CHECK(plainly.chat.id.text == "r");
    CHECK(plainly.chat.token == "t");
    CHECK(plainly.query.newest_first);
    CHECK(plainly.query.limit == 20);
    CHECK(plainly.query.offset == 0);
    CHECK_FALSE(plainly.query.before.known());
    CHECK_FALSE(plainly.query.after.known());
    CHECK_FALSE(plainly.query.count);
    const ListMessages all =
        decode("limit=30&token=t&offset=5&end=2024-01-02T03:04:05.678Z&searchText=caf%C3%A9&sort=%7B%22ts%22%3A1%7D");
    CHECK(all.query.limit == 30);
    CHECK(all.query.offset == 5);
    CHECK(all.query.before == time("2024-01-02T03:04:05.678Z"));
    CHECK(all.query.text == "caf\xC3\xA9");
    CHECK_FALSE(all.query.newest_first);
    CHECK(decode("token=t&sort=%7B%22ts%22%3A-1%7D").query.newest_first);
    CHECK(decode("token=t&count=7").query.limit == 7);
    CHECK(decode("token=t&limit=3&count=7").query.limit == 3);
    CHECK(decode("token=t&limit=0").query.limit == 20);
    CHECK_FALSE(decode("token=t&ls=2024-01-02T03:04:05.678Z").query.after.known());
    const ListMessages old_client = decode("token=t&ls=undefined&end=undefined&limit=undefined");
    CHECK(old_client.query.limit == 20);
    CHECK_FALSE(old_client.query.before.known());
  }
}

TEST_CASE("rocketchat history: refused queries") {
  const auto refused = [](String query) { return String(text(History("8", std::move(query)).refused())); };
  CHECK(
      refused("") ==
      R"({"success":false,"error":"must have required property 'token' [invalid-params]","errorType":"invalid-params"})");
  CHECK(
      refused("token=t&more=1") ==
      R"({"success":false,"error":"must NOT have additional properties [invalid-params]","errorType":"invalid-params"})");
  CHECK(refused("token=t&limit=x") ==
        R"({"success":false,"error":"must be number [invalid-params]","errorType":"invalid-params"})");
  CHECK(refused("token=t&end=yesterday") ==
        R"({"success":false,"error":"The \"end\" query parameter must be a valid date."})");
  CHECK(refused("token=t&sort=%7B%22msg%22%3A1%7D") ==
        R"({"success":false,"error":"Invalid sort parameter provided: \"{\"msg\":1}\" [error-invalid-sort]",)"
        R"("errorType":"error-invalid-sort","details":{"helperMethod":"parseJsonQuery"}})");
}

TEST_CASE("rocketchat history: the answer has no page, no note and no losses of what Parley counts") {
  const Outcome all =
      transcript({message("m3", "three"), message("n", "only for agents", MessageKind::note),
                  message("p", "A page - https://a.example/", MessageKind::page), message("m1", "one")});
  History today("8", "token=t");
  const http::Reply& reply = today.answered(all);
  CHECK(reply.losses.empty());
  const Value shown = parse(text(reply));
  REQUIRE(shown.find("messages")->children.size() == 2);
  CHECK(shown.find("messages")->children[0].find("_id")->text == "m3");
  CHECK(shown.find("messages")->children[1].find("_id")->text == "m1");
  CHECK(shown.find("unreadNotLoaded") == nullptr);
  CHECK(shown.find("count") == nullptr);
  const Value old = parse(text(History("0.70", "token=t").answered(all)));
  CHECK(old.find("messages")->children.size() == 2);
  CHECK(old.find("unreadNotLoaded")->text == "0");
}

// --- rooms ------------------------------------------------------------------------------------------------------------

TEST_CASE("rocketchat room.close: the visitor closes, and the comment is the vendor's") {
  for (const char* profile : {"8", "0.70"}) {
    Call call(profile, Method::post, close_path);
    call.body(R"({"rid":"r","token":"t"})");
    const auto close = call.decoded<CloseChat>();
    CHECK(close.chat.id.text == "r");
    CHECK(close.chat.token == "t");
    CHECK(close.closer.kind == ActorKind::visitor);
    CHECK(close.comment == "Closed by visitor");
    CHECK(text(call.answered(Outcome(Ref<Chat>(chat())))) ==
          R"({"rid":"r","comment":"Closed by visitor","success":true})");
  }
  CHECK(says(Call("8", Method::post, close_path), Code::chat_ended) == plain("room-closed"));
  CHECK(says(Call("8", Method::post, close_path), Code::no_such_visitor) == plain("invalid-token"));
  CHECK(says(Call("8", Method::post, close_path), Code::no_such_chat) == plain("invalid-room"));
}

TEST_CASE("rocketchat room.survey: the answers that the vendor keeps") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    Call call(profile, Method::post, survey_path);
    call.body(
        R"({"rid":"r","token":"t","data":[{"name":"satisfaction","value":"2"},{"name":"agentResposiveness","value":"4"},)"
        R"({"name":"agentKnowledge","value":"6"},{"name":"shoeSize","value":"5"},{"name":"satisfaction","value":"5"},)"
        R"({"name":"additionalFeedback","value":"Quick \"and\" friendly"}]})");
    const auto rate = call.decoded<RateChat>();
    CHECK(rate.chat.id.text == "r");
    CHECK(rate.chat.token == "t");
    CHECK(rate.rating.grade == 5);  // the later one
    CHECK(rate.rating.comment == "Quick \"and\" friendly");
    CHECK(rate.rating.answers == Attributes{attribute("satisfaction", "5"), attribute("agentResposiveness", "4")});
    const http::Reply& reply = call.answered(Outcome(Ref<Chat>(chat())));
    CHECK(text(reply) == R"({"rid":"r","data":{"satisfaction":"5","agentResposiveness":"4",)"
                         R"("additionalFeedback":"Quick \"and\" friendly"},"success":true})");
    REQUIRE(reply.losses.size() == 2);
    CHECK(reply.losses[0].member == "chat.rating.answers.agentKnowledge");
    CHECK(reply.losses[1].member == "chat.rating.answers.shoeSize");
  }
  const char* none = R"({"rid":"r","token":"t","data":[{"name":"satisfaction","value":"0"}]})";
  Call today("8", Method::post, survey_path);
  CHECK(text(today.body(none).refused()) == plain("invalid-data"));
  Call old("0.70", Method::post, survey_path);
  CHECK(text(old.body(none).refused()) == exception("invalid-data"));
  CHECK(text(old.body(R"({"rid":"r","token":"t","data":[]})").refused()) == exception("invalid-data"));
  CHECK(
      text(today.body(R"({"rid":"r","token":"t","data":[]})").refused()) ==
      R"({"success":false,"error":"must NOT have fewer than 1 items [invalid-params]","errorType":"invalid-params"})");
}

TEST_CASE("rocketchat agent.info: the agent of an open room, as visitors see him or her") {
  const auto asked = AgentInfo().decoded<GetChat>();
  CHECK(asked.chat.id.text == "r");
  CHECK(asked.chat.token == "t");
  CHECK(asked.chat.must == ChatRef::Must::be_open);
  Chat served = chat();
  Participant& agent = served.participants.emplace_back();
  agent.id = served.agent.text = "a";
  agent.is_agent = true;
  agent.name = "Ann";
  agent.username = "ann";
  agent.online = true;
  agent.token = "secret";
  agent.emails = {"ann@example.com"};
  CHECK(text(AgentInfo().answered(Outcome(Ref<Chat>(served)))) ==
        R"({"agent":{"_id":"a","name":"Ann","username":"ann","status":"online"},"success":true})");
  CHECK_THROWS(AgentInfo().answered(Outcome(Ref<Chat>(chat()))));
  served.agent.text = "b";  // to whom the first one transferred the chat
  served.participants.push_back(agent);
  served.participants[1].end_at = time("2024-01-02T03:04:05.678Z");
  served.participants[2].id = "b";
  served.participants[2].name = "Bob";
  CHECK(parse(text(AgentInfo().answered(Outcome(Ref<Chat>(served))))).find("agent")->find("name")->text == "Bob");
  served.agent.text.clear();  // back to a department
  served.participants[2].end_at = time("2024-01-02T03:05:05.678Z");
  CHECK_THROWS(AgentInfo().answered(Outcome(Ref<Chat>(served))));
  CHECK(says(AgentInfo(), Code::chat_ended) == plain("invalid-room"));
  CHECK(says(AgentInfo(), Code::no_such_agent) == plain("invalid-agent"));
  CHECK(says(AgentInfo(), Code::no_such_visitor) == plain("invalid-token"));
  CHECK(says(AgentInfo(), Code::not_the_visitors_chat) == plain("invalid-room"));
}

TEST_CASE("rocketchat department.transfer and room.transfer: another department") {
  const char* body = R"({"rid":"r","token":"t","department":"d"})";
  for (const bool old : {false, true}) {
    CAPTURE(old);
    Call call(old ? "0.70" : "8", Method::post, old ? old_department_path : department_path);
    const auto assign = call.body(body).decoded<AssignChat>();
    CHECK(assign.chat.id.text == "r");
    CHECK(assign.chat.token == "t");
    CHECK(assign.by.kind == ActorKind::visitor);
    CHECK(assign.department.text == "d");
    CHECK(assign.agent.empty());
    CHECK(assign.transfer);
  }
  Call today("8", Method::post, department_path);
  CHECK(text(today.body(body).answered(Outcome(Ref<Chat>(chat())))) == R"({"success":true})");
  Call old("0.70", Method::post, old_department_path);
  const http::Reply& reply = old.body(body).answered(Outcome(Ref<Chat>(chat())));
  CHECK(parse(text(reply)).find("room")->find("_id")->text == "r");
  CHECK(reply.losses.empty());  // not of the numbers that Parley gave
  const auto says_today = [](Code code) { return says(Call("8", Method::post, department_path), code); };
  CHECK(says_today(Code::no_such_visitor) == plain("invalid-token"));
  CHECK(says_today(Code::not_the_visitors_chat) == plain("error-invalid-room"));
  CHECK(says_today(Code::no_such_chat) == plain("error-invalid-room"));
  CHECK(says_today(Code::chat_ended) == plain("This_conversation_is_already_closed"));
  CHECK(says(Call("0.70", Method::post, old_department_path), Code::no_such_chat) == exception("invalid-room"));
}

TEST_CASE("rocketchat department.transfer and room.transfer: no department is none") {
  for (const char* body :
       {R"({"rid":"r","token":"t","department":""})", R"({"rid":"r","token":"t","department":" \t"})"}) {
    CAPTURE(body);
    Call today("8", Method::post, department_path);
    CHECK(text(today.body(body).refused()) == plain("error-transfering-chat"));
    Call old("0.70", Method::post, old_department_path);
    CHECK(text(old.body(body).refused()) == exception("error-transfering-chat"));
  }
}

}  // namespace parley::test::rocketchat
