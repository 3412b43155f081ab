// The calls by which agents write and read messages and act on rooms.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

constexpr const char* send_path = "/api/v1/chat.sendMessage";
constexpr const char* post_path = "/api/v1/chat.postMessage";
constexpr const char* update_path = "/api/v1/chat.update";
constexpr const char* delete_path = "/api/v1/chat.delete";
constexpr const char* messages_path = "/api/v1/livechat/:rid/messages";
constexpr const char* take_path = "/api/v1/livechat/inquiries.take";
constexpr const char* join_path = "/api/v1/livechat/room.join";
constexpr const char* forward_path = "/api/v1/livechat/room.forward";
constexpr const char* close_path = "/api/v1/livechat/room.closeByUser";
constexpr const char* of_visitor_path = "/api/v1/livechat/visitor/:token/room";
constexpr const char* chat_history_path = "/api/v1/livechat/visitors.chatHistory/room/:roomId/visitor/:visitorId";
constexpr const char* rooms_path = "/api/v1/livechat/rooms";

/// A call by the agent `a`.
struct ByAgent : Call {
  ByAgent(Method method, const char* path, String query = {}) : Call("8", method, path, std::move(query)) {
    request().header("X-User-Id", "a");
  }
};
template <class Op>
Op posted(const char* path, const char* body) {
  return ByAgent(Method::post, path).body(body).decoded<Op>();
}
String refusal(const char* path, const char* body) {
  ByAgent call(Method::post, path);
  return String(text(call.body(body).refused()));
}

String says(const char* path, Code code, Method method = Method::post) {
  ByAgent call(method, path);
  const http::Reply& reply = call.rendered({.code = code, .message = "words of another part"});
  CHECK(reply.status == 400);
  return String(text(reply));
}
String plain(const char* name) { return String(R"({"success":false,"error":")") + name + "\"}"; }

Message message() {
  Message made;
  made.id.text = "m";
  made.chat.text = "r";
  made.number = 2;
  made.kind = MessageKind::text;
  made.text = "It leaves today.";
  made.author.kind = ActorKind::agent;
  made.author.id = "a";
  made.author.username = "ann";
  made.at = made.shown_at = made.updated_at = Time::at(1'704'164'645'678);
  return made;
}

Chat chat(const char* id = "r") {
  Chat made;
  made.id.text = id;
  made.kind = "chat";
  made.title = "Ada";
  made.state = ChatState::active;
  Participant& visitor = made.participants.emplace_back();
  visitor.id = made.visitor.text = "v";
  visitor.token = "t";
  return made;
}

constexpr const char* shown_message =
    R"({"_id":"m","rid":"r","msg":"It leaves today.","ts":"2024-01-02T03:04:05.678Z",)"
    R"("u":{"_id":"a","username":"ann"},"_updatedAt":"2024-01-02T03:04:05.678Z"})";

}  // namespace

TEST_CASE("rocketchat chat.sendMessage and chat.postMessage: a message by the agent who calls") {
  const auto sent =
      posted<PostMessage>(send_path, R"({"message":{"rid":"r","msg":"It leaves today.","_id":"m","tmid":"p"}})");
  CHECK(sent.chat.id.text == "r");
  CHECK_FALSE(sent.chat.token.has_value());
  CHECK(sent.author.kind == ActorKind::agent);
  CHECK(sent.author.id == "a");
  CHECK(sent.id.text == "m");
  CHECK(sent.reply_to.text == "p");
  CHECK(sent.text == "It leaves today.");
  CHECK_FALSE(sent.reopen);
  const auto post = posted<PostMessage>(post_path, R"({"roomId":"r","text":"Hi"})");
  CHECK(post.chat.id.text == "r");
  CHECK(post.author.id == "a");
  CHECK(post.text == "Hi");
  CHECK(post.id.empty());

  const Outcome stored = PostedMessage{Ref<Message>(message()), true};
  ByAgent send(Method::post, send_path);
  CHECK(text(send.body(R"({"message":{"rid":"r","msg":"x"}})").answered(stored)) ==
        String(R"({"message":)") + shown_message + R"(,"success":true})");
  ByAgent by_post(Method::post, post_path);
  CHECK(text(by_post.body(R"({"roomId":"r","text":"x"})").answered(stored)) ==
        String(R"({"ts":1704164645678,"channel":"r","message":)") + shown_message + R"(,"success":true})");
  CHECK(says(send_path, Code::no_such_chat) == plain("error-invalid-room"));
  CHECK(says(send_path, Code::chat_ended) == plain("room-closed"));
}

TEST_CASE("rocketchat chat.*: what we could not carry is refused, as an unknown member") {
  const String extra =
      R"({"success":false,"error":"must NOT have additional properties [invalid-params]","errorType":"invalid-params"})";
  CHECK(refusal(send_path, R"({"message":{"rid":"r","msg":"x","attachments":[]}})") == extra);
  CHECK(refusal(post_path, R"({"roomId":"r","text":"x","alias":"Gruggy"})") == extra);
  CHECK(refusal(close_path, R"({"rid":"r","requestData":{}})") == extra);
}

TEST_CASE("rocketchat chat.update and chat.delete: a message of the agent who calls") {
  const auto edit = posted<EditMessage>(update_path, R"({"roomId":"r","msgId":"m","text":"New","asUser":true})");
  CHECK(edit.chat.id.text == "r");
  CHECK(edit.author.kind == ActorKind::agent);
  CHECK(edit.author.id == "a");
  CHECK(edit.id.text == "m");
  CHECK(edit.text == "New");
  const auto remove = posted<DeleteMessage>(delete_path, R"({"roomId":"r","msgId":"m"})");
  CHECK(remove.chat.id.text == "r");
  CHECK(remove.author.id == "a");
  CHECK(remove.id.text == "m");

  const Outcome changed = Ref<Message>(message());
  ByAgent update(Method::post, update_path);
  CHECK(text(update.body(R"({"roomId":"r","msgId":"m","text":"x"})").answered(changed)) ==
        String(R"({"message":)") + shown_message + R"(,"success":true})");
  ByAgent deletion(Method::post, delete_path);
  CHECK(
      text(deletion.body(R"({"roomId":"r","msgId":"m"})").answered(changed)) ==
      R"({"_id":"m","ts":"1704164645678","message":{"_id":"m","rid":"r","u":{"_id":"a","username":"ann"}},"success":true})");
  CHECK(
      says(update_path, Code::not_the_authors_message) ==
      R"({"success":false,"error":"Message editing not allowed [error-action-not-allowed]","errorType":"error-action-not-allowed"})");
  CHECK(says(delete_path, Code::not_the_authors_message) ==
        R"({"success":false,"error":"Not allowed [error-action-not-allowed]","errorType":"error-action-not-allowed"})");
  CHECK(says(update_path, Code::no_such_message) == plain("invalid-message"));
}

TEST_CASE("rocketchat :rid/messages: a page of the messages of a room, with the count that was asked for") {
  const auto decode = [](String query) {
    ByAgent call(Method::get, messages_path, std::move(query));
    call.request().parameter("r");
    return call.decoded<ListMessages>();
  };
  const ListMessages plainly = decode("");
  CHECK(plainly.chat.id.text == "r");
  CHECK_FALSE(plainly.chat.token.has_value());
  CHECK(plainly.query.limit == 50);
  CHECK(plainly.query.newest_first);
  CHECK(plainly.query.count);
  const ListMessages all = decode("searchTerm=a+b&offset=10&count=200&sort=%7B%22ts%22%3A1%7D");
  CHECK(all.query.text == "a b");
  CHECK(all.query.offset == 10);
  CHECK(all.query.limit == 100);
  CHECK_FALSE(all.query.newest_first);

  ByAgent call(Method::get, messages_path, "count=5&offset=1");
  call.request().parameter("r");
  const Outcome page = Transcript{Ref<Chat>(chat()), Page<Message>{{message()}, 7}};
  CHECK(text(call.answered(page)) ==
        String(R"({"messages":[)") + shown_message + R"(],"count":5,"offset":1,"total":7,"success":true})");
  CHECK(says(messages_path, Code::no_such_chat, Method::get) == plain("invalid-room"));
}

TEST_CASE("rocketchat inquiries.take and room.join: the room goes to the caller, or to whom it names") {
  const auto taken = posted<AssignChat>(take_path, R"({"inquiryId":"r"})");
  CHECK(taken.chat.id.text == "r");
  CHECK(taken.by.kind == ActorKind::agent);
  CHECK(taken.by.id == "a");
  CHECK(taken.agent.text == "a");
  CHECK_FALSE(taken.transfer);
  CHECK(posted<AssignChat>(take_path, R"({"inquiryId":"r","userId":"b"})").agent.text == "b");
  const auto joined = ByAgent(Method::get, join_path, "roomId=r").decoded<AssignChat>();
  CHECK(joined.chat.id.text == "r");
  CHECK(joined.agent.text == "a");
  CHECK_FALSE(joined.transfer);

  const Outcome room = Ref<Chat>(chat());
  ByAgent take(Method::post, take_path);
  CHECK(text(take.body(R"({"inquiryId":"r"})").answered(room)) ==
        R"({"inquiry":{"_id":"r","rid":"r","name":"Ada","message":"","status":"taken",)"
        R"("v":{"_id":"v","token":"t","status":"offline"},"t":"l"},"success":true})");
  CHECK(text(ByAgent(Method::get, join_path, "roomId=r").answered(room)) == R"({"success":true})");
  CHECK(says(take_path, Code::chat_taken) ==
        R"({"success":false,"error":"Inquiry already taken [error-inquiry-taken]","errorType":"error-inquiry-taken"})");
  CHECK(says(take_path, Code::no_such_chat) ==
        R"({"success":false,"error":"Inquiry not found [error-not-found]","errorType":"error-not-found"})");
  CHECK(says(join_path, Code::no_such_chat, Method::get) == plain("error-invalid-room"));
  CHECK(says(join_path, Code::chat_ended, Method::get) == plain("room-closed"));
  CHECK(says(join_path, Code::chat_taken, Method::get) == plain("error-not-allowed"));
}

TEST_CASE("rocketchat inquiries.take: the inquiry of a room without a title has the visitor's name, as the room has") {
  Chat untitled = chat();
  untitled.title.clear();
  untitled.participants[0].name = "Ada Visitor";
  untitled.updated_at = Time::at(1'704'164'645'678);
  ByAgent take(Method::post, take_path);
  const Value answer = parse(text(take.body(R"({"inquiryId":"r"})").answered(Outcome(Ref<Chat>(untitled)))));
  const Value& inquiry = *answer.find("inquiry");
  REQUIRE(inquiry.find("name") != nullptr);
  CHECK(inquiry.find("name")->text == "Ada Visitor");
  CHECK(inquiry.find("v")->find("name")->text == "Ada Visitor");
  CHECK(inquiry.find("_updatedAt")->text == "2024-01-02T03:04:05.678Z");
}

TEST_CASE("rocketchat room.forward: to an agent, a department or both") {
  const auto both = posted<AssignChat>(
      forward_path, R"({"roomId":"r","userId":"b","departmentId":"d","comment":"c","clientAction":true})");
  CHECK(both.chat.id.text == "r");
  CHECK(both.by.id == "a");
  CHECK(both.agent.text == "b");
  CHECK(both.department.text == "d");
  CHECK(both.comment == "c");
  CHECK(both.transfer);
  CHECK(posted<AssignChat>(forward_path, R"({"roomId":"r","departmentId":"d"})").agent.empty());
  CHECK(refusal(forward_path, R"({"roomId":"r","comment":"c"})") == plain("error-forwarding-chat"));
  CHECK(says(forward_path, Code::no_such_chat) == plain("error-invalid-room"));
  CHECK(says(forward_path, Code::chat_ended) == plain("This_conversation_is_already_closed"));
  CHECK(says(forward_path, Code::no_such_agent) == plain("error-forwarding-chat"));
  CHECK(says(forward_path, Code::chat_taken) == plain("error-selected-agent-room-agent-are-same"));
  for (const char* blank :
       {R"({"roomId":"r","departmentId":""})", R"({"roomId":"r","userId":"","departmentId":""})",
        R"({"roomId":"r","departmentId":" "})", R"({"roomId":"r","userId":"b","departmentId":" "})"}) {
    CAPTURE(blank);
    CHECK(refusal(forward_path, blank) == plain("error-forwarding-chat"));
  }
}

TEST_CASE("rocketchat room.closeByUser: the agent closes, with a comment and tags") {
  const auto close = posted<CloseChat>(close_path, R"({"rid":"r","comment":"Solved","tags":["vip","parcel"]})");
  CHECK(close.chat.id.text == "r");
  CHECK(close.closer.kind == ActorKind::agent);
  CHECK(close.closer.id == "a");
  CHECK(close.comment == "Solved");
  CHECK(close.tags == List<Text>{"vip", "parcel"});
  CHECK(posted<CloseChat>(close_path, R"({"rid":"r"})").comment == "");
  ByAgent call(Method::post, close_path);
  CHECK(text(call.body(R"({"rid":"r"})").answered(Outcome(Ref<Chat>(chat())))) == R"({"success":true})");
  CHECK(says(close_path, Code::no_such_chat) == plain("error-invalid-room"));
  CHECK(says(close_path, Code::chat_ended) == plain("error-room-already-closed"));
  CHECK(refusal(close_path, R"({"rid":"r","tags":["a\u0000"]})") == plain("error-invalid-character"));
}

TEST_CASE(
    "rocketchat room.closeByUser: the web client says that no transcript is wanted; one that is wanted is refused") {
  const auto close = posted<CloseChat>(
      close_path,
      R"({"rid":"r","comment":"Solved","generateTranscriptPdf":false,"transcriptEmail":{"sendToVisitor":false}})");
  CHECK(close.chat.id.text == "r");
  CHECK(close.comment == "Solved");
  const String refused =
      R"({"success":false,"error":"No transcript can be made or sent when a room is closed [error-not-supported]",)"
      R"("errorType":"error-not-supported"})";
  CHECK(refusal(close_path, R"({"rid":"r","generateTranscriptPdf":true})") == refused);
  CHECK(
      refusal(
          close_path,
          R"({"rid":"r","transcriptEmail":{"sendToVisitor":true,"requestData":{"email":"a@b.example","subject":"s"}}})") ==
      refused);
}

TEST_CASE("rocketchat agents' calls: who does not say who it is, is not logged in") {
  struct Case {
    Method method;
    const char* path;
    const char* query;
    const char* body;
  };
  for (const Case& one :
       {Case{Method::post, send_path, "", R"({"message":{"rid":"r","msg":"x"}})"},
        Case{Method::post, post_path, "", R"({"roomId":"r","text":"x"})"},
        Case{Method::post, update_path, "", R"({"roomId":"r","msgId":"m","text":"x"})"},
        Case{Method::post, delete_path, "", R"({"roomId":"r","msgId":"m"})"},
        Case{Method::post, take_path, "", R"({"inquiryId":"r"})"}, Case{Method::get, join_path, "roomId=r", ""},
        Case{Method::post, forward_path, "", R"({"roomId":"r","userId":"b"})"},
        Case{Method::post, close_path, "", R"({"rid":"r"})"}}) {
    CAPTURE(one.path);
    Call call("8", one.method, one.path, one.query);
    const http::Reply& reply = call.body(one.body).refused();
    CHECK(reply.status == 401);
    CHECK(text(reply) == R"({"status":"error","message":"You must be logged in to do this."})");
  }
}

TEST_CASE("rocketchat agents' calls: an empty room is no room") {
  CHECK(refusal(send_path, R"({"message":{"rid":"","msg":"x"}})") == plain("error-invalid-room"));
  CHECK(refusal(post_path, R"({"roomId":"","text":"x"})") == plain("error-invalid-room"));
  CHECK(refusal(update_path, R"({"roomId":"","msgId":"m","text":"x"})") == plain("error-invalid-room"));
  CHECK(refusal(delete_path, R"({"roomId":"","msgId":"m"})") == plain("error-invalid-room"));
  CHECK(refusal(forward_path, R"({"roomId":"","userId":"b"})") == plain("error-invalid-room"));
  CHECK(refusal(close_path, R"({"rid":""})") == plain("error-invalid-room"));
  CHECK(text(ByAgent(Method::get, join_path, "roomId=").refused()) == plain("error-invalid-room"));
  CHECK(refusal(take_path, R"({"inquiryId":""})") ==
        R"({"success":false,"error":"Inquiry not found [error-not-found]","errorType":"error-not-found"})");
}

TEST_CASE("rocketchat rooms: open and ended ones, unless the client asks for one kind") {
  const auto filter = [](String query) {
    return ByAgent(Method::get, rooms_path, std::move(query)).decoded<ListChats>().filter;
  };
  CHECK(filter("").state == ChatFilter::State::any);
  CHECK(filter("open=true").state == ChatFilter::State::open);
  CHECK(filter("open=false").state == ChatFilter::State::ended);
  CHECK(filter("open=yes").state == ChatFilter::State::any);
  CHECK(filter("").newest_first);
}

TEST_CASE("rocketchat visitor/:token/room and visitors.chatHistory: the rooms of a visitor") {
  ByAgent open(Method::get, of_visitor_path);
  open.request().parameter("t");
  CHECK(open.decoded<ListChats>().filter.state == ChatFilter::State::open);
  Chat other = chat("other");
  other.participants[0].token = "another";
  const Value shown = parse(text(open.answered(Outcome(Page<Chat>{{chat(), other}}))));
  REQUIRE(shown.find("rooms")->children.size() == 1);
  CHECK(shown.find("rooms")->children[0].find("_id")->text == "r");
  CHECK(shown.find("count") == nullptr);

  ByAgent history(Method::get, chat_history_path, "offset=1&count=1");
  history.request().parameter("r").parameter("v");
  const auto asked = history.decoded<ListChats>();
  CHECK(asked.filter.state == ChatFilter::State::any);
  CHECK(asked.filter.visitor.text == "v");
  CHECK(asked.filter.newest_first);
  const Value page = parse(text(history.answered(Outcome(Page<Chat>{{chat("r2"), chat("r1")}}))));
  REQUIRE(page.find("history")->children.size() == 1);
  CHECK(page.find("history")->children[0].find("_id")->text == "r1");
  CHECK(page.find("total")->text == "2");
}

TEST_CASE("rocketchat visitors.searchChats: closed and served rooms of a visitor, by source") {
  constexpr const char* path = "/api/v1/livechat/visitors.searchChats/room/:roomId/visitor/:visitorId";
  const auto asked = [](const char* query) {
    ByAgent call(Method::get, path, query);
    call.request().parameter("r").parameter("v");
    return call.decoded<ListChats>().filter;
  };
  CHECK(asked("").state == ChatFilter::State::any);
  CHECK(asked("").visitor.text == "v");
  CHECK(asked("closedChatsOnly=true").state == ChatFilter::State::ended);
  CHECK(asked("closedChatsOnly=false").state == ChatFilter::State::any);

  Chat served = chat("served");
  served.agent.text = "a";
  served.source = "widget";
  Participant& ann = served.participants.emplace_back();
  ann.id = "a";
  ann.is_agent = true;
  Chat waiting = chat("waiting");
  waiting.source = "api";
  const Outcome all = Page<Chat>{{served, waiting}};
  const auto found = [&all](const char* query) {
    ByAgent call(Method::get, path, query);
    call.request().parameter("r").parameter("v");
    String ids;
    const Value answer = parse(text(call.answered(all)));
    for (const Value& one : answer.find("history")->children) ids += one.find("_id")->text + ' ';
    return ids + answer.find("total")->text;
  };
  CHECK(found("") == "served waiting 2");
  CHECK(found("servedChatsOnly=true") == "served 1");
  CHECK(found("servedChatsOnly=false") == "served waiting 2");
  CHECK(found("source=API") == "waiting 1");
  CHECK(found("searchText=&count=1&offset=1") == "waiting 2");
  ByAgent call(Method::get, path, "searchText=invoice");
  call.request().parameter("r").parameter("v");
  const http::Reply& refused = call.refused();
  CHECK(refused.status == 400);
  CHECK(parse(text(refused)).find("errorType")->text == "error-not-supported");
}

}  // namespace parley::test::rocketchat
