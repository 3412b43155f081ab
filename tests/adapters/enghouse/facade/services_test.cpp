// Every service of the vendor, one after another: its paths, who may call it, what it asks for, how it answers and how it fails.
#include "adapters/enghouse/facade/services.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "adapters/enghouse/settings.hpp"
#include "tests/adapters/enghouse/facade/facade.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/json.hpp"
#include "tests/support/operations.hpp"

using namespace parley;
using namespace parley::enghouse;

namespace {

constexpr auto get = http::Method::get;
constexpr auto post = http::Method::post;
constexpr std::string_view chat_guid = "5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11";

/// Which paths a service has: with the domain in front, without it, or both.
enum class Domain : std::uint8_t { optional, mandatory };

struct Case {
  http::Method method;
  std::string_view name;  ///< as in the path, with the id behind it
  Domain domain;
  bool open;    ///< needs no credentials
  bool script;  ///< JSONP
  const char* body;
  OperationKind operation;
  const char* asks;    ///< a line of the operation
  const char* good;    ///< the answer to `outcome_of`; nullptr: tested elsewhere
  const char* failed;  ///< the answer for a chat that is not there
};

#define MESSAGE_OPEN                                                                                \
  R"([{"room":"CHAT_5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11","data":{"id":"m1","messageType":"TEXT",)" \
  R"("ts":1700000000123,"content":{"text":"Hello \u2028","user":)"
#define MESSAGES MESSAGE_OPEN R"({"id":"USER_a","isAgent":false,"nickname":"Ann"}}}}])"
#define ENDED                                                                          \
  R"({"result":true,"transcript":{"_id":"CHAT_5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11",)" \
  R"("room":"CHAT_5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11","ctlive_type":"chat","messages":)" MESSAGES "}}"

const Case cases[] = {
    {get, "getContactByChatID/:chatId", Domain::optional, true, true, nullptr, operation_kind<GetChatContact>,
     "chat=5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11", nullptr,
     R"({"result":false,"contact":null,"error":"chat not active"})"},
    {get, "getActiveContactsID", Domain::optional, false, true, nullptr, operation_kind<ListChats>, "state=open",
     R"({"result":true,"contacts":["CHAT_5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11"],"error":null})",
     R"({"result":false,"contacts":null,"error":"chat not active"})"},
    {get, "getChatHistory/:chatId", Domain::optional, true, true, nullptr, operation_kind<ListMessages>, "must=be open",
     R"({"result":true,"messages":)" MESSAGE_OPEN
     R"({"id":"USER_a","nickname":"Ann","isAgent":false,"beginTime":1700000000000,"endTime":"","isOnline":true,)"
     R"("userAgent":"UA","firstUri":"https://shop.example/","firstTitle":"Shop","channel":"web","firstIP":"::1"}}}}],"error":null})",
     R"({"result":false,"messages":null,"error":"chat not active"})"},
    {get, "getDataCollectionByChatID/:chatId", Domain::optional, false, true, nullptr, operation_kind<GetChatContact>,
     "chat=5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11",
     R"({"result":true,"datacollections":{"f":{"datacollection":[],"id":"f","title":"Form","dc_mode":"chat","next":"","__v":0}},"error":null})",
     R"({"result":false,"datacollections":null,"error":"chat not active"})"},
    {get, "getContactTranscriptByChatID/:chatId", Domain::mandatory, false, true, nullptr, operation_kind<ListMessages>,
     "must=exist", R"({"result":true,"isChatActive":true,"chatTranscript":)" MESSAGES R"(,"error":null})",
     R"({"result":false,"isChatActive":false,"chatTranscript":null,"error":"no such chat"})"},
    {get, "getChatTranscriptByChatID/:chatId", Domain::optional, false, true, nullptr, operation_kind<ListMessages>,
     "must=have ended", R"({"result":true,"chatTranscripts":)" ENDED R"(,"error":null})",
     R"({"result":false,"chatTranscripts":null,"error":"no ended chat with this id"})"},
    {get, "getChatTrasncriptByChatID/:chatId", Domain::optional, false, true, nullptr, operation_kind<ListMessages>,
     "must=have ended", R"({"result":true,"chatTranscripts":)" ENDED R"(,"error":null})",
     R"({"result":false,"chatTranscripts":null,"error":"no ended chat with this id"})"},
    {post, "getChatTranscriptByCalldata", Domain::mandatory, false, false, R"({"order":"4711"})",
     operation_kind<ListTranscripts>, "order=4711", R"({"result":true,"chatTranscripts":[)" ENDED R"(],"error":null})",
     R"({"result":false,"chatTranscripts":null,"error":"unknown domain"})"},
    {get, "getChatTranscriptByUserID/:userId", Domain::mandatory, false, false, nullptr,
     operation_kind<ListTranscripts>, "visitor=CHAT_5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11\n",
     R"({"result":true,"chatTranscripts":[)" ENDED R"(],"error":null})",
     R"({"result":false,"chatTranscripts":null,"error":"unknown domain"})"},
    {post, "getChatTranscriptByTimeRangeAndServiceID", Domain::mandatory, false, false,
     R"({"beginTime":1700000000123,"endTime":1700000000124,"serviceID":"Shop"})", operation_kind<ListTranscripts>,
     "service=Shop", R"({"result":true,"chatTranscripts":[)" ENDED R"(],"error":null})",
     R"({"result":false,"chatTranscripts":null,"error":"unknown domain"})"},
    {post, "sendTextMessageToActiveChat/:chatId", Domain::optional, false, false, R"({"text":"Hello"})",
     operation_kind<PostMessage>, "text=Hello", R"({"result":true,"error":null})",
     R"({"result":false,"error":"chat not active"})"},
    {post, "sendExternalTextMessageToActiveChat", Domain::optional, false, false,
     R"({"userid":"1","serviceid":"2","chatid":"CHAT_x","text":"Hello"})", operation_kind<PostMessage>, "text=Hello",
     R"({"result":true,"error":null})", R"({"result":false,"error":"chat not active"})"},
    {post, "endContactByChatID", Domain::optional, false, false, R"({"chatID":"CHAT_x","reason":"success"})",
     operation_kind<CloseChat>, "reason=success", R"({"result":true,"error":null})",
     R"({"result":false,"error":"chat not active"})"},
    {post, "endAllContacts", Domain::optional, false, false, nullptr, operation_kind<CloseAllChats>, "actor=system",
     R"({"result":true,"contacts":["CHAT_5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11"],"error":null})",
     R"({"result":false,"contacts":null,"error":"unknown domain"})"},
};

std::unique_ptr<contract::Facade> facade(List<std::pair<String, String>> domains = {}) {
  config::Route route;
  route.own.edit<RouteSettings>().domains = std::move(domains);
  route.own.edit<RouteAuth>().tokens = {{"t"}};
  return make_facade(route);
}

List<std::string> patterns_of(const Case& one) {
  const std::string with_domain = "/livechat/:domain/" + std::string(one.name);
  if (one.domain == Domain::mandatory) return {with_domain};
  return {"/livechat/" + std::string(one.name), with_domain};
}
bool has_domain(std::string_view pattern) { return pattern.starts_with("/livechat/:domain/"); }

/// Calls `check(case, pattern, endpoint, facade)` for each path of each service.
template <class Check>
void for_each_path(const Check& check, List<std::pair<String, String>> domains = {}) {
  const auto served = facade(std::move(domains));
  for (const Case& one : cases) {
    for (const std::string& pattern : patterns_of(one)) {
      CAPTURE(pattern);
      check(one, pattern, test::endpoint(*served, one.method, pattern), *served);
    }
  }
}

/// A request that the service accepts, with that domain where its path has one.
class Call {
 public:
  Call(const Case& one, std::string_view pattern, String query = {}, String domain = "default",
       String id = "CHAT_5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11")
      : owned_(one.method, "/livechat/x", std::move(query)) {
    if (has_domain(pattern)) owned_.parameter(std::move(domain));
    if (one.name.find("/:") != std::string_view::npos) owned_.parameter(std::move(id));
    if (one.body != nullptr) owned_.header("Content-Type", "application/json").body(one.body);
  }
  http::Request get(const contract::Endpoint& endpoint) {
    http::Request request = owned_.get();
    request.endpoint = &endpoint;
    return request;
  }

 private:
  test::OwnedRequest owned_;
};

Chat chat() {
  Chat made;
  made.id.text = chat_guid;
  made.state = ChatState::active;
  made.visitor.text = "USER_a";
  Participant& ann = made.participants.emplace_back();
  ann.id = "USER_a";
  ann.name = "Ann";
  ann.begin_at = Time::at(1700000000000);
  ann.online = true;
  ann.user_agent = "UA";
  ann.landing_page = "https://shop.example/";
  ann.landing_title = "Shop";
  ann.channel = "web";
  ann.ip = "::1";
  DataCollection& form = made.data_collections.emplace_back();
  form.id = "f";
  form.title.text = "\"Form\"";
  form.mode = "chat";
  return made;
}

Message said(std::string_view id, MessageKind kind = MessageKind::text) {
  Message made;
  made.id.text = id;
  made.chat.text = chat_guid;
  made.at = Time::at(1700000000123);
  made.kind = kind;
  made.text = "Hello \xe2\x80\xa8";
  made.author = author_named(ActorKind::visitor, "USER_a", "Ann");
  return made;
}

Transcript transcript(List<Message> messages = {said("m1")}) {
  return {Ref<Chat>(chat()), Page<Message>(std::move(messages))};
}

/// What a backend answers to the operation.
Outcome outcome_of(OperationKind kind) {
  if (kind == operation_kind<GetChatContact> || kind == operation_kind<CloseChat>) return Ref<Chat>(chat());
  if (kind == operation_kind<ListChats>) return Page<Chat>({chat()});
  if (kind == operation_kind<ListMessages>) return transcript();
  if (kind == operation_kind<ListTranscripts>) return List<Transcript>{transcript()};
  if (kind == operation_kind<PostMessage>) return PostedMessage{Ref<Message>(said("m1")), true};
  return ClosedChats{{{chat_guid}}};
}

http::Reply answered(const contract::Endpoint& endpoint, const contract::Facade& served, const http::Request& request,
                     const Outcome& outcome) {
  http::Reply reply;
  contract::Decoded decoded;
  Result<void> done = endpoint.decode(served, request, decoded);
  if (done) done = endpoint.encode(served, decoded, outcome, reply);
  if (!done) served.render(done.error(), request, reply);
  return reply;
}

http::Reply failed(const contract::Facade& served, const http::Request& request, Code code) {
  http::Reply reply;
  served.render({.code = code}, request, reply);
  return reply;
}

/// The JSON of an answer, as it stands in a script.
String in_script(std::string_view json) {
  String text(json);
  for (std::size_t at = 0; (at = text.find("\xe2\x80\xa8", at)) != String::npos;) text.replace(at, 3, "\\u2028");
  return "/**/ typeof cb === 'function' && cb(" + text + ");";
}

}  // namespace

TEST_CASE("enghouse: the services and their paths are these") {
  std::size_t paths = 0;
  for_each_path([&](const Case& one, std::string_view, const contract::Endpoint& endpoint, const contract::Facade&) {
    ++paths;
    CHECK(endpoint.access == (one.open ? contract::Access::open : contract::Access::credentials));
    CHECK(endpoint.body == (one.body != nullptr ? contract::BodyRule::json : contract::BodyRule::none));
    CHECK(endpoint.operation == one.operation);
    const auto has = [&endpoint](std::string_view name) {
      return std::any_of(endpoint.query.begin(), endpoint.query.end(),
                         [name](const contract::QueryParameter& parameter) { return parameter.name == name; });
    };
    CHECK(has("callback") == one.script);
    CHECK(has("ctlivetoken") == !one.open);
  });
  CHECK(facade()->endpoints().size() == paths + 1);  // the other one fetches a file
  CHECK(facade()->ignores_path_case());
}

TEST_CASE("enghouse: what each service asks for") {
  for_each_path([](const Case& one, std::string_view pattern, const contract::Endpoint& endpoint,
                   const contract::Facade& served) {
    Call call(one, pattern);
    const Result<Operation> operation = test::decoded_by(endpoint, served, call.get(endpoint));
    REQUIRE(operation.has_value());
    const String asked = test::describe(*operation);
    CAPTURE(asked);
    CHECK(asked.find(String("\n").append(one.asks)) != String::npos);
    if (one.operation == operation_kind<ListMessages>) CHECK(asked.find("\nwritten=yes\n") != String::npos);
    if (one.operation == operation_kind<ListTranscripts>) CHECK(asked.find("\nstate=ended\n") != String::npos);
  });
}

TEST_CASE("enghouse: a user's id in a path is that of a visitor") {
  const auto served = facade();
  const auto& endpoint = test::endpoint(*served, get, "/livechat/:domain/getChatTranscriptByUserID/:userId");
  const auto visitor = [&](String id) -> String {
    test::OwnedRequest request(get, "/livechat/x");
    request.parameter("default").parameter(std::move(id));
    const Result<Operation> operation = test::decoded_by(endpoint, *served, request.get());
    if (!operation) return String(shown(operation.error().code).text);
    return std::get<ListTranscripts>(*operation).filter.visitor.text.str();
  };
  CHECK(visitor("USER_7d1f0a63-52b8-4c7d-8e1a-94c0b7a6d210") == "7d1f0a63-52b8-4c7d-8e1a-94c0b7a6d210");
  CHECK(visitor("393331234567") == "393331234567");
  CHECK(visitor("a\\b") == "no such visitor");
}

TEST_CASE("enghouse: how each service answers, as JSON and as a script") {
  for_each_path([](const Case& one, std::string_view pattern, const contract::Endpoint& endpoint,
                   const contract::Facade& served) {
    if (one.good == nullptr) return;
    String json = one.good;
    if (const std::size_t at = json.find("\\u2028"); at != String::npos) json.replace(at, 6, "\xe2\x80\xa8");
    Call plain(one, pattern);
    const http::Reply reply = answered(endpoint, served, plain.get(endpoint), outcome_of(one.operation));
    CHECK(reply.status == 200);
    CHECK(reply.content_type == "application/json; charset=utf-8");
    CHECK(reply.body.view() == json);
    CHECK(test::header_of(reply, "Cache-Control") == "no-store");
    CHECK(test::header_of(reply, "X-Content-Type-Options") == "nosniff");
    Call script(one, pattern, "callback=cb&_=1700000000001");
    const http::Reply called = answered(endpoint, served, script.get(endpoint), outcome_of(one.operation));
    CHECK(called.status == 200);
    CHECK(called.content_type == (one.script ? "text/javascript; charset=utf-8" : "application/json; charset=utf-8"));
    CHECK(called.body.view() == (one.script ? in_script(json) : json));
  });
}

TEST_CASE("enghouse: how each service fails, as JSON and as a script") {
  for_each_path([](const Case& one, std::string_view pattern, const contract::Endpoint& endpoint,
                   const contract::Facade& served) {
    for (const Code code : {Code::no_such_chat, Code::chat_ended, Code::not_the_visitors_chat}) {
      Call plain(one, pattern);
      const http::Reply reply = failed(served, plain.get(endpoint), code);
      CHECK(reply.status == 200);
      CHECK(reply.body.view() == one.failed);
      Call script(one, pattern, "callback=cb");
      const http::Reply called = failed(served, script.get(endpoint), code);
      CHECK(called.status == 200);
      CHECK(called.body.view() == (one.script ? in_script(one.failed) : one.failed));
    }
    String other = one.failed;  // the members are the same, whatever went wrong
    other.replace(other.find("\"error\":"), String::npos, R"("error":"not authorized"})");
    Call call(one, pattern);
    CHECK(failed(served, call.get(endpoint), Code::unauthorized).body.view() == other);
  });
}

TEST_CASE("enghouse: a callback that is not a name is refused by the services with scripts only") {
  for_each_path([](const Case& one, std::string_view pattern, const contract::Endpoint& endpoint,
                   const contract::Facade& served) {
    Call call(one, pattern, "callback=a..b");
    const http::Request request = call.get(endpoint);
    const Result<Operation> operation = test::decoded_by(endpoint, served, request);
    CHECK(operation.has_value() == !one.script);
    if (operation) return;
    CHECK(operation.error().code == Code::invalid_callback);
    CHECK(failed(served, request, Code::invalid_callback).status == 400);
  });
}

TEST_CASE("enghouse: each service knows the tenants of the route's domains") {
  const List<std::pair<String, String>> map = {{"shop", "SHOP"}, {"help", "DESK"}};
  for_each_path(
      [](const Case& one, std::string_view pattern, const contract::Endpoint& endpoint,
         const contract::Facade& served) {
        const auto asked = [&](String domain) -> String {
          Call call(one, pattern, {}, std::move(domain));
          const Result<Operation> operation = test::decoded_by(endpoint, served, call.get(endpoint));
          if (operation) return test::describe(*operation);
          CHECK(operation.error().code == Code::no_such_chat);
          return "-";
        };
        if (!has_domain(pattern)) {
          CHECK(asked("") == "-");  // it could be another tenant's
          return;
        }
        CHECK(asked("Shop").find("\ndomain=SHOP\n") != String::npos);
        CHECK(asked("help").find("\ndomain=DESK\n") != String::npos);
        CHECK(asked("other") == "-");
      },
      map);
}

TEST_CASE("enghouse: a service with an id in its path refuses a text that cannot be one") {
  for_each_path([](const Case& one, std::string_view pattern, const contract::Endpoint& endpoint,
                   const contract::Facade& served) {
    if (one.name.find("/:") == std::string_view::npos) return;
    for (const char* id : {".", "..", "a/b", "a?b", "a%b", "a\r\nb"}) {
      Call call(one, pattern, {}, "default", id);
      CHECK(test::decoded_by(endpoint, served, call.get(endpoint)).has_error());
    }
  });
}

TEST_CASE("enghouse: a transcript has what somebody wrote, and neither notes nor what happened") {
  const auto served = facade();
  const Case& one = cases[4];
  const std::string pattern = patterns_of(one).front();
  const contract::Endpoint& endpoint = test::endpoint(*served, get, pattern);
  Message deleted = said("m4");
  deleted.deleted = true;
  Chat ended = chat();
  ended.state = ChatState::ended;
  const Outcome all = Transcript{
      Ref<Chat>(ended),
      Page<Message>({said("m1"), said("m2", MessageKind::note), said("m3", MessageKind::taken), deleted, said("m5")})};
  Call call(one, pattern);
  const http::Reply reply = answered(endpoint, *served, call.get(endpoint), all);
  const test::Value shown = test::parse(reply.body.view());
  CHECK(shown.find("isChatActive")->text == "false");
  List<String> ids;
  for (const test::Value& each : shown.find("chatTranscript")->children) {
    ids.push_back(each.find("data")->find("id")->text);
  }
  CHECK(ids == List<String>{"m1", "m5"});
  List<String> lost;
  for (const shape::Loss& loss : reply.losses) lost.emplace_back(loss.member);
  CHECK(lost == List<String>{"message.kind"});  // the note
}

TEST_CASE("enghouse: what a store counts is no loss of a transcript") {
  const auto served = facade();
  Message message = said("m1");
  message.number = 1;
  message.shown_at = message.updated_at = Time::at(1700000000124);
  Message changed = said("m2");
  changed.edited_at = Time::at(1700000000124);
  for (const std::size_t at : {2U, 4U, 5U, 7U}) {
    const Case& one = cases[at];
    const std::string pattern = patterns_of(one).front();
    CAPTURE(pattern);
    const contract::Endpoint& endpoint = test::endpoint(*served, one.method, pattern);
    Call call(one, pattern);
    const auto answer = [&](const Transcript& shown) {
      const Outcome outcome = at == 7 ? Outcome(List<Transcript>(1, shown)) : Outcome(shown);
      return answered(endpoint, *served, call.get(endpoint), outcome);
    };
    CHECK(answer(transcript({message})).losses.empty());
    const http::Reply lossy = answer(transcript({message, changed}));
    REQUIRE(lossy.losses.size() == 1);
    CHECK(lossy.losses[0].member.view() == "message.edited_at");
  }
}

TEST_CASE("enghouse: the history shows who takes part in full, and others as the message has them") {
  const auto served = facade();
  const Case& one = cases[2];
  const std::string pattern = patterns_of(one).front();
  const contract::Endpoint& endpoint = test::endpoint(*served, get, pattern);
  Message by_stranger = said("m2");
  by_stranger.author = author_named(ActorKind::agent, "", "Mario");
  by_stranger.reply_to.text = "m1";
  by_stranger.extensions.push_back({"enghouse.message.data", "priority", "2"});
  Message extended = said("m1");
  extended.extensions = {{"enghouse.message", "_id", "\"1\""},
                         {"enghouse.message.data", "y", "2"},
                         {"enghouse.message.data.content", "z", "3"}};
  extended.reply_to.text = "m0";
  Call call(one, pattern);
  const http::Reply reply = answered(endpoint, *served, call.get(endpoint), transcript({extended, by_stranger}));
  const test::Value shown = test::parse(reply.body.view());
  const List<test::Value>& messages = shown.find("messages")->children;
  REQUIRE(messages.size() == 2);
  CHECK(messages[0].find("_id")->text == "1");
  CHECK(messages[0].find("data")->find("y")->text == "2");
  CHECK(messages[0].find("data")->find("replyTo")->text == "m0");
  CHECK(messages[0].find("data")->find("content")->find("z")->text == "3");
  CHECK(messages[0].find("data")->find("content")->find("user")->find("firstIP")->text == "::1");
  CHECK(test::print(*messages[1].find("data")->find("content")->find("user")) ==
        R"({"id":"","isAgent":true,"nickname":"Mario"})");
  CHECK(messages[1].find("data")->find("priority")->text == "2");
}

TEST_CASE("enghouse: more transcripts than an answer may have are refused, not cut") {
  const auto served = facade();
  const std::string_view pattern = "/livechat/:domain/getChatTranscriptByUserID/:userId";
  const contract::Endpoint& endpoint = test::endpoint(*served, get, pattern);
  const Transcript each = transcript({});
  Call call(cases[8], pattern);
  const http::Request request = call.get(endpoint);
  const http::Reply most = answered(endpoint, *served, request, List<Transcript>(1000, each));
  CHECK(test::parse(most.body.view()).find("chatTranscripts")->children.size() == 1000);
  CHECK(answered(endpoint, *served, request, List<Transcript>(1001, each)).body.view() ==
        R"({"result":false,"chatTranscripts":null,"error":"the answer is too large; ask for less"})");
  CHECK(answered(endpoint, *served, request, List<Transcript>()).body.view() ==
        R"({"result":true,"chatTranscripts":[],"error":null})");
}

TEST_CASE("enghouse: a visitor who never chatted has no forms") {
  const auto served = facade();
  const Case& one = cases[3];
  const std::string pattern = patterns_of(one).front();
  const contract::Endpoint& endpoint = test::endpoint(*served, get, pattern);
  Call call(one, pattern);
  CHECK(answered(endpoint, *served, call.get(endpoint), Ref<Visitor>(Visitor())).body.view() ==
        R"({"result":true,"datacollections":{},"error":null})");
}

TEST_CASE("enghouse: an error outside of all services has the form of getContactByChatID") {
  CHECK(&service_of(nullptr) == &contact_service);
  const contract::Endpoint of_another;
  CHECK(&service_of(&of_another) == &contact_service);
}

TEST_CASE("enghouse: strict_status holds for every service") {
  config::Route route;
  route.own.edit<RouteSettings>().strict_status = true;
  const auto strict = make_facade(route);
  for (const Case& one : cases) {
    const std::string pattern = patterns_of(one).front();
    CAPTURE(pattern);
    const contract::Endpoint& endpoint = test::endpoint(*strict, one.method, pattern);
    Call plain(one, pattern);
    CHECK(failed(*strict, plain.get(endpoint), Code::no_such_chat).status == 404);
    Call script(one, pattern, "callback=cb");
    CHECK(failed(*strict, script.get(endpoint), Code::no_such_chat).status == (one.script ? 200 : 404));
  }
}
