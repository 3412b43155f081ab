// POST login and logout: the vendor's documents in both profiles, accepted bodies, the use of a token.
#include <algorithm>

#include "adapters/contract/facade.hpp"
#include "adapters/rocketchat/settings.hpp"
#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

constexpr const char* login_path = "/api/v1/login";
constexpr const char* logout_path = "/api/v1/logout";
// SHA-256 of `secret`, by sha256sum.
constexpr const char* digest = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

config::Route login_route(String profile = {}) {
  config::Route made;
  made.profile = std::move(profile);
  made.auth.given = true;
  made.own.edit<login::Settings>().logins = {{"aobEdbYhXfu5hkeqG", "ann", "ann@example.com", {"secret"}},
                                             {"bob-id", "", "bob@example.com", {"b"}}};
  return made;
}

http::Reply ask(const contract::Facade& facade, const char* path, String body,
                const List<std::pair<String, String>>& headers = {}) {
  OwnedRequest request(Method::post, path);
  for (const auto& [name, value] : headers) request.header(name, value);
  request.body(std::move(body));
  http::Reply reply;
  const Result<void> answered = endpoint(facade, Method::post, path).answer(facade, request.get(), reply);
  if (!answered) facade.render(answered.error(), request.get(), reply);
  CHECK(header_of(reply, "Cache-Control") == "no-store");
  CHECK(reply.content_type == "application/json");
  return reply;
}

String data_of(const http::Reply& reply, std::string_view name) {
  const Value root = parse(reply.body.view());
  const Value* data = root.find("data");
  const Value* value = data == nullptr ? nullptr : data->find(name);
  return value == nullptr ? String("(none)") : value->text;
}

String admitted_as(const contract::Facade& facade, const String& id, const String& token) {
  OwnedRequest request(Method::get, channels_path);
  request.header("X-User-Id", id).header("X-Auth-Token", token);
  const Result<std::string_view> admitted = facade.admit(request.get());
  return admitted ? String(*admitted) : String("(nobody)");
}

}  // namespace

TEST_CASE("rocketchat login: the document of each profile") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    const auto served = facade(login_route(profile));
    const http::Reply reply = ask(*served, login_path, R"({"user":"ann","password":"secret"})");
    CHECK(reply.status == 200);
    const String token = data_of(reply, "authToken");
    const bool today = std::string_view(profile) == "8";
    const String expected = R"({"status":"success","data":{"userId":"aobEdbYhXfu5hkeqG","authToken":")" + token +
                            R"(","me":{"_id":"aobEdbYhXfu5hkeqG","name":"ann","username":"ann",
        "emails":[{"address":"ann@example.com","verified":true}],"status":"online","statusConnection":"online",
        "utcOffset":0,"active":true,"roles":["user"],"settings":{"preferences":{}}}})" +
                            (today ? ",\"success\":true}" : "}");
    CHECK(difference(expected, reply.body.view()) == "");
    CHECK(admitted_as(*served, "aobEdbYhXfu5hkeqG", token) == "aobEdbYhXfu5hkeqG");
    CHECK(admitted_as(*served, "bob-id", token) == "(nobody)");
    CHECK(admitted_as(*served, "", token) == "(nobody)");
    CHECK(admitted_as(*served, "aobEdbYhXfu5hkeqG", token + "x") == "(nobody)");

    const http::Reply refused = ask(*served, login_path, R"({"user":"ann","password":"Secret"})");
    CHECK(refused.status == 401);
    CHECK(difference(today ? R"({"status":"error","error":"Unauthorized","message":"Unauthorized","success":false})"
                           : R"({"status":"error","error":"Unauthorized","message":"Unauthorized"})",
                     refused.body.view()) == "");
  }
}

TEST_CASE("rocketchat login: accepted and refused bodies") {
  const auto served = facade(login_route());
  const char* json = "application/json";
  const char* form = "application/x-www-form-urlencoded";
  const struct {
    const char* name;
    const char* type;
    String body;
    const char* user;  ///< nullptr = 401
  } cases[] = {
      {"a name", json, R"({"user":"ann","password":"secret"})", "aobEdbYhXfu5hkeqG"},
      {"username", json, R"({"username":"ann","password":"secret"})", "aobEdbYhXfu5hkeqG"},
      {"email", json, R"({"email":"ANN@example.com","password":"secret"})", "aobEdbYhXfu5hkeqG"},
      {"a user with @ is an address", json, R"({"user":"bob@example.com","password":"b"})", "bob-id"},
      {"a digest", json, R"({"user":"ann","password":{"digest":")" + String(digest) + R"(","algorithm":"sha-256"}})",
       "aobEdbYhXfu5hkeqG"},
      {"a code of a second factor", json, R"({"user":"ann","password":"secret","code":"1"})", "aobEdbYhXfu5hkeqG"},
      {"a code that is a number", json, R"({"user":"ann","password":"secret","code":123456})", "aobEdbYhXfu5hkeqG"},
      {"a code that is null", json, R"({"user":"ann","password":"secret","code":null})", "aobEdbYhXfu5hkeqG"},
      {"null beside a user", json,
       R"({"user":"ann","email":null,"username":null,"password":"secret","code":null,"resume":null})",
       "aobEdbYhXfu5hkeqG"},
      {"null before an address", json, R"({"user":null,"email":"bob@example.com","password":"b"})", "bob-id"},
      {"a user that is not text", json, R"({"user":7,"username":"ann","password":"secret"})", "aobEdbYhXfu5hkeqG"},
      {"user before username before email", json,
       R"({"email":"x@example.com","username":"eve","user":"ann","password":"secret"})", "aobEdbYhXfu5hkeqG"},
      {"username before email", json, R"({"email":"x@example.com","username":"ann","password":"secret"})",
       "aobEdbYhXfu5hkeqG"},
      {"a form", form, "user=ann&password=secret", "aobEdbYhXfu5hkeqG"},
      {"a form with escapes", "application/x-www-form-urlencoded; charset=UTF-8", "email=bob%40example.com&password=b",
       "bob-id"},
      {"JSON with the type of curl -d", form, R"({"user":"ann","password":"secret"})", "aobEdbYhXfu5hkeqG"},
      {"JSON after a byte order mark", json, "\xef\xbb\xbf{\"user\":\"ann\",\"password\":\"secret\"}",
       "aobEdbYhXfu5hkeqG"},
      {"JSON after a byte order mark, with the type of curl -d", form,
       "\xef\xbb\xbf {\"user\":\"ann\",\"password\":\"secret\"}", "aobEdbYhXfu5hkeqG"},
      {"a form after a byte order mark", form, "\xef\xbb\xbfuser=ann&password=secret", "aobEdbYhXfu5hkeqG"},
      {"only a byte order mark", json, "\xef\xbb\xbf", nullptr},
      {"a digest as the password", json, R"({"user":"ann","password":")" + String(digest) + R"("})", nullptr},
      {"another algorithm", json,
       R"({"user":"ann","password":{"digest":")" + String(digest) + R"(","algorithm":"md5"}})", nullptr},
      {"no algorithm", json, R"({"user":"ann","password":{"digest":")" + String(digest) + R"("}})", nullptr},
      {"an empty digest", json, R"({"user":"ann","password":{"digest":"","algorithm":"sha-256"}})", nullptr},
      {"a wrong name", json, R"({"user":"eve","password":"secret"})", nullptr},
      {"an empty name", json, R"({"user":"","password":"b"})", nullptr},
      {"no password", json, R"({"user":"ann"})", nullptr},
      {"no name", json, R"({"password":"secret"})", nullptr},
      {"nothing", json, "{}", nullptr},
      {"no body", json, "", nullptr},
      {"an unknown key", json, R"({"user":"ann","password":"secret","ldap":"true"})", nullptr},
      {"a number", json, R"({"user":"ann","password":1})", nullptr},
      {"a password that is null", json, R"({"user":"ann","password":null})", nullptr},
      {"an address that is a number", json, R"({"email":7,"password":"secret"})", nullptr},
      {"an unknown key with null", json, R"({"user":"ann","password":"secret","ldap":null})", nullptr},
      {"a list", json, R"(["user"])", nullptr},
      {"a form with a list", form, "user=ann&password=secret&password=x", nullptr},
      {"an unknown token", json, R"({"resume":"x"})", nullptr},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const http::Reply reply = ask(*served, login_path, one.body, {{"Content-Type", one.type}});
    CHECK(reply.status == (one.user != nullptr ? 200 : 401));
    CHECK(data_of(reply, "userId") == (one.user != nullptr ? one.user : "(none)"));
    CHECK(reply.body.view().find("secret") == std::string_view::npos);
  }
  CHECK(ask(*served, login_path, "{\"user\":").status == 400);
  const http::Reply multipart =
      ask(*served, login_path, "--x\r\n", {{"Content-Type", "multipart/form-data; boundary=x"}});
  CHECK(multipart.status == 400);
  CHECK(multipart.body.view().find("send JSON with Content-Type: application/json") != std::string_view::npos);
}

TEST_CASE("rocketchat login: a session is resumed with its token, and ends with a logout") {
  const auto served = facade(login_route());
  const String token = data_of(ask(*served, login_path, R"({"user":"ann","password":"secret"})"), "authToken");
  const http::Reply resumed = ask(*served, login_path, R"({"resume":")" + token + R"("})");
  CHECK(resumed.status == 200);
  CHECK(data_of(resumed, "authToken") == token);
  CHECK(data_of(resumed, "userId") == "aobEdbYhXfu5hkeqG");

  CHECK(endpoint(*served, Method::post, logout_path).access == contract::Access::credentials);
  const http::Reply left = ask(*served, logout_path, "", {{"X-User-Id", "aobEdbYhXfu5hkeqG"}, {"X-Auth-Token", token}});
  CHECK(left.status == 200);
  CHECK(left.body.view() == R"({"status":"success","data":{"message":"You've been logged out!"}})");
  CHECK(admitted_as(*served, "aobEdbYhXfu5hkeqG", token) == "(nobody)");
  CHECK(ask(*served, login_path, R"({"resume":")" + token + R"("})").status == 401);
}

TEST_CASE("rocketchat login: only a route with logins has the call, and its configured tokens stay valid") {
  const auto plain = facade(route());
  for (const contract::Endpoint& one : plain->endpoints()) CHECK(one.what() != "Login");
  config::Route both = login_route();
  both.own.edit<parley::rocketchat::RouteAuth>().users = {{"first-user", {"first-token"}}};
  const auto served = facade(both);
  CHECK(served->endpoints().size() == plain->endpoints().size() + 2);
  CHECK(admitted_as(*served, "first-user", "first-token") == "first-user");
}

TEST_CASE("rocketchat: a rate limit is shown in three headers, the reset in milliseconds") {
  const auto served = facade(route());
  http::Reply reply;
  served->show_limit({.requests = 10, .remaining = 7, .reset = 1'700'000'000'123}, reply);
  CHECK(header_lines(reply) ==
        List<String>{"X-RateLimit-Limit: 10", "X-RateLimit-Remaining: 7", "X-RateLimit-Reset: 1700000000123"});
  reply.clear();
  OwnedRequest request(Method::get, channels_path);
  served->render({.code = Code::rate_limited, .retry_after = 35}, request.get(), reply);
  served->show_limit({.requests = 10, .remaining = 0, .reset = 1'700'000'000'123}, reply);
  CHECK(reply.status == 429);
  CHECK(
      reply.body.view() ==
      R"({"success":false,"error":"Error, too many requests. Please slow down. You must wait 35 seconds before trying this endpoint again. [error-too-many-requests]"})");
  for (const char* name : {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"}) {
    CAPTURE(name);
    const List<String> lines = header_lines(reply);
    CHECK(std::count_if(lines.begin(), lines.end(),
                        [name](const String& line) { return line.starts_with(String(name) + ": "); }) == 1);
  }
}

TEST_CASE("rocketchat: a route with origins does not allow every origin") {
  config::Route settings = route();
  settings.cors.origins = {"https://shop.example.com"};
  http::Reply reply;
  OwnedRequest request(Method::get, channels_path);
  facade(settings)->render({.code = Code::unauthorized}, request.get(), reply);
  CHECK(header_of(reply, "Access-Control-Allow-Origin") == "");
  reply.clear();
  facade(route())->render({.code = Code::unauthorized}, request.get(), reply);
  CHECK(header_of(reply, "Access-Control-Allow-Origin") == "*");
}

}  // namespace parley::test::rocketchat
