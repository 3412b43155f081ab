// The connector with a server that answers as the vendor documents: calls, variants of documents, scripts, refusals, lists.
#include "adapters/enghouse/connector/connector.hpp"

#include <doctest/doctest.h>

#include "adapters/enghouse/settings.hpp"
#include "adapters/upstream/settings.hpp"
#include "tests/adapters/enghouse/facade/facade.hpp"
#include "tests/support/connected.hpp"
#include "tests/support/scripted_server.hpp"

using namespace parley;
using test::answering;
using test::Connected;
using test::http_answer;
using test::ScriptedServer;

namespace {

const String sample_chat = "fef5015b-8102-457e-b69b-471a55487837";
const String sample_visitor = "c8e1eb84-60d3-4d69-b10b-96364845023e";
const String sample_agent = "USER_gverde1@acd.enghouse.com";

String sample_answer() { return String(enghouse::adapter.samples()[0].text); }
GetChatContact contact_of(const String& chat, const String& domain = {}) { return {{chat}, domain}; }

ScriptedServer::Script always(int status, std::string body, const test::Headers& headers = {}) {
  return answering([=](const std::string&) { return http_answer(status, body, headers); });
}
String first_line(const std::string& request) { return request.substr(0, request.find("\r\n")); }

/// A server with these active contacts: id on the wire -> answer of getContactByChatID.
ScriptedServer::Script world(std::vector<std::pair<std::string, std::string>> contacts) {
  return answering([contacts = std::move(contacts)](const std::string& request) {
    const std::string line = request.substr(0, request.find(" HTTP/1.1"));
    if (line.ends_with("/getActiveContactsID")) {
      std::string ids;
      for (const auto& [id, answer] : contacts) ids += (ids.empty() ? "\"" : ",\"") + id + "\"";
      return http_answer(200, R"({"result":true,"contacts":[)" + ids + R"(],"error":null})");
    }
    for (const auto& [id, answer] : contacts) {
      if (line.ends_with("/getContactByChatID/" + id)) return http_answer(200, answer);
    }
    return http_answer(200, R"({"result":false,"contact":null,"error":"no such chat"})");
  });
}
std::string contact_answer(const std::string& id, const std::string& user, const std::string& begin,
                           const std::string& more = {}) {
  return R"({"result":true,"contact":{"id":")" + id + R"(","beginTime":)" + begin + R"(,"endTime":"","userID":")" +
         user + R"(","users":{")" + user + R"(":{"id":")" + user +
         R"(","nickname":"Ann","isAgent":false,"channel":"whatsapp"})" + more +
         R"(},"dataCollections":{},"callData":{}},"error":null})";
}

}  // namespace

TEST_CASE("enghouse connector: the calls of each operation") {
  struct Case {
    Operation operation;
    const char* domain;  ///< of the backend
    List<String> lines;
  };
  const String active = "GET /livechat/getActiveContactsID HTTP/1.1";
  const Case cases[] = {
      {contact_of(sample_chat), "", {"GET /livechat/getContactByChatID/CHAT_" + sample_chat + " HTTP/1.1"}},
      {contact_of(sample_chat),
       "default",
       {"GET /livechat/default/getContactByChatID/CHAT_" + sample_chat + " HTTP/1.1"}},
      {contact_of(sample_chat, "SHOP"),
       "default",
       {"GET /livechat/SHOP/getContactByChatID/CHAT_" + sample_chat + " HTTP/1.1"}},
      {contact_of("CHAT_DEFAULT_x y@h"), "", {"GET /livechat/getContactByChatID/CHAT_DEFAULT_x%20y%40h HTTP/1.1"}},
      {contact_of("vp3D9H8ud6HYvRpvq"),
       "",
       {"GET /livechat/getContactByChatID/CHAT_" + ids::format(ids::to_guid("vp3D9H8ud6HYvRpvq")) + " HTTP/1.1"}},
      {contact_of("a/b"), "", {}},
      {contact_of(".."), "", {}},
      {ListChats{}, "", {active}},
      {ListChats{"SHOP"}, "", {"GET /livechat/SHOP/getActiveContactsID HTTP/1.1"}},
      {ListVisitors{}, "", {active}},
      {GetVisitor{{sample_visitor}, {}}, "", {active}},
      {ListAgents{}, "", {active}},
      {GetAgent{{sample_agent}}, "", {active}},
      {ListContactChannels{{sample_visitor}}, "", {active}},
  };
  for (const Case& one : cases) {
    CAPTURE(name_of(kind_of(one.operation)));
    ScriptedServer server(world({}));
    config::Backend settings = test::connector_settings("enghouse", server.url());
    settings.own.edit<parley::enghouse::BackendSettings>().domain = one.domain;
    Connected platform(settings);
    static_cast<void>(platform.run(one.operation));
    List<String> lines;
    for (const std::string& request : server.requests()) lines.push_back(first_line(request));
    CHECK(lines == one.lines);
  }
}

TEST_CASE("enghouse connector: an operation that the API cannot do is refused with the reason, without a call") {
  ScriptedServer server(world({}));
  Connected platform("enghouse", server.url());
  for (const Operation& operation :
       {Operation(SetVisitorVariables{}), Operation(SetAgentStatus{}), Operation(RegisterVisitor{}),
        Operation(RecordPageVisit{}), Operation(OpenChat{})}) {
    const Error error = platform.refused(operation);
    CHECK(error.code == Code::unsupported_operation);
    CHECK(error.message == enghouse::support.why_not(kind_of(operation)));
    CHECK(error.message != "");
  }
  CHECK(server.requests().empty());
  CHECK(enghouse::support.why_not(operation_kind<ListChats>) == "");
  CHECK(platform.backend().load({}).error().code == Code::unsupported_operation);
}

TEST_CASE("enghouse connector: the vendor's example contact is the same as JSON and as a script") {
  const String wrapped[] = {
      sample_answer(),
      "/**/ typeof cb === 'function' && cb(" + sample_answer() + ");",
      "\xef\xbb\xbf cb(" + sample_answer() + ")\n",
  };
  for (const String& body : wrapped) {
    ScriptedServer server(always(200, body, {{"Content-Type", "text/javascript; charset=utf-8"}}));
    const auto chat = Connected("enghouse", server.url()).get<Ref<Chat>>(contact_of(sample_chat));
    CHECK(*chat == enghouse::demo().chats.at(0));
    CHECK(server.requests().size() == 1);
    CHECK(server.requests()[0].find("callback") == std::string::npos);
    CHECK(server.requests()[0].find("Accept: application/json\r\n") != std::string::npos);
  }
}

TEST_CASE("enghouse connector: variants of a contact's document") {
  struct Case {
    const char* name;
    const char* contact;
    void (*check)(const Chat&);
  };
  const Case cases[] = {
      {"an empty contact", "{}", [](const Chat& c) { CHECK(c.id.text == sample_chat); }},
      {"times in strings", R"({"beginTime":"1642604343456","endTime":""})",
       [](const Chat& c) { CHECK(c.begin_at == Time::at(1642604343456)); }},
      {"times with a zero fraction", R"({"beginTime":1642604343456.0})",
       [](const Chat& c) { CHECK(c.begin_at == Time::at(1642604343456)); }},
      {"times in strings with a zero fraction", R"({"beginTime":"1642604343456.0"})",
       [](const Chat& c) { CHECK(c.begin_at == Time::at(1642604343456)); }},
      {"endTime null", R"({"endTime":null})", [](const Chat& c) { CHECK_FALSE(c.end_at.known()); }},
      {"newer fields",
       R"({"_id":"5c6e700404445e26d8dbeee1","domain":"DEFAULT","ctlive_type":"chat","contact_events":[{"event":"x","ts":1}]})",
       [](const Chat& c) {
         CHECK(c.domain == "DEFAULT");
         CHECK(c.storage_id == "5c6e700404445e26d8dbeee1");
         CHECK(c.extensions.at(0).json == R"([{"event":"x","ts":1}])");
       }},
      {"a title by locale",
       R"({"dataCollections":{"a":{"id":"a","title":{"it":"Ciao"},"datacollection":[{"label":{"en":"E"},"name":"n"}]}}})",
       [](const Chat& c) {
         CHECK(c.data_collections.at(0).title.text == R"({"it":"Ciao"})");
         CHECK(c.data_collections[0].fields.at(0).label.text == R"({"en":"E"})");
       }},
      {"callData that is not text", R"({"callData":{"n":1.50,"t":"x"}})",
       [](const Chat& c) { CHECK(c.call_data.at(0).value == "1.50"); }},
      {"a user without members", R"({"userID":"USER_1","users":{"USER_1":{}}})",
       [](const Chat& c) { CHECK(c.participants.at(0).id == "USER_1"); }},
      {"bytes of an old code page", "{\"title\":\"caff\xe8\"}",
       [](const Chat& c) { CHECK(c.title == "caff\xef\xbf\xbd"); }},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    for (const char* end : {R"(,"error":null})", "}"}) {
      ScriptedServer server(always(200, String(R"({"result":true,"contact":)") + one.contact + end));
      one.check(*Connected("enghouse", server.url()).get<Ref<Chat>>(contact_of(sample_chat)));
    }
  }
}

TEST_CASE("enghouse connector: refusals, and answers that cannot be understood") {
  const char* html = "<!DOCTYPE html><pre>Cannot GET /livechat</pre>";
  struct Case {
    const char* name;
    int status;
    std::string body;
    test::Headers headers;
    Code contact;  ///< of GetChatContact
    Code list;     ///< of ListChats
    int retry_after = 0;
  };
  const Case cases[] = {
      {"not active",
       200,
       R"({"result":false,"contact":null,"error":"Chat not found: SECRET"})",
       {},
       Code::no_such_chat,
       Code::upstream_failed},
      {"not active, in short", 200, R"({"result":false})", {}, Code::no_such_chat, Code::upstream_failed},
      {"result:true without a contact",
       200,
       R"({"result":true,"contact":null,"contacts":null})",
       {},
       Code::no_such_chat,
       Code::upstream_failed},
      {"not active, with its own status",
       404,
       R"({"result":false,"contact":null,"error":"x"})",
       {},
       Code::no_such_chat,
       Code::upstream_failed},
      {"another gateway: not authorized",
       200,
       R"({"result":false,"error":"not authorized"})",
       {},
       Code::upstream_denied,
       Code::upstream_denied},
      {"another gateway: too many",
       200,
       R"({"result":false,"error":"too many requests; try again later"})",
       {},
       Code::rate_limited,
       Code::rate_limited},
      {"401", 401, "", {}, Code::upstream_denied, Code::upstream_denied},
      {"403", 403, html, {}, Code::upstream_denied, Code::upstream_denied},
      {"wrong address", 404, html, {}, Code::upstream_failed, Code::upstream_failed},
      {"429", 429, "", {{"Retry-After", "3"}}, Code::rate_limited, Code::rate_limited, 3},
      {"500", 500, html, {}, Code::upstream_failed, Code::upstream_failed},
      {"504", 504, html, {}, Code::upstream_timeout, Code::upstream_timeout},
      {"204", 204, "", {}, Code::upstream_failed, Code::upstream_failed},
      {"HTML", 200, html, {}, Code::upstream_failed, Code::upstream_failed},
      {"nothing", 200, "", {}, Code::upstream_failed, Code::upstream_failed},
      {"no envelope", 200, R"({"id":"CHAT_1"})", {}, Code::upstream_failed, Code::upstream_failed},
      {"a list", 200, "[]", {}, Code::upstream_failed, Code::upstream_failed},
      {"wrong types",
       200,
       R"({"result":true,"contact":"x","contacts":"x"})",
       {},
       Code::upstream_failed,
       Code::upstream_failed},
      {"ids that are not texts",
       200,
       R"({"result":true,"contact":[],"contacts":[1]})",
       {},
       Code::upstream_failed,
       Code::upstream_failed},
      {"another chat",
       200,
       R"({"result":true,"contact":{"id":"CHAT_other"},"contacts":{}})",
       {},
       Code::upstream_failed,
       Code::upstream_failed},
      {"a script of two statements",
       200,
       R"(cb({"result":false});alert(1);)",
       {},
       Code::upstream_failed,
       Code::upstream_failed},
      {"an ended chat",
       200,
       R"({"result":true,"contact":{"endTime":1642604343456}})",
       {},
       Code::no_such_chat,
       Code::upstream_failed},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(always(one.status, one.body, one.headers));
    Connected platform("enghouse", server.url());
    const Error error = platform.refused(contact_of(sample_chat));
    CHECK(error.code == one.contact);
    CHECK(error.retry_after == one.retry_after);
    CHECK(error.message.find("SECRET") == String::npos);
    CHECK(platform.refused(ListChats{}).code == one.list);
  }
}

TEST_CASE("enghouse connector: a path that the server does not know is named in the log") {
  for (const auto& answer :
       {std::pair(404, "404 page not found\n"), std::pair(404, "<html>"),
        std::pair(404, R"({"message":"API endpoint does not exist"})"), std::pair(405, ""), std::pair(501, "{}")}) {
    CAPTURE(answer.second);
    ScriptedServer server(always(answer.first, answer.second, {{"Content-Type", "text/plain"}}));
    Connected platform(test::connector_settings("enghouse", server.url()));
    const Error error = platform.refused(contact_of(sample_chat, "shop"));
    CHECK(error.code == Code::upstream_failed);
    CAPTURE(error.detail);
    CHECK(error.detail.ends_with(
        "; the server does not know /livechat/*/getContactByChatID/*: check backends.support.url"));
    CHECK(
        platform.refused(ListChats{})
            .detail.ends_with("; the server does not know /livechat/getActiveContactsID: check backends.support.url"));
  }
}

TEST_CASE("enghouse connector: only the contacts that an answer shows can lose their text") {
  const std::string bob =
      R"({"result":true,"contact":{"id":"CHAT_D_2","beginTime":2,"userID":"USER_bob","users":)"
      R"({"USER_bob":{"id":"USER_bob","nickname":"Bob \ud83d","isAgent":false},)"
      R"("USER_b@h":{"id":"USER_b@h","nickname":"Bea","isAgent":true,"isOnline":true}}},"error":null})";
  const std::string agent = R"(,"USER_a@h":{"id":"USER_a@h","nickname":"Al","isAgent":true,"isOnline":true})";
  ScriptedServer server(world({{"CHAT_D_1", contact_answer("CHAT_D_1", "USER_D_ann", "1", agent)}, {"CHAT_D_2", bob}}));
  Connected platform("enghouse", server.url());
  const auto lost = [&platform](const Operation& operation) {
    shape::Losses losses;
    contract::Call call;
    call.losses = &losses;
    CHECK(platform.run(operation, call).has_value());
    return losses.size();
  };
  CHECK(lost(ListChats{}) == 1);
  CHECK(lost(ListChats{.domain = {}, .query = {.limit = 1}}) == 0);
  CHECK(lost(ListChats{.domain = {}, .query = {.offset = 1, .limit = 1}}) == 1);
  CHECK(lost(ListVisitors{.query = {.limit = 1}}) == 0);
  CHECK(lost(ListVisitors{.query = {.offset = 1, .limit = 1}}) == 1);
  CHECK(lost(ListAgents{.query = {.limit = 1}}) == 0);
}

TEST_CASE("enghouse connector: an id of an active contact that is not Unicode is a loss of the list") {
  ScriptedServer server(answering([](const std::string& request) {
    return request.find("/getActiveContactsID") != std::string::npos
               ? http_answer(200, R"({"result":true,"contacts":["CHAT_D_1","CHAT_\ud83d"],"error":null})")
           : request.find("/CHAT_D_1 ") != std::string::npos
               ? http_answer(200, contact_answer("CHAT_D_1", "USER_D_ann", "1"))
               : http_answer(200, R"({"result":false,"contact":null,"error":"no such chat"})");
  }));
  Connected platform("enghouse", server.url());
  for (const Operation& list : {Operation(ListChats{}), Operation(ListVisitors{}), Operation(ListAgents{})}) {
    CAPTURE(name_of(kind_of(list)));
    shape::Losses losses;
    contract::Call call;
    call.losses = &losses;
    CHECK(platform.run(list, call).has_value());
    REQUIRE(losses.size() == 1);
    CHECK(losses.front().member == "contacts");
  }
  // A contact that is asked for by its own id is no list.
  shape::Losses losses;
  contract::Call call;
  call.losses = &losses;
  CHECK(platform.run(GetVisitor{{"USER_D_ann"}, {}}, call).has_value());
  CHECK(losses.empty());
}

TEST_CASE("enghouse connector: the text of a refusal is not logged") {
  ScriptedServer server(always(200, R"({"result":false,"contact":null,"error":"no chat of a@b.example"})"));
  Connected platform(test::connector_settings("enghouse", server.url()));
  const Error error = platform.refused(contact_of("x"));
  CHECK(error.code == Code::no_such_chat);
  CHECK(error.detail == "result:false");
}

TEST_CASE("enghouse connector: visitors and agents are those of the active contacts") {
  const std::string agent = R"(,"USER_a@h":{"id":"USER_a@h","nickname":"Al","isAgent":true,"isOnline":true})";
  ScriptedServer server(world({{"CHAT_" + sample_chat, sample_answer()},
                               {"CHAT_D_2", contact_answer("CHAT_D_2", "USER_D_bob", "2", agent)},
                               {"CHAT_D_3", contact_answer("CHAT_D_3", "USER_D_bob", "3", agent)},
                               {"CHAT_gone", R"({"result":false,"contact":null,"error":"ended"})"}}));
  Connected platform("enghouse", server.url());
  const List<Visitor> visitors = platform.list<Visitor>(ListVisitors{});
  REQUIRE(visitors.size() == 2);
  CHECK(visitors[0] == enghouse::demo().visitors.at(0));
  CHECK(visitors[1].id.text == "USER_D_bob");
  CHECK(visitors[1].last_chat.text == "CHAT_D_3");
  CHECK(server.requests().size() == 5);

  CHECK(*platform.get<Ref<Visitor>>(GetVisitor{{sample_visitor}, {}}) == visitors[0]);
  CHECK(*platform.get<Ref<Visitor>>(GetVisitor{{}, sample_visitor}) == visitors[0]);
  // Free text that another facade shows as a guid is found by that guid.
  CHECK(*platform.get<Ref<Visitor>>(GetVisitor{{ids::format(ids::to_guid("USER_D_bob"))}, {}}) == visitors[1]);
  CHECK(platform.refused(GetVisitor{{"nobody"}, {}}).code == Code::no_such_visitor);

  const List<Agent> agents = platform.list<Agent>(ListAgents{});
  REQUIRE(agents.size() == 2);
  CHECK(agents[0].id.text == sample_agent);
  CHECK(agents[0].ongoing_chats == 1);
  CHECK(agents[1].name == "Al");
  CHECK(agents[1].status == "Online");
  CHECK(agents[1].ongoing_chats == 2);
  CHECK(*platform.get<Ref<Agent>>(GetAgent{{ids::format(ids::to_guid("USER_a@h"))}}) == agents[1]);
  CHECK(platform.refused(GetAgent{{"nobody"}}).code == Code::no_such_agent);

  const List<Channel> channels = platform.get<List<Channel>>(ListContactChannels{{"USER_D_bob"}});
  REQUIRE(channels.size() == 1);
  CHECK(channels[0].name == "whatsapp");
  CHECK(channels[0].source == "app");
  CHECK(channels[0].last_chat.text == "CHAT_D_3");
  CHECK(platform.get<List<Channel>>(ListContactChannels{{sample_visitor}}).at(0).source == "widget");
  CHECK(platform.get<List<Channel>>(ListContactChannels{{"nobody"}}).empty());

  // So is a chat: the connector asks for the guid first, and then searches the active chats.
  const auto before = server.requests().size();
  CHECK(platform.get<Ref<Chat>>(contact_of(ids::format(ids::to_guid("CHAT_D_2"))))->id.text == "CHAT_D_2");
  CHECK(server.requests().size() == before + 3);
  CHECK(platform.refused(contact_of(ids::format(ids::to_guid("CHAT_D_9")))).code == Code::no_such_chat);
}

TEST_CASE("enghouse connector: a list that is too long, or that fails halfway, is an error") {
  std::string ids;
  for (int at = 0; at < 1001; ++at) ids += (at == 0 ? "\"" : ",\"") + std::to_string(at) + "\"";
  ScriptedServer many(always(200, R"({"result":true,"contacts":[)" + ids + "]}"));
  CHECK(Connected("enghouse", many.url()).refused(ListChats{}).code == Code::upstream_failed);
  CHECK(many.requests().size() == 1);
  ScriptedServer broken(answering([](const std::string& request) {
    return request.find("getActiveContactsID") != std::string::npos
               ? http_answer(200, R"({"result":true,"contacts":["CHAT_1"]})")
               : http_answer(500, "");
  }));
  CHECK(Connected("enghouse", broken.url()).refused(ListVisitors{}).code == Code::upstream_failed);
}

TEST_CASE("enghouse connector: credentials are headers, never in the address") {
  struct Case {
    const char* name;
    void (*change)(enghouse::BackendAuth&);
    const char* header;
  };
  const Case cases[] = {
      {"token", [](enghouse::BackendAuth& auth) { auth.token.value = "t0ken"; }, "\r\nctlivetoken: t0ken\r\n"},
      {"bearer", [](enghouse::BackendAuth& auth) { auth.bearer.value = "ct7"; }, "\r\nAuthorization: Bearer ct7\r\n"},
      {"basic",
       [](enghouse::BackendAuth& auth) {
         auth.user = "crm";
         auth.password.value = "pass:word";
       },
       "\r\nAuthorization: Basic Y3JtOnBhc3M6d29yZA==\r\n"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(world({}));
    config::Backend settings = test::connector_settings("enghouse", server.url());
    settings.auth.none = false;
    one.change(settings.own.edit<parley::enghouse::BackendAuth>());
    Connected platform(settings);
    CHECK(platform.list<Chat>(ListChats{}).empty());
    CHECK(platform.refused(contact_of("x")).code == Code::no_such_chat);
    REQUIRE(server.requests().size() == 2);
    for (const std::string& request : server.requests()) {
      CHECK(request.find(one.header) != std::string::npos);
      CHECK(first_line(request).find('?') == std::string::npos);
    }
  }
}

TEST_CASE("enghouse: faults of a backend") {
  using Paths = List<String>;
  const auto faults = [](auto change) {
    config::Backend settings;
    settings.name = "b";
    settings.kind = "enghouse";
    settings.own.edit<upstream::Settings>().url = "https://ctlive.example.com";
    settings.auth.given = true;
    change(settings, settings.own.edit<parley::enghouse::BackendAuth>());
    config::Faults found;
    enghouse::check_backend(settings, found);
    Paths paths;
    for (const config::Fault& fault : found) {
      CHECK(fault.what != "");
      CHECK(fault.path.starts_with("backends.b."));
      paths.push_back(fault.path.substr(11));
    }
    return paths;
  };
  using B = config::Backend;
  using C = enghouse::BackendAuth;
  CHECK(faults([](B& b, C&) { b.auth.none = true; }) == Paths{});
  CHECK(faults([](B& b, C& auth) {
          auth.token.value = "t", b.own.edit<parley::enghouse::BackendSettings>().domain = "shop";
        }) == Paths{});
  CHECK(faults([](B&, C& auth) { auth.bearer.value = "t"; }) == Paths{});
  CHECK(faults([](B&, C& auth) { auth.user = "u", auth.password.value = "p"; }) == Paths{});
  CHECK(faults([](B& b, C&) { b.auth.none = true, b.own.edit<upstream::Settings>().url = ""; }) == Paths{"url"});
  CHECK(faults([](B& b, C&) {
          b.auth.none = true, b.own.edit<upstream::Settings>().url = "https://ct.example.com/livechat/acme";
        }) == Paths{"url"});
  CHECK(faults([](B& b, C&) { b.auth.given = false; }) == Paths{"auth"});
  CHECK(faults([](B&, C&) {}) == Paths{"auth"});
  CHECK(faults([](B&, C& auth) { auth.user = "u"; }) == Paths{"auth.password"});
  CHECK(faults([](B&, C& auth) { auth.password.value = "p"; }) == Paths{"auth.user"});
  CHECK(faults([](B&, C& auth) { auth.bearer.value = "t", auth.token.value = "t"; }) == Paths{"auth"});
}
