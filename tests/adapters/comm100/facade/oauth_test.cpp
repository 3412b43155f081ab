// POST /oauth/token: the vendor's form, tokens that the facade then accepts, refusals as in RFC 6749.
#include <doctest/doctest.h>

#include "tests/adapters/comm100/settings.hpp"
#include "tests/support/json.hpp"
#include "tests/support/requests.hpp"

namespace {

using namespace parley;
using http::Method;
using test::OwnedRequest;
namespace comm100 = parley::comm100;

constexpr const char* path = "/oauth/token";
constexpr const char* form = "application/x-www-form-urlencoded";

config::Route login_route() {
  config::Route made;
  made.auth.given = true;
  made.own.edit<login::Settings>().logins = {{"agent-7", "", "ann@example.com", {"s3cret &+%"}},
                                             {"", "", "bob@example.com", {"hidden"}}};
  return made;
}

http::Reply ask(const comm100::Facade& facade, String body, const char* type = form) {
  OwnedRequest request(Method::post, path);
  request.header("Content-Type", type).body(std::move(body));
  http::Reply reply;
  const contract::Endpoint& endpoint = test::endpoint(facade, Method::post, path);
  REQUIRE((endpoint.answer != nullptr));
  CHECK(endpoint.access == contract::Access::open);
  CHECK(endpoint.what() == "Login");
  const Result<void> answered = endpoint.answer(facade, request.get(), reply);
  if (!answered) facade.render(answered.error(), request.get(), reply);
  CHECK(test::header_of(reply, "Cache-Control") == "no-store");
  CHECK(reply.content_type.starts_with("application/json"));
  return reply;
}

String text_at(const http::Reply& reply, std::string_view name) {
  const test::Value root = test::parse(reply.body.view());
  const test::Value* value = root.find(name);
  return value == nullptr ? String("(none)") : value->text;
}

String admitted_as(const comm100::Facade& facade, const String& token) {
  OwnedRequest request(Method::get, "/v4/livechat/agents");
  request.header("Authorization", "Bearer " + token);
  const Result<std::string_view> admitted = facade.admit(request.get());
  return admitted ? String(*admitted) : String("(nobody)");
}

}  // namespace

TEST_CASE("comm100 logins: a password gives tokens, and the facade accepts them") {
  const comm100::Facade facade(login_route());
  const http::Reply reply =
      ask(facade, "grant_type=password&email=Ann%40example.com&password=s3cret+%26%2B%25&client_Id=app");
  CHECK(reply.status == 200);
  const test::Value root = test::parse(reply.body.view());
  REQUIRE(root.children.size() == 4);
  CHECK(root.children[0].key == "access_token");
  CHECK(text_at(reply, "token_type") == "bearer");
  CHECK(text_at(reply, "expires_in") == "43200");  // 12 hours, as at the vendor
  CHECK(root.find("expires_in")->kind == test::Kind::number);
  const String token = text_at(reply, "access_token");
  const String refresh = text_at(reply, "refresh_token");
  CHECK(admitted_as(facade, token) == "agent-7");
  CHECK(admitted_as(facade, refresh) == "(nobody)");
  CHECK(admitted_as(comm100::Facade(login_route()), token) == "agent-7");  // also after a reload

  const http::Reply renewed = ask(facade, "grant_type=refresh_token&client_id=app&refresh_token=" + refresh);
  CHECK(renewed.status == 200);
  CHECK(admitted_as(facade, text_at(renewed, "access_token")) == "agent-7");
  CHECK(text_at(renewed, "access_token") != token);
  CHECK(text_at(ask(facade, "grant_type=refresh_token&refresh_token=" + token), "error") == "invalid_grant");
}

TEST_CASE("comm100 logins: a refresh token is valid once, and renewing does not extend its end") {
  const auto renew = [](const comm100::Facade& facade, const String& token) {
    return ask(facade, "grant_type=refresh_token&refresh_token=" + token);
  };
  constexpr std::size_t end = 10;  // the first characters of a token are its end
  config::Route settings = login_route();
  settings.own.edit<login::Settings>().session = std::chrono::hours(1);
  const String first = text_at(
      ask(comm100::Facade(settings), "grant_type=password&email=bob@example.com&password=hidden"), "refresh_token");
  settings.own.edit<login::Settings>().session = std::chrono::hours(2);  // a sliding end would follow this
  const comm100::Facade facade(settings);
  const http::Reply renewed = renew(facade, first);
  CHECK(renewed.status == 200);
  const String second = text_at(renewed, "refresh_token");
  CHECK(second != first);
  CHECK(second.substr(0, end) == first.substr(0, end));
  CHECK(renew(facade, second).status == 200);
  const http::Reply again = renew(facade, first);
  CHECK(again.status == 400);
  CHECK(text_at(again, "error") == "invalid_grant");
}

TEST_CASE("comm100 logins: JSON is accepted as well, and the principal of a login without an id is its address") {
  const comm100::Facade facade(login_route());
  for (const char* type : {"application/json", form}) {
    const http::Reply reply =
        ask(facade, R"({"grant_type": "password", "email": "bob@example.com", "password": "hidden"})", type);
    CHECK(reply.status == 200);
    CHECK(admitted_as(facade, text_at(reply, "access_token")) == "bob@example.com");
  }
}

TEST_CASE("comm100 logins: refusals") {
  config::Route settings = login_route();
  settings.own.edit<parley::comm100::RouteAuth>().client_id = "app";
  const comm100::Facade facade(settings);
  const struct {
    const char* name;
    const char* body;
    const char* error;
  } cases[] = {
      {"nothing", "", "invalid_request"},
      {"no grant", "email=ann@example.com&password=x&client_id=app", "invalid_request"},
      {"another grant", "grant_type=client_credentials&client_id=app", "unsupported_grant_type"},
      {"no e-mail address", "grant_type=password&password=x&client_id=app", "invalid_request"},
      {"no password", "grant_type=password&email=ann@example.com&client_id=app", "invalid_request"},
      {"no refresh token", "grant_type=refresh_token&client_id=app", "invalid_request"},
      {"no client", "grant_type=password&email=bob@example.com&password=hidden", "invalid_client"},
      {"another client", "grant_type=password&email=bob@example.com&password=hidden&client_id=b", "invalid_client"},
      {"a wrong password", "grant_type=password&email=bob@example.com&password=x&client_id=app", "invalid_grant"},
      {"an unknown user", "grant_type=password&email=eve@example.com&password=hidden&client_id=app", "invalid_grant"},
      {"an empty user", "grant_type=password&email=&password=&client_id=app", "invalid_grant"},
      {"a wrong refresh token", "grant_type=refresh_token&refresh_token=x&client_id=app", "invalid_grant"},
      {"twice", "grant_type=password&email=bob@example.com&email=b&password=hidden&client_id=app", "invalid_request"},
      {"bad escapes", "grant_type=%zz", "invalid_request"},
      {"no UTF-8", "grant_type=%ff", "invalid_request"},
      {"cut off JSON", "{\"grant_type\":", "invalid_request"},
      {"a number", R"({"grant_type":"password","email":"bob@example.com","password":7})", "invalid_request"},
      {"twice in JSON", R"({"grant_type":"password","GRANT_TYPE":"password"})", "invalid_request"},
      {"deep JSON", R"({"a":{"b":"c"}})", "invalid_request"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const http::Reply reply = ask(facade, one.body);
    CHECK(reply.status == 400);
    CHECK(text_at(reply, "error") == one.error);
    CHECK_FALSE(text_at(reply, "error_description").empty());
    CHECK(reply.body.view().find("hidden") == std::string_view::npos);
  }
  CHECK(ask(facade, "grant_type=password&email=bob@example.com&password=hidden&client_id=app").status == 200);
}

TEST_CASE("comm100 logins: a refusal names the type of a body that cannot be read; a byte order mark is skipped") {
  const comm100::Facade facade(login_route());
  const String mark = "\xef\xbb\xbf";
  const String good = R"({"grant_type": "password", "email": "bob@example.com", "password": "hidden"})";
  const String good_form = "grant_type=password&email=bob@example.com&password=hidden";
  const String multipart = "--x\r\nContent-Disposition: form-data; name=\"grant_type\"\r\n\r\npassword\r\n--x--\r\n";
  const struct {
    const char* name;
    const char* type;
    String body;
    const char* says;  ///< nullptr = 200
  } cases[] = {
      {"JSON after a byte order mark", "application/json", mark + good, nullptr},
      {"JSON after a byte order mark and a blank line", "application/json; charset=utf-8", mark + "\r\n" + good,
       nullptr},
      {"JSON after a byte order mark, with the type of curl -d", form, mark + good, nullptr},
      {"JSON of no type", "", good, nullptr},
      {"JSON as text", "text/plain", good, nullptr},
      {"a form after a byte order mark", form, mark + good_form, nullptr},
      {"a form of no type", "", good_form, nullptr},
      {"a form of any type", "text/plain", good_form, nullptr},
      {"two byte order marks", "application/json", mark + mark + good, "neither a form nor a JSON object"},
      {"a multipart form", "multipart/form-data; boundary=x", multipart, "multipart/form-data"},
      {"a multipart form in capitals", "Multipart/Form-Data; boundary=x", multipart, "multipart/form-data"},
      {"XML", "application/xml", "<grant_type>password</grant_type>", "application/xml"},
      {"XML with an escape", "text/xml", "<a>100% =</a>", "text/xml"},
      {"JSON that is a list", "application/json", "[1]", "neither a form nor a JSON object"},
      {"JSON that is cut off", "application/json", R"({"grant_type": "password")", "(line 1, column 26)"},
      {"a hostile type", "text/\x01<script>", "<a/>", "this type"},
      {"a form without the grant", form, "a=b", "'grant_type' is required"},
      {"an empty body of another type", "text/plain", "", "'grant_type' is required"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const http::Reply reply = ask(facade, one.body, one.type);
    CAPTURE(reply.body.view());
    CHECK(reply.status == (one.says == nullptr ? 200 : 400));
    if (one.says == nullptr) continue;
    CHECK(text_at(reply, "error") == "invalid_request");
    CHECK(text_at(reply, "error_description").find(one.says) != String::npos);
    CHECK(reply.body.view().find("hidden") == std::string_view::npos);
  }
}

TEST_CASE("comm100 logins: a route without logins has no such call") {
  const comm100::Facade facade(test::comm100::route());
  for (const contract::Endpoint& one : facade.endpoints()) CHECK(one.pattern != path);
  CHECK(facade.endpoints().size() == 40);
  CHECK(comm100::Facade(login_route()).endpoints().size() == 41);
}

TEST_CASE("comm100: the principal is the user of an API key, and the place of a token") {
  const comm100::Facade facade(test::comm100::route());
  CHECK(admitted_as(facade, "demo-comm100-token") == "bearer[1]");
  OwnedRequest request(Method::get, "/v4/livechat/agents", "siteId=10000");
  request.header("Authorization", "basic Y29sb25AZXhhbXBsZS5jb206YTpi");
  CHECK(facade.admit(request.get()).value() == "colon@example.com");
}
