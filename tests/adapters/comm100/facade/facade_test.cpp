// Credentials and answers of the Comm100 facade.
#include <doctest/doctest.h>

#include "adapters/comm100/facade/facade.hpp"
#include "tests/adapters/comm100/settings.hpp"
#include "tests/support/json.hpp"
#include "tests/support/requests.hpp"

namespace {

using namespace parley;
using namespace parley::test::comm100;
using http::Method;
using test::OwnedRequest;
namespace comm100 = parley::comm100;

}  // namespace

TEST_CASE("comm100: credentials") {
  const comm100::Facade facade(route());
  // base64 of agent@example.com:0123456789abcdef0123456789abcdef, of the same with a wrong key, of colon@example.com:a:b
  const char* good_key = "Basic YWdlbnRAZXhhbXBsZS5jb206MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  const char* bad_key = "Basic YWdlbnRAZXhhbXBsZS5jb206MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWU=";
  const char* colon_key = "basic Y29sb25AZXhhbXBsZS5jb206YTpi";
  const struct {
    const char* name;
    const char* authorization;  ///< nullptr = none
    const char* query;
    int status;  ///< 200 = let in
  } cases[] = {
      {"a token", "Bearer demo-comm100-token", "", 200},
      {"the other token", "bearer first-token", "", 200},
      {"blanks around", " Bearer  demo-comm100-token ", "", 200},
      {"a token needs no site", "Bearer demo-comm100-token", "siteId=7", 200},
      {"nothing", nullptr, "", 401},
      {"empty", "", "", 401},
      {"no token", "Bearer", "", 401},
      {"a blank token", "Bearer ", "", 401},
      {"a wrong token", "Bearer demo-comm100-tokeN", "", 401},
      {"a longer token", "Bearer demo-comm100-token1", "", 401},
      {"a shorter token", "Bearer demo-comm100-toke", "", 401},
      {"another scheme", "Digest demo-comm100-token", "", 401},
      {"the token alone", "demo-comm100-token", "", 401},
      {"a key", good_key, "siteId=10000", 200},
      {"query names have no case", good_key, "x=1&SITEID=10000", 200},
      {"a key with a colon", colon_key, "siteId=10000", 200},
      {"a key without site", good_key, "", 400},
      {"a key with an empty site", good_key, "siteId=", 400},
      {"a key of another site", good_key, "siteId=10001", 403},
      {"a wrong key is refused before the site is checked", bad_key, "", 401},
      {"no base64", "Basic !!!!", "siteId=10000", 401},
      {"no colon", "Basic YWJj", "siteId=10000", 401},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    OwnedRequest request(Method::get, "/v4/livechat/agents", one.query);
    if (one.authorization != nullptr) request.header("authorization", one.authorization);
    const Result<std::string_view> admitted = facade.admit(request.get());
    int status = 200;
    if (!admitted) {
      http::Reply reply;
      facade.render(admitted.error(), request.get(), reply);
      status = reply.status;
      CHECK((test::header_of(reply, "WWW-Authenticate") == R"(Bearer realm="comm100", Basic realm="comm100")") ==
            (status == 401));
    }
    CHECK(status == one.status);
  }
}

TEST_CASE("comm100: who shows two credentials is let in with neither") {
  config::Route route;
  route.own.edit<parley::comm100::RouteAuth>().bearer = {{"good"}};
  route.own.edit<parley::comm100::RouteAuth>().site_id = "1";
  for (const char* const second : {"Bearer bad", "Bearer good", ""}) {
    OwnedRequest request(Method::get, "/v4/livechat/agents", "siteId=1");
    request.header("Authorization", "Bearer good");
    CHECK(comm100::Facade(route).admit(request.get()).has_value());
    request.header("authorization", second);
    const Result<std::string_view> admitted = comm100::Facade(route).admit(request.get());
    REQUIRE(admitted.has_error());
    CHECK(admitted.error().code == Code::unauthorized);
  }
}

TEST_CASE("comm100: a route without configured credentials admits nobody, unless it has auth: none") {
  OwnedRequest request(Method::get, "/v4/livechat/agents");
  request.header("Authorization", "Bearer ");
  CHECK_FALSE(comm100::Facade(config::Route{}).admit(request.get()).has_value());
  config::Route open;
  open.auth.none = open.auth.given = true;
  CHECK(comm100::Facade(open).admit(request.get()).has_value());
}

TEST_CASE("comm100: answers") {
  config::Route settings = route();
  const comm100::Facade facade(settings);
  OwnedRequest request(Method::get);
  Agent agent;
  agent.id.text = agent_id;
  agent.status = "Meeting";
  agent.name = "Gaia";
  http::Reply reply;
  REQUIRE(facade.encode(Ref<Agent>(agent), request.get(), reply).has_value());
  CHECK(reply.status == 200);
  CHECK(reply.content_type == "application/json; charset=utf-8");
  CHECK(reply.body.view() == R"({"id":"c97a2afe-a38f-46f8-a55b-8ac9f873cd09","status":"Meeting","ongoingChats":0})");
  REQUIRE(reply.losses.size() == 1);
  CHECK(reply.losses[0].member == "agent.name");

  reply.clear();
  REQUIRE(facade.encode(Page<Agent>{{agent, agent}}, request.get(), reply).has_value());
  CHECK(reply.body.view().starts_with(R"([{"id":"c97a2afe)"));
  CHECK(reply.losses.size() == 1);

  reply.clear();
  REQUIRE(facade.encode(Page<Visitor>{}, request.get(), reply).has_value());
  CHECK(reply.body.view() == "[]");

  for (const Outcome& outcome : {Outcome(List<Channel>{}), Outcome(RecordedPage{})}) {
    reply.clear();
    const Result<void> refused = facade.encode(outcome, request.get(), reply);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == Code::unsupported_operation);
  }

  settings.loss = config::LossPolicy::allow;
  reply.clear();
  REQUIRE(comm100::Facade(settings).encode(Ref<Agent>(agent), request.get(), reply).has_value());
  CHECK(reply.losses.empty());
}

TEST_CASE(
    "comm100: a long list is written piece by piece with the same bytes, and its losses and size are known before the "
    "first piece") {
  struct NoWaker final : http::Waker {
    void wake() override {}
  } waker;
  const comm100::Facade facade(route());
  OwnedRequest request(Method::get);
  http::Reply reply;
  const auto record = [](std::size_t i) {
    Chat chat;
    chat.id.text = "chat";
    chat.visitor.text = visitor_id;
    chat.language = "language " + std::to_string(i);
    return chat;
  };
  REQUIRE(facade.encode(Ref<Chat>(record(100)), request.get(), reply).has_value());
  const std::size_t about = http::BodySource::piece / reply.body.size();  // records in a piece
  for (const std::size_t count :
       {std::size_t{1}, about - 2, about - 1, about, about + 1, about + 2, about + 3, 4 * about}) {
    CAPTURE(count);
    List<Chat> chats;
    String expected = "[";
    for (std::size_t i = 0; i < count; ++i) {
      chats.push_back(record(i));
      reply.clear();
      REQUIRE(facade.encode(Ref<Chat>(chats.back()), request.get(), reply).has_value());
      expected.append(i == 0 ? "" : ",").append(reply.body.view());
    }
    expected += ']';
    reply.clear();
    REQUIRE(facade.encode(Page<Chat>{chats}, request.get(), reply).has_value());
    REQUIRE(reply.losses.size() == 1);
    CHECK(reply.losses[0].member == "chat.id");
    Buffer body;
    if (!reply.source) body.append(reply.body.view());
    CHECK((reply.source != nullptr) == body.empty());
    if (reply.source) {
      CHECK(expected.size() > http::BodySource::piece);
      CHECK(reply.source->held() == expected.size());
      for (bool more = true; more;) {
        const std::size_t before = body.size();
        const Result<http::BodySource::Progress> progress = reply.source->read(body, waker);
        REQUIRE(progress.has_value());
        CHECK(body.size() - before < http::BodySource::piece + 1000);
        CHECK(reply.source->held() == expected.size() - body.size());
        more = *progress == http::BodySource::Progress::more;
      }
    }
    CHECK(body.view() == expected);
  }
  // Writing stops soon after an answer has become too large.
  const List<Agent> agents(100'000);
  for (const std::size_t bound : {std::size_t{1000}, std::size_t{100'000}, std::size_t{1'000'000}}) {
    CAPTURE(bound);
    reply.clear();
    reply.body.bound(bound);
    REQUIRE(facade.encode(Page<Agent>{agents}, request.get(), reply).has_value());
    CHECK((reply.body.overflowed() || (reply.source && reply.source->held() > bound)));
    if (reply.source) CHECK(reply.source->held() < bound + 3 * http::BodySource::piece);
    reply.body.bound(Buffer::unbounded);
  }
}

TEST_CASE("comm100: a chat is answered with its visitor") {
  Chat chat;
  chat.id.text = "a4a7b1e5-96cf-4ec6-a7b1-e596cf2ec6d1";
  chat.visitor.text = visitor_id;
  chat.title = "Help";
  chat.begin_at = Time::at(1568903506777);
  Participant person;
  person.id = visitor_id;
  person.name = "Leo";
  person.emails = {"leo@example.com"};
  person.page_history = {"https://example.com/a", "https://example.com/b"};
  Participant helper;
  helper.id = agent_id;
  helper.is_agent = true;
  chat.participants = {helper, person};
  const comm100::Facade facade(route());
  OwnedRequest request(Method::get);
  const auto answer = [&](http::Reply& reply) {
    reply.clear();
    REQUIRE(facade.encode(Ref<Chat>(chat), request.get(), reply).has_value());
    return test::parse(reply.body.view());
  };
  http::Reply reply;
  const test::Value document = answer(reply);
  CHECK(document.find("id")->text == visitor_id);
  CHECK(document.find("name")->text == "Leo");
  CHECK(document.find("email")->text == "leo@example.com");
  CHECK(document.find("currentBrowsing")->text == "https://example.com/b");
  CHECK(document.find("status")->text == "chatting");
  CHECK(document.find("visitTime")->text ==
        "2019-09-19T14:31:46.777Z");  // the begin of the chat: the visitor has no time
  List<String> lost;
  for (const shape::Loss& loss : reply.losses) lost.emplace_back(loss.member);
  CHECK(lost == List<String>{"chat.id", "chat.begin_at", "chat.title", "chat.participants", "visitor.page_history"});

  person.begin_at = Time::at(1568903508239);
  chat.participants = {person};
  CHECK(answer(reply).find("visitTime")->text == "2019-09-19T14:31:48.239Z");
  CHECK(answer(reply).find("status")->text == "waitingForChat");
  chat.state = ChatState::ended;
  CHECK(answer(reply).find("status")->text == "chatEnded");

  chat.participants = {helper, person};
  reply.clear();
  REQUIRE(facade.encode(Page<Chat>{{chat, chat}}, request.get(), reply).has_value());
  const test::Value list = test::parse(reply.body.view());
  REQUIRE(list.children.size() == 2);
  CHECK(list.children[1].find("name")->text == "Leo");
  lost.clear();
  for (const shape::Loss& loss : reply.losses) lost.emplace_back(loss.member);
  CHECK(lost == List<String>{"chat.id", "chat.begin_at", "chat.title", "chat.participants", "visitor.page_history"});
}
