// The facade's answers: JSON or script, with headers and statuses; and texts that are never shown.
#include "tests/adapters/enghouse/facade/facade.hpp"

#include <doctest/doctest.h>

#include "adapters/enghouse/settings.hpp"
#include "tests/support/json.hpp"

using namespace parley;
using namespace parley::enghouse;

namespace {

constexpr std::string_view json_type = "application/json; charset=utf-8";
constexpr std::string_view script_type = "text/javascript; charset=utf-8";

std::unique_ptr<contract::Facade> facade(bool strict = false) {
  config::Route route;
  route.own.edit<parley::enghouse::RouteSettings>().strict_status = strict;
  return make_facade(route);
}

Outcome chat_named(String name) {
  Chat chat = demo().chats.at(0);
  chat.participants.at(0).name = std::move(name);
  chat.wire = {};
  return Ref<Chat>(std::move(chat));
}
Outcome sample_chat() { return Ref<Chat>(demo().chats.at(0)); }

void check_headers(const http::Reply& reply) {
  CHECK(test::header_of(reply, "X-Content-Type-Options") == "nosniff");
  CHECK(test::header_of(reply, "Cache-Control") == "no-store");
  CHECK(test::header_of(reply, "Content-Disposition") == "attachment; filename=\"f.txt\"");
}

String failure(std::string_view text) {
  return String(R"({"result":false,"contact":null,"error":")").append(text) + "\"}";
}

Error error(Code code) {
  return Error{.code = code,
               .message = "CHAT_secret /livechat/CHAT_secret",
               .field = "CHAT_secret",
               .detail = code == Code::method_not_allowed ? "GET, HEAD" : "CHAT_secret",
               .source = Source("test")};
}

}  // namespace

TEST_CASE("enghouse: without a callback the answer is JSON, the same as the vendor's example") {
  const http::Reply reply = encoded(*facade(), sample_chat(), "");
  CHECK(reply.status == 200);
  CHECK(reply.content_type == json_type);
  CHECK(test::difference(adapter.samples()[0].text, reply.body.view()) == "");
  check_headers(reply);
  CHECK(reply.losses.empty());
}

TEST_CASE("enghouse: with a callback the answer is a script around the same JSON") {
  const String json(encoded(*facade(), sample_chat(), "").body.view());
  const http::Reply reply = encoded(*facade(), sample_chat(), "callback=CWSMIKI0hCD0Up0IZUn&_=1700000000001");
  CHECK(reply.status == 200);
  CHECK(reply.content_type == script_type);
  CHECK(reply.body.view() == "/**/ typeof CWSMIKI0hCD0Up0IZUn === 'function' && CWSMIKI0hCD0Up0IZUn(" + json + ");");
  check_headers(reply);
}

TEST_CASE("enghouse: markup and U+2028 in a name, in a script and in JSON") {
  const http::Reply plain = encoded(*facade(), chat_named("</script><img>\xe2\x80\xa8"), "");
  CHECK(plain.body.view().find("\"nickname\":\"</script><img>\xe2\x80\xa8\"") != String::npos);
  const http::Reply script = encoded(*facade(), chat_named("</script><img>\xe2\x80\xa8"), "callback=cb");
  CHECK(script.body.view().find("\"nickname\":\"</script><img>\\u2028\"") != String::npos);
  CHECK(script.body.view().find("\xe2\x80\xa8") == String::npos);
}

TEST_CASE("enghouse: __proto__ in callData is removed from scripts only, which is a loss") {
  Chat chat = demo().chats.at(0);
  chat.wire = {};
  chat.call_data.push_back(
      {.name = "__proto__", .value = "{\"polluted\":1}", .url = {}, .kind = AttributeKind::variable, .literal = true});
  const Outcome outcome = Ref<Chat>(chat);
  const http::Reply plain = encoded(*facade(), outcome, "");
  CHECK(plain.body.view().find("\"__proto__\":{\"polluted\":1}") != String::npos);
  CHECK(plain.losses.empty());
  const http::Reply script = encoded(*facade(), outcome, "callback=cb");
  CHECK(script.body.view().find("__proto__") == String::npos);
  CHECK(script.body.view().find("polluted") == String::npos);
  REQUIRE(script.losses.size() == 1);
  CHECK(script.losses[0].member == "enghouse.contact.__proto__");
  config::Route careless;
  careless.loss = config::LossPolicy::allow;
  CHECK(encoded(*make_facade(careless), outcome, "callback=cb").losses.empty());
  CHECK(encoded(*facade(), chat_named("__proto__ \xe2\x80\xa8"), "callback=cb").losses.empty());
}

TEST_CASE("enghouse: a callback that is not a name is refused before the backend is asked") {
  for (const char* const query : {"callback=..", "callback=[", "callback=1", "callback=a[x]", "callback=%3C"}) {
    CAPTURE(query);
    const Result<Operation> operation = decoded(*facade(), "CHAT_x", query);
    REQUIRE(operation.has_error());
    CHECK(operation.error().code == Code::invalid_callback);
    for (const bool strict : {false, true}) {
      const http::Reply reply = rendered(*facade(strict), operation.error(), query);
      CHECK(reply.status == 400);
      CHECK(reply.content_type == json_type);
      CHECK(reply.body.view() == failure("invalid callback"));
      check_headers(reply);
    }
    CHECK(encoded(*facade(), sample_chat(), query).body.view() == failure("invalid callback"));
  }
}

TEST_CASE("enghouse: every error, with and without a callback") {
  struct Case {
    Code code;
    int status;  ///< of a script and of plain JSON
    int strict;  ///< of plain JSON under strict_status
  };
  const Case cases[] = {
      {Code::no_such_chat, 200, 404},
      {Code::unauthorized, 200, 401},
      {Code::forbidden, 200, 403},
      {Code::unavailable, 200, 504},
      {Code::internal, 200, 502},
      {Code::unsupported_operation, 200, 502},
      {Code::lossy, 200, 502},
      {Code::no_such_visitor, 200, 404},
      {Code::no_such_agent, 200, 404},
      {Code::malformed_request, 400, 400},
      {Code::no_such_endpoint, 404, 404},
      {Code::method_not_allowed, 405, 405},
      {Code::body_too_large, 413, 413},
      {Code::uri_too_long, 414, 414},
      {Code::headers_too_large, 431, 431},
  };
  for (const Case& one : cases) {
    const String text(shown(one.code).text);
    CAPTURE(text);
    const http::Reply plain = rendered(*facade(), error(one.code), "");
    CHECK(plain.status == one.status);
    CHECK(plain.content_type == json_type);
    check_headers(plain);
    const http::Reply strict = rendered(*facade(true), error(one.code), "");
    CHECK(strict.status == one.strict);
    CHECK(strict.content_type == json_type);
    const http::Reply script = rendered(*facade(true), error(one.code), "callback=cb");
    CHECK(script.status == one.status);
    CHECK(script.content_type == script_type);
    check_headers(script);
    if (one.code == Code::lossy) continue;  // its text also has the member that is lost
    CHECK(plain.body.view() == failure(text));
    CHECK(script.body.view() == "/**/ typeof cb === 'function' && cb(" + failure(text) + ");");
    CHECK(plain.headers().find("CHAT_secret") == String::npos);
  }
}

TEST_CASE("enghouse: a 401 names the schemes that the route accepts") {
  const auto challenge = [](const enghouse::RouteAuth& auth, const char* query) {
    config::Route route;
    route.own.edit<parley::enghouse::RouteSettings>().strict_status = true;
    route.own.edit<parley::enghouse::RouteAuth>() = auth;
    return test::header_of(rendered(*make_facade(route), error(Code::unauthorized), query), "WWW-Authenticate");
  };
  enghouse::RouteAuth auth;
  CHECK(challenge(auth, "") == R"(ctlivetoken realm="enghouse")");
  auth.basic = {{"crm", {"pass"}}};
  CHECK(challenge(auth, "") == R"(Basic realm="enghouse")");
  auth.bearer = {{"ct7"}};
  CHECK(challenge(auth, "") == R"(Bearer realm="enghouse", Basic realm="enghouse")");
  CHECK(challenge(auth, "callback=cb") == "");  // a 200
  CHECK(test::header_of(rendered(*facade(), error(Code::unauthorized), ""), "WWW-Authenticate") == "");
}

TEST_CASE("enghouse: every error code has a text and a status") {
  for (std::size_t i = 0; i < code_count; ++i) {
    const auto code = static_cast<Code>(i);
    CHECK(shown(code).code == code);
    const http::Reply reply = rendered(*facade(), error(code), "");
    CHECK(test::parse(reply.body.view()).find("result")->text == "false");
    CHECK(reply.status >= 200);
  }
}

TEST_CASE("enghouse: an error that a browser may save as a file has no text of the caller's") {
  const http::Reply reply = rendered(*facade(), error(Code::no_such_endpoint), "callback=%22%7C%7Ccalc%7C%7C");
  CHECK(reply.status == 404);
  CHECK(reply.content_type == json_type);
  CHECK(reply.body.view() == failure("no such service"));
}

TEST_CASE("enghouse: the answer to a wrong method names the right ones") {
  CHECK(test::header_of(rendered(*facade(), error(Code::method_not_allowed), ""), "Allow") == "GET, HEAD");
  CHECK(test::header_of(rendered(*facade(), error(Code::no_such_chat), ""), "Allow") == "");
}

TEST_CASE("enghouse: the error for a loss names the member") {
  Error lossy = error(Code::lossy);
  lossy.field = "visitor.token";
  CHECK(rendered(*facade(), lossy, "").body.view() ==
        failure("this contact cannot be shown without loss: visitor.token"));
}

TEST_CASE("enghouse: outcomes of other vendors' operations") {
  const contract::Records records = demo();
  const Outcome visitor = Ref<Visitor>(records.visitors.at(0));
  const test::Value shown_visitor = test::parse(encoded(*facade(), visitor, "").body.view());
  const test::Value* contact = shown_visitor.find("contact");
  REQUIRE(contact != nullptr);
  CHECK(contact->find("id")->text == "CHAT_fef5015b-8102-457e-b69b-471a55487837");
  CHECK(contact->find("callData")->find("email")->text == "Gabriele.Verde@enghouse.com");

  const Outcome opened = OpenedChat{records.chats.at(0), true};
  CHECK(test::difference(adapter.samples()[0].text, encoded(*facade(), opened, "").body.view()) == "");

  const Outcome others[] = {Page<Visitor>{}, Ref<Agent>(Agent{}), Page<Agent>{}, List<Channel>{}, RecordedPage{}};
  for (const Outcome& other : others) {
    CHECK(encoded(*facade(), other, "").body.view() == failure(shown(Code::unsupported_operation).text));
  }
}

TEST_CASE("enghouse: the list of active contacts, its failure and its script") {
  contract::Records records = demo();
  records.chats.at(1) = records.chats.at(0);
  records.chats.back().id.text = "CHAT_DEFAULT_x";
  const Outcome chats = Page<Chat>{records.chats};
  const String list =
      R"({"result":true,"contacts":["CHAT_fef5015b-8102-457e-b69b-471a55487837","CHAT_DEFAULT_x"],"error":null})";
  CHECK(encoded(*facade(), chats, "").body.view() == list);
  CHECK(encoded(*facade(), chats, "").losses.empty());
  CHECK(encoded(*facade(), chats, "callback=cb").body.view() == "/**/ typeof cb === 'function' && cb(" + list + ");");
  CHECK(encoded(*facade(), Outcome(Page<Chat>{}), "").body.view() == R"({"result":true,"contacts":[],"error":null})");

  const auto served = facade();
  test::OwnedRequest request(http::Method::get, "/livechat/getActiveContactsID");
  http::Request refused = request.get();
  refused.endpoint = &test::endpoint(*served, http::Method::get, "/livechat/getActiveContactsID");
  http::Reply reply;
  served->render(error(Code::unauthorized), refused, reply);
  CHECK(reply.body.view() == R"({"result":false,"contacts":null,"error":"not authorized"})");
}

TEST_CASE("enghouse: losses of another vendor's visitor are noted, unless the route has loss: allow") {
  Visitor visitor;
  visitor.id.text = "sGtcfEYz852uguxaS";
  visitor.token = "iNKE8a6k6cjbqWhWd";
  visitor.emails = {"a@x.example", "b@x.example"};
  visitor.status = VisitorStatus::in_site;
  const Outcome outcome = Ref<Visitor>(visitor);
  List<String> members;
  for (const shape::Loss& loss : encoded(*facade(), outcome, "").losses) members.emplace_back(loss.member);
  CHECK(members == List<String>{"visitor.token", "visitor.status", "participant.emails"});
  config::Route route;
  route.loss = config::LossPolicy::allow;
  CHECK(encoded(*make_facade(route), outcome, "").losses.empty());
}
