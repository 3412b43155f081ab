// Bad input: a clear error in the vendor's own style, nothing is written, and the connection is in a known state.
#include <doctest/doctest.h>

#include "tests/support/contains.hpp"
#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

struct Demo {
  Scratch scratch;
  Served served{program(), scratch.write("gateway.yaml", demo_config(scratch / "parley.db"))};
};

/// One request that must be refused. `body_has` is a part of the refusal.
struct Case {
  std::string name;
  std::string method;
  std::string target;
  std::string body = {};
  int status = 400;
  std::string body_has = {};
  Headers headers = {};
};

/// The form of a facade's refusals, and a request that must still work after each of them.
struct Voice {
  std::string marker;  ///< a member of every refusal of that vendor
  std::string good_target;
  Headers good_headers;
  bool marker_of_401 = true;  ///< false for Rocket.Chat: its 401 has another document
};

void check(const std::vector<Case>& cases, const Voice& voice) {
  const Demo demo;
  const std::string before = demo.served.ask("GET", voice.good_target, voice.good_headers).body;
  for (const Case& one : cases) {
    CAPTURE(one.name);
    Connection connection(demo.served.port());
    const Answer refused = connection.ask(one.method, one.target, one.headers, one.body);
    CAPTURE(refused.body);
    CHECK(refused.status == one.status);
    if (refused.status != 401 || voice.marker_of_401) CHECK(contains(refused.body, voice.marker));
    CHECK(contains(refused.body, one.body_has));
    CHECK(refused.header("Content-Type").substr(0, 16) == "application/json");
    CHECK(refused.count("Content-Length") == 1);
    // The connection closes with `Connection: close`, or the next request on it is answered normally.
    if (refused.header("Connection") == "close") {
      CHECK(connection.closes());
    } else {
      const Answer good = connection.ask("GET", voice.good_target, voice.good_headers);
      CHECK(good.status == 200);
      CHECK(good.body == before);
    }
    CHECK(demo.served.ask("GET", voice.good_target, voice.good_headers).body == before);
  }
}

std::string deep(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

}  // namespace

TEST_CASE("comm100 refuses in its own style" * doctest::skip(!built_with({"comm100"}))) {
  const std::string agent = "/v4/livechat/agents/c97a2afe-a38f-46f8-a55b-8ac9f873cd09";
  const std::string visitor = "/v4/livechat/visitors/3d59f909-24cd-43bc-89cb-00a320617c0a";
  Headers json = comm100_headers();
  json.emplace_back("Content-Type", "application/json");
  const std::vector<Case> cases = {
      {"no credentials", "GET", agent, {}, 401, "\"code\":401"},
      {"wrong bearer", "GET", agent, {}, 401, "\"code\":401", {{"Authorization", "Bearer wrong"}}},
      {"wrong scheme", "GET", agent, {}, 401, "\"code\":401", {{"Authorization", "Digest x"}}},
      {"id is no guid", "GET", "/v4/livechat/agents/42", {}, 400, "\"code\":400", comm100_headers()},
      {"unknown agent",
       "GET",
       "/v4/livechat/agents/00000000-1111-4222-8333-444444444444",
       {},
       404,
       "\"code\":404",
       comm100_headers()},
      {"unknown visitor",
       "GET",
       "/v4/livechat/visitors/00000000-1111-4222-8333-444444444444",
       {},
       404,
       "\"code\":404",
       comm100_headers()},
      {"unknown path", "GET", "/v4/livechat/nothing", {}, 404, "\"code\":404", comm100_headers()},
      {"wrong method", "DELETE", agent, {}, 405, "\"code\":405", comm100_headers()},
      {"no body", "PUT", agent, {}, 400, "body", json},
      {"broken JSON", "PUT", agent, R"({"status": )", 400, "line 1", json},
      {"text behind", "PUT", agent, R"({"status": "Online"} x)", 400, "line 1", json},
      {"wrong type", "PUT", agent, R"({"status": 7})", 400, "status", json},
      {"missing field", "PUT", agent, R"({})", 400, "status", json},
      {"duplicate key", "PUT", agent, R"({"status": "Online", "status": "Away"})", 400, "status", json},
      {"array for object", "PUT", agent, R"([])", 400, {}, json},
      {"too deep", "PUT", agent, deep(100'000), 400, {}, json},
      {"object for array", "PUT", visitor, R"({"value": "x"})", 400, {}, json},
      {"missing name", "PUT", visitor, R"([{"value": "x"}])", 400, "name", json},
      {"mistyped value in the second", "PUT", visitor, R"([{"name": "a", "value": "1"}, {"name": "b", "value": {}}])",
       400, "value", json},
      {"NUL in the body", "PUT", agent, std::string("{\"status\": \"Away\"}\0", 19), 400, {}, json},
      {"not UTF-8", "PUT", agent, "{\"status\": \"\xff\xfe\"}", 400, {}, json},
      {"over-long UTF-8", "PUT", agent, "{\"status\": \"\xc0\xaf\"}", 400, {}, json},
      {"lone surrogate", "PUT", agent, R"({"status": "\udc00"})", 400, {}, json},
      {"two byte order marks", "PUT", agent, "\xef\xbb\xbf\xef\xbb\xbf{\"status\": \"Away\"}", 400, "byte order", json},
      {"too large", "PUT", agent, "{\"status\": \"" + std::string(1024 * 1024, 'x') + "\"}", 413, "\"code\":413", json},
      {"bad escape in the path", "GET", "/v4/livechat/agents/%zz", {}, 400, "\"code\":400", comm100_headers()},
  };
  check(cases, {"\"code\":", agent, comm100_headers()});
}

TEST_CASE("rocketchat refuses in its own style, profile 8" * doctest::skip(!built_with({"rocketchat"}))) {
  const std::string visitor = "/api/v1/livechat/visitor";
  const std::string page = "/api/v1/livechat/page.visited";
  const std::string channels = "/api/v1/omnichannel/contacts.channels";
  const Headers json = {{"Content-Type", "application/json"}};
  const std::vector<Case> cases = {
      {"unknown token", "GET", visitor + "/nobody", {}, 400, "[invalid-token]"},
      {"empty body", "POST", visitor, {}, 400, {}, json},
      {"broken JSON", "POST", visitor, R"({"visitor": {"token": x}})", 400, "line 1", json},
      {"no visitor", "POST", visitor, R"({})", 400, "Match error: Missing key 'visitor'", json},
      {"no token", "POST", visitor, R"({"visitor": {}})", 400, "Match error: Missing key 'token' in field visitor",
       json},
      {"blank token", "POST", visitor, R"({"visitor": {"token": "  "}})", 400, "error-invalid-token", json},
      {"token is a number", "POST", visitor, R"({"visitor": {"token": 1}})", 400,
       "Match error: Expected string, got number in field visitor.token", json},
      {"unknown sibling", "POST", visitor, R"({"visitor": {"token": "a"}, "extra": 1})", 400,
       "Match error: Unknown key in field extra", json},
      {"custom field without a key", "POST", visitor,
       R"({"visitor": {"token": "sneaky", "customFields": [{"value": "v", "overwrite": true}]}})", 400,
       "Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation in field visitor.customFields", json},
      {"duplicate key", "POST", visitor, R"({"visitor": {"token": "a", "token": "b"}})", 400, "token", json},
      {"array", "POST", visitor, "[]", 400, {}, json},
      {"too deep", "POST", visitor, deep(100'000), 400, {}, json},
      {"NUL in the body", "POST", visitor, std::string("{\"visitor\": {\"token\": \"a\"}}\0", 28), 400, {}, json},
      {"not UTF-8", "POST", visitor, "{\"visitor\": {\"token\": \"\xff\"}}", 400, {}, json},
      {"too large",
       "POST",
       visitor,
       "{\"visitor\": {\"token\": \"" + std::string(1024 * 1024, 'x') + "\"}}",
       413,
       {},
       json},
      {"page without a token", "POST", page,
       R"({"pageInfo": {"change": "url", "title": "", "location": {"href": "x"}}})", 400,
       "must have required property 'token'", json},
      {"page without pageInfo", "POST", page, R"({"token": "a"})", 400, "must have required property 'pageInfo'", json},
      {"page with an extra member", "POST", page,
       R"({"token": "a", "more": 1, "pageInfo": {"change": "url", "title": "", "location": {"href": "x"}}})", 400,
       "must NOT have additional properties", json},
      {"pageInfo is text", "POST", page, R"({"token": "a", "pageInfo": "x"})", 400, "must be object", json},
      {"channels without credentials", "GET", channels + "?contactId=x", {}, 401, "You must be logged in to do this."},
      {"channels with a wrong token",
       "GET",
       channels + "?contactId=x",
       {},
       401,
       "You must be logged in to do this.",
       {{"X-User-Id", "demo-rocket-user"}, {"X-Auth-Token", "wrong"}}},
      {"channels without a contact",
       "GET",
       channels,
       {},
       400,
       "must have required property 'contactId'",
       rocketchat_headers()},
      {"channels with an extra parameter",
       "GET",
       channels + "?contactId=a&b=1",
       {},
       400,
       "must NOT have additional properties",
       rocketchat_headers()},
      {"room without a token", "GET", "/api/v1/livechat/room", {}, 400, "Match error: Missing key 'token'"},
      {"room of an unknown token", "GET", "/api/v1/livechat/room?token=nobody", {}, 400, "invalid-token"},
      {"room of somebody else",
       "GET",
       "/api/v1/livechat/room?token=iNKE8a6k6cjbqWhWd&rid=234567987655weygc",
       {},
       400,
       "invalid-room"},
      {"bad escape in the path", "GET", visitor + "/%zz", {}, 400},
  };
  check(cases, {"\"success\":false", "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd", {}, false});
}

TEST_CASE("an escaped NUL in JSON is text like any other" * doctest::skip(!built_with({"rocketchat"}))) {
  const Demo demo;
  const Answer made = demo.served.ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
                                      R"({"visitor": {"token": "nul", "name": "a\u0000b"}})");
  CHECK(made.status == 200);
  const Answer shown = demo.served.ask("GET", "/api/v1/livechat/visitor/nul");
  CHECK(shown.status == 200);
  CHECK(contains(shown.body, R"("name":"a\u0000b")"));
}

TEST_CASE("enghouse refuses with 200 and result:false, inside the callback" *
          doctest::skip(!built_with({"enghouse"}))) {
  const Demo demo;
  const std::string good = "/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837";
  const std::string before = demo.served.ask("GET", good).body;
  struct Refusal {
    std::string name, target;
  };
  for (const Refusal& one :
       {Refusal{"unknown chat", "/livechat/getContactByChatID/CHAT_00000000-1111-4222-8333-444444444444"},
        Refusal{"no chat id at all", "/livechat/getContactByChatID/x"},
        Refusal{"line break in the id", "/livechat/getContactByChatID/a%0d%0aX-Evil:%201"},
        Refusal{"NUL in the id", "/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837%00"},
        Refusal{"dots", "/livechat/getContactByChatID/%2e%2e"},
        Refusal{"slash in the id", "/livechat/getContactByChatID/a%2Fb"},
        Refusal{"a very long id", "/livechat/getContactByChatID/" + std::string(2000, 'x')}}) {
    CAPTURE(one.name);
    Connection connection(demo.served.port());
    const Answer plain = connection.ask("GET", one.target);
    CAPTURE(plain.body);
    CHECK(plain.status == 200);
    CHECK(value_at(plain.body, "/result") == "false");
    CHECK(value_at(plain.body, "/contact") == "null");
    CHECK(value_at(plain.body, "/error").size() > 3);
    CHECK(plain.header("X-Evil").empty());
    const Answer wrapped = connection.ask("GET", one.target + "?callback=cb");
    CHECK(wrapped.status == 200);
    CHECK(wrapped.header("Content-Type") == "text/javascript; charset=utf-8");
    CHECK(wrapped.body.substr(0, 38) == "/**/ typeof cb === 'function' && cb({\"");
    CHECK(contains(wrapped.body, "\"result\":false"));
    CHECK(connection.ask("GET", good).body == before);
  }
}

TEST_CASE("enghouse: hostile callbacks" * doctest::skip(!built_with({"enghouse"}))) {
  const Demo demo;
  const std::string chat = "/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837";
  struct Callback {
    std::string query;
    std::string name;  ///< the expected name; empty = 400 plain JSON; "-" = plain JSON
  };
  for (const Callback& one : {Callback{"callback=cb", "cb"},
                              Callback{"callback=a&callback=b", "a"},
                              Callback{"callback=", "-"},
                              Callback{"callback", "-"},
                              Callback{"Callback=cb", "-"},
                              Callback{"call%62ack=cb", "cb"},
                              Callback{"callback[]=a", "a"},
                              Callback{"callback%5B%5D=a", "a"},
                              Callback{"callback[x]=a", "-"},
                              Callback{"callback=a+b", "ab"},
                              Callback{"callback=a%00b", "ab"},
                              Callback{"callback=%3Cscript%3Ealert(1)%3C/script%3E", "scriptalert1script"},
                              Callback{"callback=alert(1);//", "alert1"},
                              Callback{"callback=%2BADw-script", "ADwscript"},
                              Callback{"callback=CWSMIKI0hCD0Up0IZUn", "CWSMIKI0hCD0Up0IZUn"},
                              Callback{"callback=$cb", "$cb"},
                              Callback{"callback=a.b[0]", "a.b[0]"},
                              Callback{"callback=a.b%5B0%5D", "a.b[0]"},
                              Callback{"callback=..", ""},
                              Callback{"callback=[", ""},
                              Callback{"callback=1", ""},
                              Callback{"callback=a[x]", ""},
                              Callback{"callback=" + std::string(513, 'a'), ""},
                              Callback{"callback=" + std::string(512, 'a'), std::string(512, 'a')}}) {
    CAPTURE(one.query);
    const Answer answer = demo.served.ask("GET", chat + "?" + one.query);
    CAPTURE(answer.body.substr(0, 200));
    CHECK(answer.header("X-Content-Type-Options") == "nosniff");
    if (one.name.empty()) {
      CHECK(answer.status == 400);
      CHECK(difference(R"({"result":false,"contact":null,"error":"invalid callback"})", answer.body) == "");
    } else if (one.name == "-") {
      CHECK(answer.status == 200);
      CHECK(answer.header("Content-Type") == "application/json; charset=utf-8");
      CHECK(value_at(answer.body, "/result") == "true");
    } else {
      const std::string prefix = "/**/ typeof " + one.name + " === 'function' && " + one.name + "({";
      CHECK(answer.status == 200);
      CHECK(answer.header("Content-Type") == "text/javascript; charset=utf-8");
      CHECK(answer.body.substr(0, prefix.size()) == prefix);
    }
  }
}

TEST_CASE("heads that are malformed or too large are refused and the connection closes" *
          doctest::skip(!built_with({"enghouse", "rocketchat"}))) {
  const Demo demo;
  const std::string get = "GET /livechat/getContactByChatID/x HTTP/1.1\r\nHost: x\r\n";
  const std::string post = "POST /api/v1/livechat/visitor HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  struct Head {
    std::string name, bytes;
    int status;
  };
  for (const Head& one : {
           Head{"no HTTP", "hello\r\n\r\n", 400},
           Head{"another version", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505},
           Head{"no Host", "GET /livechat/getContactByChatID/x HTTP/1.1\r\n\r\n", 400},
           Head{"two Hosts", get + "Host: y\r\n\r\n", 400},
           Head{"folded header", get + "X-A: 1\r\n 2\r\n\r\n", 400},
           Head{"blank before the colon", get + "X-A : 1\r\n\r\n", 400},
           Head{"bare LF in a value", get + "X-A: 1\nX-B: 2\r\n\r\n", 400},
           Head{"identity encoding", post + "Transfer-Encoding: identity\r\n\r\n", 400},
           Head{"gzip encoding", post + "Transfer-Encoding: gzip\r\n\r\n", 400},
           Head{"gzip encoding with a length", post + "Transfer-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 400},
           Head{"xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n", 400},
           Head{"chunked, gzip", post + "Transfer-Encoding: chunked, gzip\r\n\r\n", 400},
           Head{"chunked and a length", post + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n", 400},
           Head{"two lengths", post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400},
           Head{"a negative length", post + "Content-Length: -2\r\n\r\n{}", 400},
           Head{"too many header bytes", get + "X-A: " + std::string(20'000, 'x') + "\r\n\r\n", 431},
           Head{"a target too long",
                "GET /livechat/getContactByChatID/" + std::string(20'000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
       }) {
    CAPTURE(one.name);
    Connection connection(demo.served.port());
    connection.send(one.bytes);
    const Answer refused = connection.receive();
    CAPTURE(refused.body);
    CHECK(refused.status == one.status);
    CHECK(refused.header("Connection") == "close");
    CHECK(connection.closes());
  }
  // The next client is served.
  CHECK(demo.served.ask("GET", "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd").status == 200);
}

TEST_CASE("unknown paths and wrong hosts are refused" * doctest::skip(!built_with({"enghouse"}))) {
  const Demo demo;
  for (const std::string target : {"/", "/nothing", "/livechat", "/livechat/", "//", "/api", "*"}) {
    CAPTURE(target);
    Connection connection(demo.served.port());
    CHECK(connection.ask(target == "*" ? "OPTIONS" : "GET", target).status / 100 != 5);
    CHECK(connection.ask("GET", "/livechat/getContactByChatID/x").status == 200);
  }
}

}  // namespace parley::test
