// Admission: rate limits by client, principal and route, proxies, calls that a facade answers itself, other origins.
#include "gateway/pipeline/admission.hpp"

#include <doctest/doctest.h>

#include "tests/gateway/pipeline/plain_pipeline.hpp"

namespace parley::test {
namespace {

using By = config::RateLimit::By;

config::Settings limited(std::int64_t requests, By by) {
  config::Settings settings = fake_settings();
  settings.routes.front().rate_limit = {.requests = requests, .per = std::chrono::hours(1), .by = by};
  settings.server.trusted = {*config::parse_network("127.0.0.0/8")};
  return settings;
}

Headers from(const std::string& address) { return {{"X-Forwarded-For", address}}; }
Headers by(const std::string& address, const std::string& credentials) {
  return {{"X-Forwarded-For", address}, {"Authorization", credentials}};
}

constexpr const char* open_path = "/fake/visitors/7";
constexpr const char* closed_path = "/fake/secret";
/// What Fetch (3.2.4) lets a page read. Each name is listed, since with credentials `*` is an ordinary name.
constexpr const char* exposed =
    "Allow, Parley-Loss, Retry-After, WWW-Authenticate, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, "
    "X-Request-Id";

}  // namespace

TEST_CASE("a call that the facade answers needs no backend") {
  PlainPipeline pipeline;
  CHECK(pipeline.ask("POST", "/fake/login", {}, "Ann").body == "welcome Ann");
  CHECK(pipeline.ask("POST", "/fake/login").body == "welcome ");
  const Answer refused = pipeline.ask("POST", "/fake/login", {}, "bad");
  CHECK(refused.status == 401);
  CHECK(refused.body == "fake error who are you");
  const std::string large(100'000, 'x');  // too large to come with the head
  CHECK(pipeline.ask("POST", "/fake/login", {}, large).body == "welcome " + large);
  CHECK(fake_state.executed == 0);
}

TEST_CASE("rate limit by client: each address has its own count, shown in every answer") {
  PlainPipeline pipeline(limited(3, By::client));
  CHECK(pipeline.ask("GET", open_path, from("192.0.2.1")).header("Left") == "2 of 3");
  CHECK(pipeline.ask("GET", "/fake/visitors/nobody", from("192.0.2.1")).header("Left") == "1 of 3");
  CHECK(pipeline.ask("POST", "/fake/page", from("192.0.2.1"), "bad").header("Left") == "0 of 3");
  const int executed = fake_state.executed;
  const Answer refused = pipeline.ask("GET", open_path, from("192.0.2.1"));
  CHECK(refused.status == 429);
  CHECK(refused.body == "fake error too many requests");
  CHECK(refused.header("Left") == "0 of 3");
  CHECK(std::stoi(refused.header("Retry-After")) <= 3600);
  CHECK(std::stoi(refused.header("Retry-After")) > 0);
  CHECK(fake_state.executed == executed);
  CHECK(pipeline.ask("GET", open_path, from("192.0.2.2")).header("Left") == "2 of 3");
}

TEST_CASE("rate limit: what is not there counts as well, asking for the methods does not") {
  for (const By by : {By::client, By::principal, By::route}) {
    CAPTURE(static_cast<int>(by));
    PlainPipeline pipeline(limited(5, by));
    const Headers client = from("192.0.2.1");
    CHECK(pipeline.ask("GET", "/fake/nothing", client).header("Left") == "4 of 5");
    CHECK(pipeline.ask("DELETE", open_path, client).header("Left") == "3 of 5");
    CHECK(pipeline.ask("GET", "/fake/%zz", client).header("Left") == "2 of 5");
    CHECK(pipeline.ask("GET", "/nobody", client).count("Left") == 0);  // of no route
    const Headers page = {{"X-Forwarded-For", "192.0.2.1"},
                          {"Origin", "https://shop.example.com"},
                          {"Access-Control-Request-Method", "GET"}};
    for (int i = 0; i < 10; ++i) {
      CHECK(pipeline.ask("OPTIONS", open_path, page).count("Left") == 0);
      CHECK(pipeline.ask("OPTIONS", open_path, client).status == 200);
      CHECK(pipeline.ask("OPTIONS", "/fake/nothing", page).status == 404);
    }
    CHECK(pipeline.ask("GET", open_path, client).header("Left") == "1 of 5");
    CHECK(pipeline.ask("GET", "/fake/nothing", client).status == 404);
    for (const char* path : {"/fake/nothing", open_path}) {
      const Answer refused = pipeline.ask("GET", path, client);
      CHECK(refused.status == 429);
      CHECK(refused.body == "fake error too many requests");
      CHECK(refused.header("Left") == "0 of 5");
    }
    CHECK(pipeline.ask("DELETE", open_path, client).status == 429);
    CHECK(pipeline.ask("OPTIONS", open_path, client).status == 200);
  }
}

TEST_CASE("rate limit by client: wrong credentials count, and right ones do not help at the limit") {
  PlainPipeline pipeline(limited(3, By::client));
  for (int i = 0; i < 3; ++i) CHECK(pipeline.ask("PUT", closed_path, by("192.0.2.1", "guess"), "1").status == 401);
  CHECK(pipeline.ask("PUT", closed_path, by("192.0.2.1", "guess"), "1").status == 429);
  CHECK(pipeline.ask("PUT", closed_path, by("192.0.2.1", "let me in"), "1").status == 429);
  CHECK(pipeline.ask("PUT", closed_path, by("192.0.2.2", "let me in"), "1").status == 200);
}

TEST_CASE("rate limit by client: an address that nobody trusted wrote is not believed") {
  config::Settings settings = limited(2, By::client);
  settings.server.trusted.clear();
  PlainPipeline pipeline(settings);
  CHECK(pipeline.ask("GET", open_path, from("192.0.2.1")).status == 200);
  CHECK(pipeline.ask("GET", open_path, from("192.0.2.2")).status == 200);
  CHECK(pipeline.ask("GET", open_path, from("192.0.2.3")).status == 429);
}

TEST_CASE("rate limit by principal: from any address; wrong credentials count for the client") {
  PlainPipeline pipeline(limited(2, By::principal));
  const auto ask = [&](const std::string& address, const std::string& credentials) {
    return pipeline.ask("PUT", closed_path, by(address, credentials), "1").status;
  };
  CHECK(ask("192.0.2.1", "let me in") == 200);
  CHECK(ask("192.0.2.2", "let me in") == 200);
  CHECK(ask("192.0.2.3", "let me in") == 429);
  CHECK(ask("192.0.2.1", "me too") == 200);
  CHECK(ask("192.0.2.9", "guess") == 401);
  CHECK(ask("192.0.2.9", "guess") == 401);
  CHECK(ask("192.0.2.9", "me too") == 429);  // the right one, found by trying, but too late
  CHECK(ask("192.0.2.1", "me too") == 200);
  // Calls without credentials count for the client.
  CHECK(pipeline.ask("GET", open_path, from("192.0.2.4")).header("Left") == "1 of 2");
  CHECK(pipeline.ask("GET", open_path, from("192.0.2.4")).header("Left") == "0 of 2");
  CHECK(pipeline.ask("GET", open_path, from("192.0.2.4")).status == 429);
}

TEST_CASE("rate limit by principal: open calls, logins and wrong credentials have separate counts") {
  PlainPipeline pipeline(limited(2, By::principal));
  const auto open = [&](const std::string& address) { return pipeline.ask("GET", open_path, from(address)).status; };
  const auto log_in = [&](const std::string& address) {
    return pipeline.ask("POST", "/fake/login", from(address), "Ann").status;
  };
  const auto guess = [&](const std::string& address, const std::string& credentials = "guess") {
    return pipeline.ask("PUT", closed_path, by(address, credentials), "1").status;
  };
  for (const int status : {200, 200, 429}) CHECK(open("192.0.2.1") == status);
  for (const int status : {200, 200, 429}) CHECK(log_in("192.0.2.1") == status);
  for (const int status : {401, 401, 429}) CHECK(guess("192.0.2.1") == status);
  CHECK(guess("192.0.2.1", "let me in") == 429);
  for (const int status : {401, 401, 429}) CHECK(guess("192.0.2.2") == status);
  for (const int status : {200, 200, 429}) CHECK(open("192.0.2.2") == status);
  for (const int status : {200, 200, 429}) CHECK(log_in("192.0.2.2") == status);
  for (const int status : {200, 200, 429}) CHECK(log_in("192.0.2.3") == status);
  CHECK(guess("192.0.2.3", "let me in") == 200);
  CHECK(guess("192.0.2.3", "let me in") == 200);
}

TEST_CASE("failed logins: after twenty in a minute a client is refused, whatever it shows then") {
  config::Settings settings = fake_settings();
  settings.server.trusted = {*config::parse_network("127.0.0.0/8")};
  PlainPipeline pipeline(settings);
  const auto log_in = [&](const std::string& address, const std::string& body) {
    return pipeline.ask("POST", "/fake/login", from(address), body);
  };
  for (int i = 0; i < 30; ++i) CHECK(log_in("192.0.2.1", "Ann").status == 200);    // successful logins are not counted
  for (int i = 0; i < 30; ++i) CHECK(log_in("192.0.2.1", "noise").status == 400);  // nor those without credentials
  // Its head is admitted while logins are still allowed; its body comes later.
  const auto early = pipeline.begin("POST", "/fake/login", from("192.0.2.1"), "Ann");
  CHECK(early->advance() == gateway::pipeline::Next::body);
  for (int i = 0; i < 20; ++i) {
    const Answer failed = log_in("192.0.2.1", i % 2 == 0 ? "bad" : "stranger");
    CHECK(failed.body == (i % 2 == 0 ? "fake error who are you" : "fake error whose are you"));
    CHECK(failed.count("Left") == 0);
  }
  for (const char* body : {"Ann", "bad"}) {
    const Answer refused = log_in("192.0.2.1", body);
    CHECK(refused.status == 429);
    CHECK(refused.body == "fake error too many requests");
    CHECK(refused.header("Left") == "0 of 20");
    CHECK(std::stoi(refused.header("Retry-After")) > 0);
    CHECK(std::stoi(refused.header("Retry-After")) <= 60);
  }
  CHECK(early->finish().status == 429);
  CHECK(log_in("192.0.2.2", "Ann").status == 200);
  CHECK(log_in("192.0.2.2", "bad").status == 401);
  CHECK(pipeline.ask("GET", open_path, from("192.0.2.1")).status == 200);
  CHECK(pipeline.ask("PUT", closed_path, by("192.0.2.1", "let me in"), "1").status == 200);
}

TEST_CASE("rate limit by route: all together") {
  PlainPipeline pipeline(limited(2, By::route));
  CHECK(pipeline.ask("GET", open_path, from("192.0.2.1")).status == 200);
  CHECK(pipeline.ask("PUT", closed_path, by("192.0.2.2", "let me in"), "1").status == 200);
  CHECK(pipeline.ask("GET", open_path, from("192.0.2.3")).status == 429);
}

TEST_CASE("a facade that cannot show the limit fails the request, not the connection") {
  PlainPipeline pipeline(limited(limit_not_shown, By::client));
  for (int i = 0; i < 2; ++i) CHECK(pipeline.ask("GET", open_path).status == 500);
}

TEST_CASE("a route without a limit shows none") {
  PlainPipeline pipeline;
  CHECK(pipeline.ask("GET", open_path).count("Left") == 0);
}

TEST_CASE("other origins: only those of the configuration, on every answer of the route") {
  config::Settings settings = fake_settings();
  settings.routes.front().cors.origins = {"https://shop.example.com", "https://two.example.com"};
  settings.routes.front().cors.credentials = true;
  PlainPipeline pipeline(settings);
  const auto preflight = [&](const std::string& path, const std::string& origin) {
    return pipeline.ask("OPTIONS", path,
                        {{"Origin", origin},
                         {"Access-Control-Request-Method", "PUT"},
                         {"Access-Control-Request-Headers", "content-type, x-user-id"}});
  };
  const Answer yes = preflight(closed_path, "https://shop.example.com");
  CHECK(yes.status == 204);
  CHECK(yes.header("Access-Control-Allow-Origin") == "https://shop.example.com");
  CHECK(yes.header("Access-Control-Allow-Credentials") == "true");
  CHECK(yes.header("Access-Control-Allow-Methods") == "PUT");
  CHECK(yes.header("Access-Control-Allow-Headers") == "content-type, x-user-id");
  CHECK(yes.header("Access-Control-Max-Age") == "600");
  CHECK(yes.header("Vary") == "Origin");
  for (const char* origin : {"https://evil.example.com", "https://shop.example.com.evil.example", "null", "*",
                             "http://shop.example.com", "https://SHOP.example.com"}) {
    CAPTURE(origin);
    const Answer no = preflight(closed_path, origin);
    CHECK(no.status == 403);
    CHECK(no.count("Access-Control-Allow-Origin") == 0);
    CHECK(no.count("Access-Control-Allow-Credentials") == 0);
    CHECK(no.header("Vary") == "Origin");
  }
  CHECK(preflight("/fake/nothing", "https://shop.example.com").status == 404);

  const struct {
    const char* name;
    const char* method;
    const char* path;
    int status;
  } answers[] = {{"found", "GET", open_path, 200},
                 {"not found", "GET", "/fake/visitors/nobody", 404},
                 {"an exception", "GET", "/fake/visitors/throw", 500},
                 {"refused", "PUT", closed_path, 401},
                 {"no such path", "GET", "/fake/nothing", 404},
                 {"methods", "OPTIONS", open_path, 200}};
  for (const auto& one : answers) {
    CAPTURE(one.name);
    const Answer listed = pipeline.ask(one.method, one.path, {{"Origin", "https://two.example.com"}});
    CHECK(listed.status == one.status);
    CHECK(listed.header("Access-Control-Allow-Origin") == "https://two.example.com");
    CHECK(listed.header("Access-Control-Expose-Headers") == exposed);
    CHECK(listed.header("Vary") == "Origin");
    const Answer other = pipeline.ask(one.method, one.path, {{"Origin", "https://evil.example.com"}});
    CHECK(other.status == one.status);
    CHECK(other.count("Access-Control-Allow-Origin") == 0);
    CHECK(other.count("Access-Control-Expose-Headers") == 0);
    CHECK(other.header("Vary") == "Origin");
    const Answer plain = pipeline.ask(one.method, one.path);
    CHECK(plain.count("Access-Control-Allow-Origin") == 0);
    CHECK(plain.header("Vary") == "Origin");
  }
}

TEST_CASE("other origins: a list of header names is repeated, other text is not") {
  config::Settings settings = fake_settings();
  settings.routes.front().cors.origins = {"https://shop.example.com"};
  PlainPipeline pipeline(settings);
  const struct {
    const char* name;
    Headers asked;
    const char* allowed;
  } cases[] = {
      {"nothing", {}, ""},
      {"an empty list", {{"Access-Control-Request-Headers", ""}}, ""},
      {"empty members",
       {{"Access-Control-Request-Headers", ",content-type,, x-user-id , "}},
       "content-type, x-user-id"},
      {"two lines",
       {{"Access-Control-Request-Headers", "content-type,"}, {"Access-Control-Request-Headers", "x-user-id"}},
       "content-type, x-user-id"},
      {"no name", {{"Access-Control-Request-Headers", "content-type, a b"}}, ""},
      {"more than a page can mean", {{"Access-Control-Request-Headers", std::string(2000, 'x')}}, ""},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    Headers headers = {{"Origin", "https://shop.example.com"}, {"Access-Control-Request-Method", "PUT"}};
    headers.insert(headers.end(), one.asked.begin(), one.asked.end());
    const Answer answer = pipeline.ask("OPTIONS", closed_path, headers);
    CHECK(answer.status == 204);
    CHECK(answer.header("Access-Control-Allow-Headers") == one.allowed);
    CHECK(answer.count("Access-Control-Allow-Headers") == (*one.allowed == '\0' ? 0 : 1));
  }
}

TEST_CASE("a request that comes back is refused in the vendor's style; one through other hops is not") {
  PlainPipeline pipeline;
  CHECK(pipeline.ask("POST", "/fake/page", {}, "1").status == 200);
  const std::string own = fake_state.via;
  REQUIRE(own.starts_with("1.1 parley-"));
  CHECK(pipeline.ask("POST", "/fake/page", {{"Via", "1.0 fred"}}, "2").status == 200);
  CHECK(fake_state.via == "1.0 fred, " + own);
  fake_state.executed = 0;
  const Answer looped = pipeline.ask("GET", open_path, {{"Via", "1.1 proxy, " + own}});
  CHECK(looped.status == 508);
  CHECK(looped.body == "fake error the request came back to the service that had sent it on");
  CHECK(fake_state.executed == 0);
  CHECK(pipeline.ask("GET", open_path, {{"Via", "1.1 parley-0123456789abcdef, 1.0 squid"}}).status == 200);
  CHECK(pipeline.ask("GET", "/fake/nothing", {{"Via", own}}).status == 404);
}

TEST_CASE("a request's id: the client's or a new one, on every answer of a route that asks for it") {
  config::Settings settings = fake_settings();
  settings.routes.front().request_id = true;
  PlainPipeline pipeline(settings);
  const auto id_for = [&pipeline](const Headers& headers) {
    return pipeline.ask("GET", open_path, headers).header("X-Request-Id");
  };
  const std::string longest(128, 'i');
  for (const std::string& good : {std::string("a"), std::string("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"), longest,
                                  std::string("!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~")}) {
    CHECK(id_for({{"X-Request-Id", good}}) == good);
    CHECK(id_for({{"x-request-id", good}}) == good);
  }
  const auto is_new = [](const std::string& id) {
    return id.size() == 32 && id.find_first_not_of("0123456789abcdef") == std::string::npos;
  };
  const struct {
    const char* name;
    Headers headers;
  } none[] = {
      {"none", {}},
      {"an empty one", {{"X-Request-Id", ""}}},
      {"too long", {{"X-Request-Id", longest + "i"}}},
      {"a blank", {{"X-Request-Id", "a b"}}},
      {"no ASCII", {{"X-Request-Id", "\xc3\xa4"}}},
      {"two", {{"X-Request-Id", "a"}, {"X-Request-Id", "b"}}},
      {"the same twice", {{"X-Request-Id", "a"}, {"X-Request-Id", "a"}}},
  };
  std::string before;
  for (const auto& one : none) {
    CAPTURE(one.name);
    const std::string id = id_for(one.headers);
    CHECK(is_new(id));
    CHECK(id != before);
    before = id;
  }
  const struct {
    const char* name;
    const char* method;
    const char* path;
    int status;
  } answers[] = {{"not found", "GET", "/fake/visitors/nobody", 404},
                 {"an exception", "GET", "/fake/visitors/throw", 500},
                 {"refused", "PUT", closed_path, 401},
                 {"methods", "OPTIONS", open_path, 200},
                 {"a login", "POST", "/fake/login", 200},
                 {"another method", "DELETE", open_path, 405}};
  for (const auto& one : answers) {
    CAPTURE(one.name);
    const Answer answer = pipeline.ask(one.method, one.path, {{"X-Request-Id", "mine"}});
    CHECK(answer.status == one.status);
    CHECK(answer.header("X-Request-Id") == "mine");
    CHECK(answer.count("X-Request-Id") == 1);
  }
  CHECK(pipeline.ask("GET", "/nothing", {{"X-Request-Id", "mine"}}).count("X-Request-Id") == 0);
}

TEST_CASE("a route without request_id ignores the client's id") {
  PlainPipeline pipeline;
  CHECK(pipeline.ask("GET", open_path, {{"X-Request-Id", "mine"}}).count("X-Request-Id") == 0);
}

TEST_CASE("the index lists the routes, only with server.index and at /") {
  config::Settings settings = fake_settings();
  config::Route& second = settings.routes.emplace_back(settings.routes.front());
  second.name = "second \"route\"";
  second.prefix = "/crm/v2";
  second.host = "chat.example.com";
  CHECK(PlainPipeline(settings).ask("GET", "/").status == 404);
  settings.server.index = true;
  PlainPipeline pipeline(settings);
  const Answer index = pipeline.ask("GET", "/");
  CHECK(index.status == 200);
  CHECK(index.header("Content-Type") == "application/json; charset=utf-8");
  CHECK(
      index.body ==
      R"({"routes":[{"name":"first","facade":"fake","host":null,"prefix":"","example":"/fake/break","credentials":false},)"
      R"({"name":"second \"route\"","facade":"fake","host":"chat.example.com","prefix":"/crm/v2",)"
      R"("example":"/crm/v2/fake/break","credentials":false}]})"
      "\n");
  CHECK(pipeline.ask("GET", "/?x=1").body == index.body);
  CHECK(pipeline.ask("GET", "/", {{"Host", "chat.example.com"}}).body == index.body);
  CHECK(pipeline.ask("GET", "http://h/").body == index.body);
  CHECK(pipeline.ask("HEAD", "/").body == index.body);
  CHECK(pipeline.ask("POST", "/", {}, "x").status == 404);
  CHECK(pipeline.ask("GET", "//").status == 404);
  CHECK(pipeline.ask("GET", "/index").status == 404);
}

TEST_CASE("other origins: all of them, where the configuration says so; none where it says nothing") {
  config::Settings settings = fake_settings();
  settings.routes.front().cors.origins = {"*"};
  {
    PlainPipeline pipeline(settings);
    const Answer answer = pipeline.ask("GET", open_path, {{"Origin", "https://any.example.com"}});
    CHECK(answer.header("Access-Control-Allow-Origin") == "*");
    CHECK(answer.header("Access-Control-Expose-Headers") == exposed);
    CHECK(answer.count("Vary") == 0);
    const Answer preflight = pipeline.ask(
        "OPTIONS", open_path, {{"Origin", "https://any.example.com"}, {"Access-Control-Request-Method", "GET"}});
    CHECK(preflight.status == 204);
    CHECK(preflight.header("Access-Control-Allow-Origin") == "*");
    CHECK(preflight.header("Access-Control-Allow-Methods") == "GET, HEAD");
  }
  PlainPipeline pipeline;
  const Answer preflight = pipeline.ask(
      "OPTIONS", open_path, {{"Origin", "https://any.example.com"}, {"Access-Control-Request-Method", "GET"}});
  CHECK(preflight.status == 405);
  CHECK(preflight.count("Access-Control-Allow-Origin") == 0);
  CHECK(pipeline.ask("GET", open_path, {{"Origin", "https://any.example.com"}}).count("Vary") == 0);
}

}  // namespace parley::test
