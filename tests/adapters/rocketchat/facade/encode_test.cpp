// Outcomes as the vendor's answers, in both profiles, and the losses that are reported.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

/// The visitor of the vendor's page, with further members that current servers show.
Visitor guest() {
  bool exact = false;
  Visitor visitor;
  visitor.id.text = "sGtcfEYz852uguxaS";
  visitor.username = "guest-7";
  visitor.updated_at = *parse_iso("2018-09-21T14:10:56.529Z", exact);
  visitor.token = "iNKE8a6k6cjbqWhWd";
  visitor.phones = {"55 51 5555-5555"};
  visitor.emails = {"visitor@pimenta.chat"};
  visitor.name = "Livechat Visitor";
  visitor.attributes = {attribute("address", "pimentaCHAT street")};
  return visitor;
}

Visitor guest_of_today() {
  bool exact = false;
  Visitor visitor = guest();
  visitor.presence = Presence::online;
  visitor.created_at = *parse_iso("2018-09-21T14:00:00.000Z", exact);
  visitor.department.text = "66f1a2b3c4d5e6f708192a3c";
  visitor.user_agent = "curl/7.88.1";
  visitor.ip = "192.0.2.7";
  visitor.host = "localhost:3000";
  visitor.last_chat.text = "vp3D9H8ud6HYvRpvq";
  visitor.last_chat_at = visitor.created_at;
  return visitor;
}

// The example answer of the vendor's page.
constexpr const char* sample_answer =
    R"({"visitor":{"_id":"sGtcfEYz852uguxaS","username":"guest-7","_updatedAt":"2018-09-21T14:10:56.529Z",)"
    R"("token":"iNKE8a6k6cjbqWhWd","phone":[{"phoneNumber":"55 51 5555-5555"}],)"
    R"("visitorEmails":[{"address":"visitor@pimenta.chat"}],"name":"Livechat Visitor",)"
    R"("livechatData":{"address":"pimentaCHAT street"}},"success":true})";

Outcome of(const Visitor& visitor) { return Ref<Visitor>(visitor); }

bool lost(const http::Reply& reply, std::string_view member) {
  return std::any_of(reply.losses.begin(), reply.losses.end(),
                     [member](const shape::Loss& loss) { return loss.member == member; });
}

Chat waiting_chat() {
  bool exact = false;
  Chat chat;
  chat.id.text = "vp3D9H8ud6HYvRpvq";
  chat.kind = "chat";
  chat.state = ChatState::queued;
  chat.begin_at = *parse_iso("2018-09-21T14:10:56.529Z", exact);
  chat.visitor.text = "sGtcfEYz852uguxaS";
  chat.contact.text = "673653b997f0fbcd657f0ebf";
  chat.source = "api";
  Participant visitor;
  visitor.id = "sGtcfEYz852uguxaS";
  visitor.token = "iNKE8a6k6cjbqWhWd";
  visitor.username = "guest-7";
  visitor.name = "Livechat Visitor";
  visitor.emails = {"visitor@pimenta.chat"};
  visitor.online = true;
  chat.participants.push_back(visitor);
  return chat;
}

}  // namespace

TEST_CASE("rocketchat encode: the vendor's example visitor, in both profiles") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    Call call(profile, Method::get, token_path);
    const http::Reply& reply = call.encoded(of(guest()));
    CHECK(reply.status == 200);
    CHECK(reply.content_type == "application/json");
    CHECK(text(reply) == sample_answer);
    CHECK(reply.losses.empty());
  }
}

TEST_CASE("rocketchat encode: profile 8 shows further members of a visitor, 0.70 does not") {
  Call today("8", Method::get, token_path);
  const http::Reply& shown = today.encoded(of(guest_of_today()));
  CHECK(shown.losses.empty());
  CHECK(text(shown) ==
        R"({"visitor":{"_id":"sGtcfEYz852uguxaS","username":"guest-7","_updatedAt":"2018-09-21T14:10:56.529Z",)"
        R"("token":"iNKE8a6k6cjbqWhWd","phone":[{"phoneNumber":"55 51 5555-5555"}],)"
        R"("visitorEmails":[{"address":"visitor@pimenta.chat"}],"name":"Livechat Visitor",)"
        R"("livechatData":{"address":"pimentaCHAT street"},"status":"online","ts":"2018-09-21T14:00:00.000Z",)"
        R"("department":"66f1a2b3c4d5e6f708192a3c","userAgent":"curl/7.88.1","ip":"192.0.2.7","host":"localhost:3000",)"
        R"("lastChat":{"_id":"vp3D9H8ud6HYvRpvq","ts":"2018-09-21T14:00:00.000Z"}},"success":true})");
  Call old("0.70", Method::get, token_path);
  const http::Reply& kept_back = old.encoded(of(guest_of_today()));
  CHECK(text(kept_back) == sample_answer);
  for (const char* member : {"visitor.presence", "visitor.created_at", "visitor.department", "visitor.user_agent",
                             "visitor.ip", "visitor.host", "visitor.last_chat", "visitor.last_chat_at"}) {
    CAPTURE(member);
    CHECK(lost(kept_back, member));
  }
}

TEST_CASE("rocketchat encode: a visitor of another vendor") {
  Visitor visitor;
  visitor.id.text = "3d59f909-24cd-43bc-89cb-00a320617c0a";
  visitor.name = "Ada";
  visitor.company = "Analytical Engines";
  visitor.page_views = 3;
  Call call("8", Method::get, token_path);
  const http::Reply& reply = call.encoded(of(visitor));
  CHECK(text(reply) ==
        R"({"visitor":{"_id":"3d59f909-24cd-43bc-89cb-00a320617c0a","token":"3d59f909-24cd-43bc-89cb-00a320617c0a",)"
        R"("name":"Ada","livechatData":{"company":"Analytical Engines"}},"success":true})");
  CHECK(lost(reply, "visitor.page_views"));
  CHECK(lost(reply, "visitor.token"));
  CHECK_FALSE(lost(reply, "visitor.company"));

  config::Route careless = route();
  careless.loss = config::LossPolicy::allow;
  Call uncounted(careless, Method::get, token_path);
  CHECK(uncounted.encoded(of(visitor)).losses.empty());
}

TEST_CASE("rocketchat encode: the vendor's example page visit") {
  RecordedPage sample;
  sample.page.token = "iNKE8a6k6cjbqWhWd";
  sample.page.change = "url";
  sample.page.url = "http://localhost:3000/packages/pimentachat_livechat/assets/demo.html#page-4";
  for (const char* profile : {"8", "0.70"}) {
    Call call(profile, Method::post, page_path);
    CHECK(text(call.encoded(Outcome(sample))) ==
          R"({"page":{"msg":" - http://localhost:3000/packages/pimentachat_livechat/assets/demo.html#page-4",)"
          R"("navigation":{"page":{"change":"url","title":"","location":{"href":)"
          R"("http://localhost:3000/packages/pimentachat_livechat/assets/demo.html#page-4"}},)"
          R"("token":"iNKE8a6k6cjbqWhWd"}},"success":true})");
    RecordedPage other = sample;
    other.stored = false;
    CHECK(text(call.encoded(Outcome(other))) == R"({"success":true})");
    other.stored = true;
    other.page.title = "Home \"1\"";
    CHECK(text(call.encoded(Outcome(other))).starts_with(R"({"page":{"msg":"Home \"1\" - http://localhost)"));
  }
}

TEST_CASE("rocketchat encode: channels") {
  bool exact = false;
  Channel sample;
  sample.name = sample.source = sample.detail_source = "widget";
  sample.visitor.text = "234567987655weygcbg";
  sample.verified = true;
  sample.destination = "example.com";
  sample.last_chat.text = "sdfgjhgfdfeG";
  sample.last_chat_at = *parse_iso("2024-11-22T14:53:36.500Z", exact);
  sample.field = "email";
  sample.value = "[email protected]";
  sample.verified_at = *parse_iso("2024-11-22T14:55:21.354Z", exact);
  Channel fresh;
  fresh.name = fresh.source = fresh.detail_source = "api";
  fresh.visitor.text = "v";
  Call call("8", Method::get, channels_path, "contactId=x");
  CHECK(text(call.encoded(Outcome(List<Channel>{}))) == R"({"channels":[],"success":true})");
  CHECK(text(call.encoded(Outcome(List<Channel>{sample, fresh}))) ==
        R"({"channels":[{"name":"widget","visitor":{"visitorId":"234567987655weygcbg","source":{"type":"widget"}},)"
        R"("blocked":false,"verified":true,"details":{"type":"widget","destination":"example.com"},)"
        R"("lastChat":{"_id":"sdfgjhgfdfeG","ts":"2024-11-22T14:53:36.500Z"},"field":"email",)"
        R"("value":"[email protected]","verifiedAt":"2024-11-22T14:55:21.354Z"},)"
        R"({"name":"api","visitor":{"visitorId":"v","source":{"type":"api"}},"blocked":false,"verified":false,)"
        R"("details":{"type":"api"}}],"success":true})");
}

TEST_CASE("rocketchat encode: a room") {
  Chat chat = waiting_chat();
  Call today("8", Method::get, room_path, "token=t");
  Call old("0.70", Method::get, room_path, "token=t");
  SUBCASE("waiting") {
    const http::Reply& reply = today.encoded(Outcome(OpenedChat{chat, true}));
    CHECK(text(reply) ==
          R"({"room":{"_id":"vp3D9H8ud6HYvRpvq","t":"l","fname":"Livechat Visitor","ts":"2018-09-21T14:10:56.529Z",)"
          R"("msgs":0,"v":{"_id":"sGtcfEYz852uguxaS","username":"guest-7","token":"iNKE8a6k6cjbqWhWd",)"
          R"("status":"online","name":"Livechat Visitor"},"open":true,"waitingResponse":true,)"
          R"("source":{"type":"api"},"contactId":"673653b997f0fbcd657f0ebf"},"newRoom":true,"success":true})");
    CHECK(reply.losses.empty());  // the client reads the visitor's e-mail address on the visitor
    CHECK(text(old.encoded(Outcome(OpenedChat{chat, false}))) ==
          R"({"room":{"_id":"vp3D9H8ud6HYvRpvq","t":"l","fname":"Livechat Visitor","ts":"2018-09-21T14:10:56.529Z",)"
          R"("msgs":0,"v":{"_id":"sGtcfEYz852uguxaS","username":"guest-7","token":"iNKE8a6k6cjbqWhWd",)"
          R"("status":"online","name":"Livechat Visitor"},"open":true,"waitingResponse":true},)"
          R"("newRoom":false,"success":true})");
  }
  SUBCASE("served") {
    chat.state = ChatState::active;
    chat.agent.text = "rbAXPnMktTFbNpwtJ";
    Participant agent;
    agent.id = "rbAXPnMktTFbNpwtJ";
    agent.username = "rocket.agent";
    agent.is_agent = true;
    agent.begin_at = chat.begin_at;
    chat.participants.push_back(agent);
    const Value room = *parse(text(today.encoded(Outcome(OpenedChat{chat, false})))).find("room");
    CHECK(room.find("waitingResponse") == nullptr);
    CHECK(room.find("open") != nullptr);
    CHECK(print(*room.find("servedBy")) ==
          R"({"_id":"rbAXPnMktTFbNpwtJ","username":"rocket.agent","ts":"2018-09-21T14:10:56.529Z"})");
  }
  SUBCASE("closed: there is no key open") {
    chat.state = ChatState::ended;
    chat.end_at = chat.begin_at;
    const Value room = *parse(text(today.encoded(Outcome(OpenedChat{chat, false})))).find("room");
    CHECK(room.find("open") == nullptr);
    CHECK(room.find("waitingResponse") == nullptr);
    CHECK(room.find("closedAt")->text == "2018-09-21T14:10:56.529Z");
  }
  SUBCASE("as the answer to another vendor's call, the visitor's address is a loss") {
    const Ref<Chat> shared(chat);
    const http::Reply& reply = today.encoded(Outcome(Ref<Chat>(shared)));
    CHECK(lost(reply, "participant.emails"));
    CHECK(parse(text(reply)).find("newRoom") == nullptr);
  }
}

TEST_CASE("rocketchat encode: answers to other vendors' calls") {
  Call call("8", Method::get, token_path);
  Agent online;
  online.id.text = "a";
  online.username = "ann";
  online.name = "Ann";
  online.status = "Online";
  online.ongoing_chats = 2;
  Agent meeting;
  meeting.id.text = "b";
  meeting.status = "Meeting";
  CHECK(
      text(call.encoded(Outcome(Ref<Agent>(online)))) ==
      R"({"user":{"_id":"a","username":"ann","name":"Ann","status":"online","statusLivechat":"available","livechatCount":2},"success":true})");
  const http::Reply& reply = call.encoded(Outcome(Page<Agent>{{online, meeting}}));
  CHECK(
      text(reply) ==
      R"({"users":[{"_id":"a","username":"ann","name":"Ann","status":"online","statusLivechat":"available","livechatCount":2},)"
      R"({"_id":"b","status":"away","statusLivechat":"not-available","livechatCount":0}],"count":2,"offset":0,"total":2,"success":true})");
  CHECK(lost(reply, "agent.status"));
  CHECK(text(call.encoded(Outcome(Page<Visitor>{}))) ==
        R"({"visitors":[],"count":0,"offset":0,"total":0,"success":true})");
}

}  // namespace parley::test::rocketchat
