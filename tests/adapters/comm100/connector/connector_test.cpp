// The connector with a server that answers as the vendor documents: calls, variants of documents, lists, errors, writes.
#include "adapters/comm100/connector/connector.hpp"

#include <doctest/doctest.h>

#include <map>

#include "adapters/comm100/settings.hpp"
#include "adapters/upstream/settings.hpp"
#include "tests/support/connected.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/running.hpp"
#include "tests/support/scripted_server.hpp"

using namespace parley;
using test::answering;
using test::Connected;
using test::http_answer;
using test::ScriptedServer;

namespace {

const String guid = "3d59f909-24cd-43bc-89cb-00a320617c0a";
const String agent_guid = "c97a2afe-a38f-46f8-a55b-8ac9f873cd09";
const String other_guid = "01000000-0000-0000-0000-0100000192b0";

GetVisitor visitor_by_id(const String& id = guid) { return {.visitor = {id}, .token = {}}; }
SetAgentStatus status_to(const String& status) { return {.agent = {agent_guid}, .status = status}; }
SetVisitorVariables variables(Attributes values) { return {.visitor = {guid}, .variables = std::move(values)}; }
Attribute variable(String name, String value, String url = {}) {
  return {std::move(name), std::move(value), std::move(url), AttributeKind::variable, false};
}

String sample(std::string_view name) {
  for (const contract::Sample& one : contract::find_adapter("comm100")->samples()) {
    if (one.name == name) return String(one.text);
  }
  return {};
}

/// Answers every request with the same answer.
ScriptedServer::Script always(int status, std::string body, const test::Headers& headers = {}) {
  return answering([=](const std::string&) { return http_answer(status, body, headers); });
}
String first_line(const std::string& request) { return request.substr(0, request.find("\r\n")); }
String body_of(const std::string& request) { return request.substr(request.find("\r\n\r\n") + 4); }

List<String> members(const shape::Losses& losses) {
  List<String> names;
  for (const shape::Loss& loss : losses) names.emplace_back(loss.member);
  return names;
}

}  // namespace

TEST_CASE("comm100 connector: the calls of each operation") {
  struct Case {
    Operation operation;
    List<String> lines;
  };
  const Case cases[] = {
      {ListAgents{}, {"GET /v4/livechat/agents HTTP/1.1"}},
      {GetAgent{{agent_guid}}, {"GET /v4/livechat/agents/" + agent_guid + " HTTP/1.1"}},
      {ListVisitors{}, {"GET /v4/livechat/visitors HTTP/1.1"}},
      {visitor_by_id(), {"GET /v4/livechat/visitors/" + guid + " HTTP/1.1"}},
      {GetVisitor{.visitor = {}, .token = guid}, {"GET /v4/livechat/visitors/" + guid + " HTTP/1.1"}},
      {GetVisitor{.visitor = {}, .token = "no id at all"}, {}},
      {GetChatContact{.chat = {guid}, .domain = "ignored"}, {"GET /v4/livechat/visitors/" + guid + " HTTP/1.1"}},
      {ListChats{}, {"GET /v4/livechat/visitors HTTP/1.1"}},
      {ListContactChannels{{guid}}, {"GET /v4/contact/contacts/" + guid + " HTTP/1.1"}},
      {variables({}), {"GET /v4/livechat/visitors/" + guid + " HTTP/1.1"}},  // nothing to set
      {status_to("Away"), {"PUT /v4/livechat/agents/" + agent_guid + " HTTP/1.1"}},
      // A packed id is sent as its guid.
      {visitor_by_id("iNKE8a6k6cjbqWhWd"),
       {"GET /v4/livechat/visitors/" + ids::format(ids::to_guid("iNKE8a6k6cjbqWhWd")) + " HTTP/1.1"}},
  };
  for (const Case& one : cases) {
    CAPTURE(name_of(kind_of(one.operation)));
    ScriptedServer server(always(404, ""));
    Connected site("comm100", server.url());
    static_cast<void>(site.run(one.operation));
    List<String> lines;
    for (const std::string& request : server.requests()) lines.push_back(first_line(request));
    CHECK(lines == one.lines);
  }
}

TEST_CASE("comm100 connector: an operation that the API cannot do is refused with the reason, without a call") {
  ScriptedServer server(always(200, "{}"));
  Connected site("comm100", server.url());
  for (const Operation& operation :
       {Operation(RegisterVisitor{}), Operation(RecordPageVisit{}), Operation(OpenChat{})}) {
    const Error error = site.refused(operation);
    CHECK(error.code == Code::unsupported_operation);
    CHECK(error.message == comm100::support.why_not(kind_of(operation)));
    CHECK(error.message != "");
  }
  CHECK(server.requests().empty());
  CHECK(comm100::support.why_not(operation_kind<GetVisitor>) == "");
  CHECK_FALSE(site.backend().empty());
  CHECK(site.backend().load({}).error().code == Code::unsupported_operation);
}

TEST_CASE("comm100 connector: the vendor's example visitor, as a visitor and as a contact, in one call each") {
  ScriptedServer server(always(200, sample("visitor.json")));
  Connected site("comm100", server.url());
  for (const Operation& operation : {Operation(visitor_by_id()), Operation(GetChatContact{{guid}, {}})}) {
    const Visitor visitor = *site.get<Ref<Visitor>>(operation);
    CHECK(visitor.id.text == guid);
    CHECK(visitor.company == "comm");
    CHECK(visitor.emails == List<Text>{"123@comm100.com"});
    CHECK(visitor.visit_at == Time::at(1622025016036));
    REQUIRE(visitor.attributes.size() == 2);
    CHECK(visitor.attributes[0].name == "CARLZHOU222SHENTI");
    CHECK(visitor.extensions.empty());
  }
  CHECK(server.requests().size() == 2);
}

TEST_CASE("comm100 connector: variants of a visitor's document") {
  struct Case {
    const char* name;
    const char* members;
    void (*check)(const Visitor&);
  };
  const Case cases[] = {
      {"id alone", "", [](const Visitor& v) { CHECK(v.status == VisitorStatus::unknown); }},
      {"no fraction", R"("visitTime":"2021-05-26T10:30:16Z")",
       [](const Visitor& v) { CHECK(v.visit_at == Time::at(1622025016000)); }},
      {"trimmed fraction", R"("visitTime":"2021-05-26T10:30:16.64Z")",
       [](const Visitor& v) { CHECK(v.visit_at == Time::at(1622025016640)); }},
      {"seven digits", R"("visitTime":"2021-05-26T10:30:16.0361234Z")",
       [](const Visitor& v) { CHECK(v.visit_at == Time::at(1622025016036)); }},
      {"nine digits, no zone", R"("visitTime":"2021-05-26T10:30:16.036123456")",
       [](const Visitor& v) { CHECK(v.visit_at == Time::at(1622025016036)); }},
      {"never", R"("visitTime":"1970-01-01T00:00:00Z")", [](const Visitor& v) { CHECK_FALSE(v.visit_at.known()); }},
      {"a time that is null", R"("visitTime":null)", [](const Visitor& v) { CHECK_FALSE(v.visit_at.known()); }},
      {"status by number", R"("status":2)", [](const Visitor& v) { CHECK(v.status == VisitorStatus::chatting); }},
      {"an unknown status", R"("status":"dancing")",
       [](const Visitor& v) { CHECK(v.status == VisitorStatus::unknown); }},
      {"a status that the vendor once misspelt", R"("status":"mannullyInvitedByWindow")",
       [](const Visitor& v) { CHECK(v.status == VisitorStatus::manually_invited_by_window); }},
      {"null lists", R"("customFields":null,"customVariableResults":null)",
       [](const Visitor& v) { CHECK(v.attributes.empty()); }},
      {"older fields with ids", R"("customFields":[{"id":7,"name":"a","value":"b"}])",
       [](const Visitor& v) { CHECK(v.attributes.at(0).value == "b"); }},
      {"no department", R"("departmentId":"00000000-0000-0000-0000-000000000000")",
       [](const Visitor& v) { CHECK(v.department.empty()); }},
      {"department in capitals", R"("departmentId":"01000000-0000-0000-0000-0100000192B0")",
       [](const Visitor& v) { CHECK(v.department.text == other_guid); }},
      {"null text", R"("company":null,"email":null,"name":null)",
       [](const Visitor& v) { CHECK((v.company.empty() && v.emails.empty() && v.name.empty())); }},
      {"an unknown member", R"("mood":{"x":1.50})",
       [](const Visitor& v) { CHECK(v.extensions.at(0).json == R"({"x":1.50})"); }},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const String capitals = "3D59F909-24CD-43BC-89CB-00A320617C0A";
    for (const String& id : {guid, capitals}) {
      ScriptedServer server(
          always(200, "{\"id\":\"" + id + "\"" + (*one.members == '\0' ? "" : ",") + one.members + "}"));
      Connected site("comm100", server.url());
      const Visitor visitor = *site.get<Ref<Visitor>>(visitor_by_id());
      CHECK(visitor.id.text == guid);
      one.check(visitor);
    }
  }
}

TEST_CASE("comm100 connector: lists are read in every envelope, page by page, from one host") {
  const String a = "{\"id\":\"" + guid + "\"}";
  const String b = "{\"id\":\"" + agent_guid + "\"}";
  const String c = "{\"id\":\"" + other_guid + "\"}";
  using Pages = std::map<std::string, std::string>;  // request line -> body
  const String path = "GET /v4/livechat/visitors";
  struct Case {
    const char* name;
    Pages pages;
    List<String> ids;
  };
  const Case cases[] = {
      {"bare", {{path, "[" + a + "," + b + "]"}}, {guid, agent_guid}},
      {"bare, empty", {{path, "[]"}}, {}},
      {"by the plural",
       {{path, R"({"visitors":[)" + a + R"(],"nextPage":null,"previousPage":null,"total":1})"}},
       {guid}},
      {"by the plural in capitals", {{path, R"({"Visitors":[)" + a + "]}"}}, {guid}},
      {"list", {{path, R"({"list":[)" + a + "]}"}}, {guid}},
      {"nextPage empty", {{path, R"({"visitors":[)" + a + R"(],"nextPage":""})"}}, {guid}},
      {"two pages",
       {{path, R"({"visitors":[)" + a +
                   R"(],"nextPage":"https://api11.comm100.io/v4/livechat/visitors?pageIndex=2&pageSize=1","total":2})"},
        {path + "?pageIndex=2&pageSize=1", R"({"visitors":[)" + b + R"(],"nextPage":null,"total":2})"}},
       {guid, agent_guid}},
      {"a record that moves to the next page comes once",
       {{path, R"({"visitors":[)" + a + "," + b + R"(],"nextPage":"/v4/livechat/visitors?pageIndex=2"})"},
        {path + "?pageIndex=2", R"({"visitors":[)" + b + "," + c + R"(],"nextPage":null})"}},
       {guid, agent_guid, other_guid}},
      {"pages with a total, but no nextPage",
       {{path, R"({"list":[)" + a + R"(],"total":2})"},
        {path + "?pageIndex=2", R"({"list":[)" + b + R"(],"total":2})"}},
       {guid, agent_guid}},
      {"a next page that is the same page ends",
       {{path, R"({"visitors":[)" + a + R"(],"nextPage":"http://evil.example/v4/livechat/visitors"})"}},
       {guid}},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(answering([&one](const std::string& request) {
      const std::string line = request.substr(0, request.find(" HTTP/1.1"));
      const auto page = one.pages.find(line);
      return page == one.pages.end() ? http_answer(500, line) : http_answer(200, page->second);
    }));
    Connected site("comm100", server.url());
    List<String> ids;
    for (const Visitor& visitor : site.list<Visitor>(ListVisitors{})) ids.push_back(visitor.id.text.str());
    CHECK(ids == one.ids);
  }
  SUBCASE("a list of more than 100 pages is an error") {
    int made = 0;
    ScriptedServer server(answering([&made](const std::string&) {
      String id = ids::new_guid();
      ++made;
      return http_answer(200, R"({"visitors":[{"id":")" + id + R"("}],"nextPage":"http://h/v4/x?pageIndex=)" +
                                  std::to_string(made + 1) + "\"}");
    }));
    config::Backend settings = test::connector_settings("comm100", server.url());
    settings.own.edit<upstream::Settings>().quota = {1000, std::chrono::milliseconds(1000)};
    Connected site(settings);
    CHECK(site.refused(ListVisitors{}).code == Code::upstream_failed);
    CHECK(server.requests().size() == 100);
  }
  SUBCASE("only the query of a next page's address is used, without its site") {
    ScriptedServer server(answering([&a](const std::string& request) {
      return request.find("pageIndex") != std::string::npos
                 ? http_answer(200, "[]")
                 : http_answer(200, R"({"visitors":[)" + a +
                                        R"(],"nextPage":"https://evil.example/x?SiteID=99&pageIndex=2&q=a%26b#top"})");
    }));
    config::Backend settings = test::connector_settings("comm100", server.url());
    settings.own.edit<parley::comm100::BackendAuth>().site_id = "10000";
    CHECK(Connected(settings).list<Visitor>(ListVisitors{}).size() == 1);
    REQUIRE(server.requests().size() == 2);
    CHECK(first_line(server.requests()[1]) == "GET /v4/livechat/visitors?siteId=10000&pageIndex=2&q=a%26b HTTP/1.1");
  }
  SUBCASE("an answer that is not a list is an error") {
    for (const char* body : {"{}", R"({"visitors":null})", R"({"visitors":{}})", "7", R"([1])", R"({"list":["a"]})"}) {
      CAPTURE(body);
      ScriptedServer server(always(200, body));
      CHECK(Connected("comm100", server.url()).refused(ListVisitors{}).code == Code::upstream_failed);
    }
  }
}

TEST_CASE("comm100 connector: errors") {
  struct Case {
    const char* name;
    Operation operation;
    int status;
    const char* body;
    test::Headers headers;
    Code code;
    int retry_after = 0;
  };
  const char* html = "<!DOCTYPE html><html><body>Request blocked</body></html>";
  const Case cases[] = {
      {"unknown visitor", visitor_by_id(), 404, R"({"code":404000,"message":"x"})", {}, Code::no_such_visitor},
      {"unknown visitor, empty body", visitor_by_id(), 404, "", {}, Code::no_such_visitor},
      {"unknown chat", GetChatContact{{guid}, {}}, 404, R"({"code":404000})", {}, Code::no_such_chat},
      {"unknown agent", GetAgent{{agent_guid}}, 404, "", {}, Code::no_such_agent},
      {"unknown agent, write", status_to("Away"), 404, "", {}, Code::no_such_agent},
      {"no such list", ListVisitors{}, 404, "", {}, Code::upstream_failed},
      {"a status that the site does not have",
       status_to("Dancing"),
       400,
       R"({"code":400000,"message":"x"})",
       {},
       Code::invalid_field},
      {"a variable that the site does not have", variables({variable("a", "b")}), 400, "", {}, Code::invalid_field},
      {"a 400 for a call without fields", visitor_by_id(), 400, "", {}, Code::upstream_failed},
      {"wrong token", visitor_by_id(), 401, "", {}, Code::upstream_denied},
      {"no permission", ListAgents{}, 403, R"({"code":403000,"message":"no permission"})", {}, Code::upstream_denied},
      {"firewall", ListAgents{}, 403, html, {}, Code::upstream_denied},
      {"a 403 that mentions the quota",
       ListAgents{},
       403,
       R"({"message":"API request Quota exceeded"})",
       {},
       Code::rate_limited},
      {"too many", ListAgents{}, 429, "", {{"Retry-After", "7"}}, Code::rate_limited, 7},
      {"an internal error", ListAgents{}, 500, html, {}, Code::upstream_failed},
      {"the server is unavailable", ListAgents{}, 503, "", {}, Code::upstream_failed},
      {"a gateway timeout", ListAgents{}, 504, html, {}, Code::upstream_timeout},
      {"an answer in HTML", visitor_by_id(), 200, html, {}, Code::upstream_failed},
      {"an empty answer", visitor_by_id(), 200, "", {}, Code::upstream_failed},
      {"another visitor",
       visitor_by_id(),
       200,
       R"({"id":"01000000-0000-0000-0000-0100000192b0"})",
       {},
       Code::upstream_failed},
      {"no visitor", visitor_by_id(), 200, R"({"code":400000,"message":"x"})", {}, Code::upstream_failed},
      {"a list in place of a visitor", visitor_by_id(), 200, "[]", {}, Code::upstream_failed},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(always(one.status, one.body, one.headers));
    const Error error = Connected("comm100", server.url()).refused(one.operation);
    CHECK(error.code == one.code);
    CHECK(error.retry_after == one.retry_after);
    CHECK(error.message.find("html") == String::npos);
    CHECK(error.message.find("permission") == String::npos);
  }
}

TEST_CASE("comm100 connector: a path that the server does not know is no missing record; the log names it") {
  struct Case {
    const char* name;
    Operation operation;
    int status;
    const char* body;
    const char* type;
    const char* path;
  };
  const char* visitor_path = "/v4/livechat/visitors/*";
  const Case cases[] = {
      {"Go's server", visitor_by_id(), 404, "404 page not found\n", "text/plain", visitor_path},
      {"HTML without a type", visitor_by_id(), 404, "<html>404</html>", "", visitor_path},
      {"Rocket.Chat", visitor_by_id(), 404, R"({"status":"error","message":"API endpoint does not exist"})",
       "application/json", visitor_path},
      {"Kong", status_to("Away"), 404, R"({"message":"no Route matched with those values"})", "application/json",
       "/v4/livechat/agents/*"},
      {"ASP.NET", GetChatContact{{guid}, {}}, 404,
       R"({"Message":"No HTTP resource was found that matches the request URI 'https://x'."})", "application/json",
       visitor_path},
      {"an empty 404 for a list", ListVisitors{}, 404, "", "", "/v4/livechat/visitors"},
      {"a 404 in JSON for a list", ListAgents{}, 404, R"({"code":404000,"message":"x"})", "application/json",
       "/v4/livechat/agents"},
      {"contacts", ListContactChannels{{guid}}, 404, "404 page not found\n", "text/plain", "/v4/contact/contacts/*"},
      {"405", ListVisitors{}, 405, "", "", "/v4/livechat/visitors"},
      {"405 to a write", variables({variable("a", "b")}), 405, "{}", "application/json", visitor_path},
      {"501", visitor_by_id(), 501, "", "", visitor_path},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(always(one.status, one.body, {{"Content-Type", one.type}}));
    const Error error = Connected("comm100", server.url()).refused(one.operation);
    CAPTURE(error.detail);
    CHECK(error.code == Code::upstream_failed);
    CHECK(error.message == "the upstream failed");
    CHECK(error.detail.ends_with("; the server does not know " + String(one.path) + ": check backends.support.url"));
    CHECK(error.detail.find(guid) == String::npos);
  }
}

TEST_CASE("comm100 connector: a 403 for a kind of call that succeeded before means the quota") {
  ScriptedServer::Script script = [](test::Peer& peer) {
    for (int asked = 0; !peer.read_request().empty(); ++asked) {
      peer.write(asked == 0 ? http_answer(200, "[]") : http_answer(403, ""));
    }
  };
  ScriptedServer server(script);
  Connected site("comm100", server.url());
  CHECK(site.list<Agent>(ListAgents{}).empty());
  CHECK(site.refused(ListAgents{}).code == Code::rate_limited);
  CHECK(site.refused(ListVisitors{}).code == Code::upstream_denied);  // another kind of call
}

TEST_CASE("comm100 connector: a status is written as in the vendor's example, and read back") {
  struct Case {
    const char* name;
    std::string put;
    std::string get;
    const char* kept;
    bool lost;
    std::size_t calls;
  };
  const auto agent = [](const char* status) {
    return "{\"id\":\"" + agent_guid + "\",\"status\":\"" + status + "\",\"ongoingChats\":0}";
  };
  const Case cases[] = {
      {"kept", agent("Meeting"), "", "Meeting", false, 1},
      {"kept in another case", agent("meeting"), "", "meeting", false, 1},
      {"kept, but the answer is older", agent("Online"), agent("Meeting"), "Meeting", false, 2},
      {"not kept", agent("Online"), agent("Online"), "Online", true, 2},
      {"no answer, kept", "", agent("Meeting"), "Meeting", false, 2},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(answering([&one](const std::string& request) {
      return request.starts_with("PUT") ? http_answer(200, one.put) : http_answer(200, one.get);
    }));
    Connected site("comm100", server.url());
    shape::Losses losses;
    contract::Call call;
    call.losses = &losses;
    const auto kept = site.get<Ref<Agent>>(status_to("Meeting"), call);
    CHECK(kept->status == one.kept);
    CHECK(members(losses) == (one.lost ? List<String>{"agent.status"} : List<String>{}));
    REQUIRE(server.requests().size() == one.calls);
    CHECK(body_of(server.requests()[0]) == "{\"id\":\"" + agent_guid + "\",\"status\":\"Meeting\"}");
    CHECK(server.requests()[0].find("Content-Type: application/json\r\n") != std::string::npos);
  }
}

TEST_CASE("comm100 connector: variables are written as a list, and read back") {
  const auto visitor = [](const std::string& results) {
    return "{\"id\":\"" + guid + "\",\"customVariableResults\":[" + results + "]}";
  };
  const std::string both = R"({"name":"plan","value":"gold","url":"https://x.example/"},{"name":"n","value":"2"})";
  struct Case {
    const char* name;
    std::string put;
    std::string get;
    List<String> lost;
    std::size_t calls;
  };
  const Case cases[] = {
      {"kept", visitor(both), "", {}, 1},
      {"the vendor's example answers as before", visitor(""), visitor(both), {}, 2},
      {"one is not defined",
       visitor(R"({"name":"n","value":"2"})"),
       visitor(R"({"name":"n","value":"2"})"),
       {"visitor.attributes.plan"},
       2},
      {"one has lost its link",
       visitor(R"({"name":"plan","value":"gold"},{"name":"n","value":"2"})"),
       visitor(R"({"name":"plan","value":"gold"},{"name":"n","value":"2"})"),
       {"visitor.attributes.plan"},
       2},
      {"no answer", "", visitor(both), {}, 2},
  };
  const SetVisitorVariables asked =
      variables({variable("n", "1"), variable("plan", "gold", "https://x.example/"), variable("n", "2")});
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(answering([&one](const std::string& request) {
      return request.starts_with("PUT") ? http_answer(200, one.put) : http_answer(200, one.get);
    }));
    Connected site("comm100", server.url());
    shape::Losses losses;
    contract::Call call;
    call.losses = &losses;
    static_cast<void>(site.get<Ref<Visitor>>(asked, call));
    CHECK(members(losses) == one.lost);
    REQUIRE(server.requests().size() == one.calls);
    CHECK(
        body_of(server.requests()[0]) ==
        R"([{"name":"n","value":"1","url":""},{"name":"plan","value":"gold","url":"https://x.example/"},{"name":"n","value":"2","url":""}])");
  }
}

TEST_CASE("comm100 connector: a value that is not text is a loss, and is not sent by a lossless call") {
  Attribute number = variable("n", "1.50");
  number.literal = true;
  const SetVisitorVariables asked = variables({number});
  ScriptedServer server(
      always(200, "{\"id\":\"" + guid + R"(","customVariableResults":[{"name":"n","value":"1.50","url":""}]})"));
  Connected site("comm100", server.url());
  contract::Call careful;
  careful.lossless = true;
  const Error error = site.refused(asked, careful);
  CHECK(error.code == Code::lossy);
  CHECK(error.field == "visitor.attributes.n");
  CHECK(server.requests().empty());
  shape::Losses losses;
  contract::Call call;
  call.losses = &losses;
  static_cast<void>(site.get<Ref<Visitor>>(asked, call));
  CHECK(members(losses) == List<String>{"visitor.attributes.n"});
}

TEST_CASE("comm100 connector: a lossless write whose answer cannot be shown whole says that it was written") {
  const std::string broken =
      "{\"id\":\"" + guid + R"(","name":"Ann \ud83d","variables":[{"name":"order","value":"4711","url":""}]})";
  const std::string agent = "{\"id\":\"" + agent_guid + R"(","displayName":"Tom \ud83d","status":"Away"})";
  ScriptedServer server(answering([&](const std::string& request) {
    return http_answer(200, request.find("/agents/") != std::string::npos ? agent : broken);
  }));
  const test::Running gateway(
      "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {site: {kind: comm100, url: \"" + server.url() +
      "\", auth: none}}\nroutes: [{facade: comm100, backend: site, auth: none, loss: lossless}]\n");
  const struct {
    String target;
    const char* body;
    const char* field;
  } writes[] = {
      {"/v4/livechat/visitors/" + guid, R"([{"name":"order","value":"4711","url":""}])", "visitor.name"},
      {"/v4/livechat/visitors/" + guid, R"([{"name":"order","value":"8","url":""}])", "visitor.attributes.order"},
      {"/v4/livechat/agents/" + agent_guid, R"({"status":"Away"})", "comm100.agent.displayName"},
  };
  for (const auto& one : writes) {
    CAPTURE(one.target);
    const test::Answer answer = gateway.ask("PUT", one.target, {{"Content-Type", "application/json"}}, one.body);
    CAPTURE(answer.body);
    CHECK(answer.status == 409);
    CHECK(test::contains(answer.body, "it was written, but the answer cannot carry "));
    CHECK(test::contains(answer.body, one.field));
    CHECK(test::contains(answer.body, ", and this route is lossless"));
  }
  const test::Answer read = gateway.ask("GET", "/v4/livechat/visitors/" + guid);
  CHECK(read.status == 409);
  CHECK(!test::contains(read.body, "written"));
}

TEST_CASE("comm100 connector: only the records that an answer shows can lose their text") {
  const std::string list = R"([{"id":"00000000-0000-0000-0000-000000000001","name":"Ann","status":"chatting"},)"
                           R"({"id":"00000000-0000-0000-0000-000000000002","name":"Bob \ud83d","status":"chatting"}])";
  ScriptedServer server(always(200, list));
  Connected site("comm100", server.url());
  const auto lost = [&site](const Operation& operation) {
    shape::Losses losses;
    contract::Call call;
    call.losses = &losses;
    CHECK(site.run(operation, call).has_value());
    return members(losses);
  };
  CHECK(lost(ListVisitors{}) == List<String>{"visitor.name"});
  CHECK(lost(ListVisitors{.query = {.limit = 1}}).empty());
  CHECK(lost(ListVisitors{.query = {.offset = 1, .limit = 1}}) == List<String>{"visitor.name"});
  CHECK(lost(ListChats{.domain = {}, .query = {.limit = 1}}).empty());
  CHECK(lost(ListChats{.domain = {}, .query = {.offset = 1, .limit = 1}}) == List<String>{"visitor.name"});
}

TEST_CASE("comm100 connector: records whose ids are not Unicode are all in the list: such an id is none") {
  ScriptedServer server(answering([](const std::string& request) {
    const bool second = request.find("pageIndex=2") != std::string::npos;
    return http_answer(200, second ? R"({"list":[{"id":"a\ud83d","name":"Bob"},{"id":"c","name":"Cy"}],"total":3})"
                                   : R"({"list":[{"id":"a\ud83d","name":"Ann"}],"total":3})");
  }));
  Connected site("comm100", server.url());
  CHECK(site.list<Visitor>(ListVisitors{}).size() == 3);
}

TEST_CASE("comm100 connector: custom fields of other vendors become variables, each by its own overwrite rule") {
  ScriptedServer server(always(200, "{\"id\":\"" + guid +
                                        R"(","customVariableResults":[{"name":"plan","value":"gold","url":""},)"
                                        R"({"name":"size","value":"4","url":""}]})"));
  Connected site("comm100", server.url());
  SetVisitorVariables set;
  set.token = guid;  // Comm100 has no tokens: the id takes the place of one
  set.fields = {{"plan", "silver", false}, {"size", "4", true}};
  static_cast<void>(site.get<Ref<Visitor>>(set));
  REQUIRE(server.requests().size() == 2);
  CHECK(first_line(server.requests()[1]).starts_with("PUT "));
  CHECK(body_of(server.requests()[1]) == R"([{"name":"size","value":"4","url":""}])");
  set.fields = {{"plan", "silver", false}};
  static_cast<void>(site.get<Ref<Visitor>>(set));
  CHECK(server.requests().size() == 3);  // there is nothing to write
  set.token = "somebody else's";
  CHECK(site.refused(set).code == Code::no_such_visitor);
}

TEST_CASE("comm100 connector: each visitor who waits or chats is a chat") {
  ScriptedServer server(always(200, "[{\"id\":\"" + guid +
                                        R"(","status":"waitingForChat","visitTime":"2021-05-26T10:30:16Z"},)" +
                                        "{\"id\":\"" + other_guid + R"(","status":"inSite"},)" + "{\"id\":\"" +
                                        agent_guid + R"(","status":"chatting","name":"Ann"}])"));
  Connected site("comm100", server.url());
  const List<Chat> chats = site.list<Chat>(ListChats{});
  REQUIRE(chats.size() == 2);
  CHECK(chats[0].id.text == guid);
  CHECK(chats[0].visitor.text == guid);
  CHECK(chats[0].state == ChatState::queued);
  CHECK(chats[0].begin_at == Time::at(1622025016000));
  CHECK(chats[1].state == ChatState::active);
  CHECK(chats[1].participants.at(0).name == "Ann");
}

TEST_CASE("comm100 connector: a contact's identities are its channels") {
  const std::string identities =
      R"({"id":"01000000-0000-0000-0000-000000000001","contactId":")" + other_guid +
      R"(","contactIdentityType":"visitor","value":"3D59F909-24CD-43BC-89CB-00A320617C0A","displayName":"Ann"},)" +
      R"({"type":"Email","value":"ann@x.example"},{"contactIdentityType":"SMS","value":"+123"},)" +
      R"({"contactIdentityType":"Facebook","value":"99"},{"contactIdentityType":"Email","value":"old@x.example","isDeleted":true})";
  for (const String& body :
       {"{\"id\":\"" + other_guid + R"(","name":"Ann","contactIdentities":[)" + identities + "]}"}) {
    ScriptedServer server(always(200, body));
    const List<Channel> channels =
        Connected("comm100", server.url()).get<List<Channel>>(ListContactChannels{{other_guid}});
    REQUIRE(channels.size() == 4);
    CHECK(channels[0].name == "Visitor");
    CHECK(channels[0].source == "widget");
    CHECK(channels[0].visitor.text == guid);
    CHECK(channels[1].source == "email");
    CHECK(channels[1].field == "email");
    CHECK(channels[1].value == "ann@x.example");
    CHECK(channels[2].source == "sms");
    CHECK(channels[2].field == "phone");
    CHECK(channels[3].source == "app");
    CHECK(channels[3].source_id == "facebook");
    CHECK(channels[3].visitor.empty());
  }
  for (const char* none : {"", R"(,"contactIdentities":null)", R"(,"contactIdentities":[])"}) {
    ScriptedServer server(always(200, "{\"id\":\"" + other_guid + "\"" + none + "}"));
    CHECK(Connected("comm100", server.url()).get<List<Channel>>(ListContactChannels{{other_guid}}).empty());
  }
  ScriptedServer unknown(always(404, ""));
  CHECK(Connected("comm100", unknown.url()).get<List<Channel>>(ListContactChannels{{other_guid}}).empty());
}
