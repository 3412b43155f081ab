// What every facade in the registry must do: show errors in its own style, refuse bad bodies, let no header be injected.
#include <doctest/doctest.h>

#include "tests/conformance/each_facade.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/mutate.hpp"
#include "tests/support/requests.hpp"

namespace {

using namespace parley;
using contract::Adapter;
using contract::BodyRule;
using contract::Endpoint;
using contract::Facade;
using http::Reply;
using test::fault_of;
using test::for_each_facade;
using test::OwnedRequest;

constexpr std::string_view secret = "DETAIL-MUST-NOT-LEAK";

/// Sets each `:name` of the pattern to a value that every vendor accepts.
void fill_parameters(const Endpoint& endpoint, OwnedRequest& request) {
  for (String& value : test::parameters_of(endpoint.pattern)) request.parameter(std::move(value));
}

String fault_of_rendered(const Facade& facade, const Error& error, OwnedRequest& request, Reply& reply) {
  reply.clear();
  facade.render(error, request.get(), reply);
  String fault = fault_of(reply);
  if (fault.empty() && reply.body.view().find(secret) != std::string_view::npos) fault = "shows the detail";
  return fault;
}

/// The error with which an endpoint refuses a request, if any. An endpoint that answers by itself must give a valid answer.
std::optional<Error> refused(const Facade& facade, const Endpoint& endpoint, const http::Request& request) {
  if (endpoint.answer == nullptr) {
    Result<Operation> made = test::decoded_by(endpoint, facade, request);
    return made ? std::nullopt : std::optional(std::move(made).error());
  }
  Reply reply;
  Result<void> answered = endpoint.answer(facade, request, reply);
  if (!answered) return std::move(answered).error();
  CHECK(fault_of(reply) == "");
  CHECK(test::header_of(reply, "X-Evil") == "");
  CHECK(test::header_of(reply, "Cache-Control") == "no-store");
  return {};
}

}  // namespace

TEST_CASE("conformance: every error code has a valid answer that keeps the detail to itself") {
  for_each_facade([](const Adapter&, const String&, const Facade& facade) {
    for (const char* query : {"", "callback=answer"}) {
      for (std::size_t code = 0; code < code_count; ++code) {
        CAPTURE(code);
        OwnedRequest request(http::Method::get, "/nowhere", query);
        Reply reply;
        Error error{.code = static_cast<Code>(code),
                    .message = "what went wrong",
                    .field = "some.field",
                    .detail = String(secret)};
        CHECK(fault_of_rendered(facade, error, request, reply) == "");
        if (error.code != Code::method_not_allowed) {  // its detail is the list of allowed methods, which is shown
          CHECK(reply.headers().find(secret) == std::string_view::npos);
        }
        error = {.code = static_cast<Code>(code)};
        CHECK(fault_of_rendered(facade, error, request, reply) == "");
        error.message = "\"quoted\" \\ </script> \u2028\u2029 \x01 \U0001F600";
        error.detail = "GET\r\nX-Evil: 1";
        CHECK(fault_of_rendered(facade, error, request, reply) == "");
        CHECK(test::header_of(reply, "X-Evil") == "");
      }
    }
  });
}

TEST_CASE("conformance: an endpoint that needs a body refuses malformed bodies") {
  using namespace std::string_literals;
  const struct {
    const char* name;
    String body;
  } cases[] = {
      {"missing", ""},
      {"blank", "  \n"},
      {"text", "\"text\""},
      {"number", "7"},
      {"null", "null"},
      {"65 levels", String(65, '[') + String(65, ']')},
      {"65 levels of objects",
       [] {
         String deep;
         for (int i = 0; i < 65; ++i) deep += "{\"a\":";
         return deep + "1" + String(65, '}');
       }()},
      {"200 KB of brackets", String(200 * 1024, '[')},
      {"a key twice", R"({"name":"a","name":"b"})"},
      {"a key twice, spelt differently", R"([{"name":"a","n\u0061me":"b"}])"},
      {"a key twice deep down", R"({"visitor":{"token":"a","token":"b"},"x":[{"y":1,"y":2}]})"},
      {"NUL behind", "{}\0{}"s},
      {"NUL inside", "{\"name\":\"a\0b\"}"s},
      {"a BOM and nothing", "\xef\xbb\xbf"},
      {"two BOMs", "\xef\xbb\xbf\xef\xbb\xbf{}"},
      {"a BOM behind a blank", " \xef\xbb\xbf{}"},
      {"no UTF-8", "{\"name\":\"\xff\"}"},
      {"overlong UTF-8", "{\"name\":\"\xc0\xaf\"}"},
      {"surrogate as UTF-8", "{\"name\":\"\xed\xa0\x80\"}"},
      {"lone surrogate", R"({"name":"\udc00"})"},
      {"two values", "{} {}"},
      {"cut off", R"({"name":"a)"},
      {"trailing comma", R"([{"name":"a",}])"},
      {"single quotes", "{'name':'a'}"},
      {"comment", "[] // none"},
      {"NaN", R"({"name":NaN})"},
  };
  for_each_facade([&](const Adapter&, const String&, const Facade& facade) {
    for (const Endpoint& endpoint : facade.endpoints()) {
      if (endpoint.body != BodyRule::json) continue;
      CAPTURE(endpoint.pattern);
      for (const auto& one : cases) {
        CAPTURE(one.name);
        OwnedRequest request(endpoint.method, String(endpoint.pattern));
        request.header("Content-Type", "application/json").body(one.body);
        fill_parameters(endpoint, request);
        const Result<Operation> refused = test::decoded_by(endpoint, facade, request.get());
        REQUIRE(refused.has_error());
        CHECK(refused.error().message != "");
        Reply reply;
        CHECK(fault_of_rendered(facade, refused.error(), request, reply) == "");
      }
    }
  });
}

TEST_CASE("conformance: random changes to a body never break an endpoint") {
  for_each_facade([](const Adapter&, const String&, const Facade& facade) {
    test::Random random(20210526);
    for (const Endpoint& endpoint : facade.endpoints()) {
      CAPTURE(endpoint.pattern);
      for (int round = 0; round < 300; ++round) {
        test::Value body = test::parse(R"({"name":"a","value":"b","status":"Away","token":"t","rid":"r",
            "user":"conformance","password":"conformance-password","resume":"r","grant_type":"password",
            "visitor":{"token":"t","name":"n","email":"e@example.com","phone":"1","customFields":[{"key":"k","value":"v","overwrite":true}]},
            "pageInfo":{"change":"url","title":"t","location":{"href":"https://example.com"}}})");
        test::mutate(body, 1 + random.below(4), random);
        const String text = test::respell(random.chance(30) ? test::array({body}) : body, random);
        CAPTURE(text);
        OwnedRequest request(endpoint.method, String(endpoint.pattern), "callback=answer");
        request.header("Content-Type", "application/json").body(text);
        fill_parameters(endpoint, request);
        Reply reply;
        if (const std::optional<Error> error = refused(facade, endpoint, request.get())) {
          REQUIRE(fault_of_rendered(facade, *error, request, reply) == "");
        }
      }
    }
  });
}

TEST_CASE("conformance: hostile headers and query values change no reply header") {
  const String evil = "x\r\nX-Evil: 1\r\n\r\n<script>";
  for_each_facade([&](const Adapter&, const String&, const Facade& facade) {
    for (const Endpoint& endpoint : facade.endpoints()) {
      CAPTURE(endpoint.pattern);
      for (const char* query : {"callback=x%0d%0aX-Evil:%201", "callback=%3Cscript%3Ealert(1)%3C/script%3E",
                                "callback=alert(1)%2F%2F", "callback=a;b&callback=c", "callback=%FF", "callback=%",
                                "siteId=%0d%0aX-Evil:1", "callback=%E2%80%A8", "&&=&="}) {
        CAPTURE(query);
        OwnedRequest request(endpoint.method, String(endpoint.pattern), query);
        for (const char* name : {"Origin", "Authorization", "X-User-Id", "X-Auth-Token", "Content-Type", "Accept",
                                 "User-Agent", "Host", "X-Requested-With", "Access-Control-Request-Headers"}) {
          request.header(name, evil);
        }
        request.body("{}");
        fill_parameters(endpoint, request);
        Reply reply;
        if (const Result<std::string_view> admitted = facade.admit(request.get()); admitted.has_error()) {
          CHECK(fault_of_rendered(facade, admitted.error(), request, reply) == "");
          CHECK(test::header_of(reply, "X-Evil") == "");
        }
        if (const std::optional<Error> error = refused(facade, endpoint, request.get())) {
          CHECK(fault_of_rendered(facade, *error, request, reply) == "");
          CHECK(test::header_of(reply, "X-Evil") == "");
        }
        reply.clear();
        if (facade.encode(Page<Visitor>{}, request.get(), reply)) {
          CHECK(fault_of(reply) == "");
          CHECK(test::header_of(reply, "X-Evil") == "");
        }
      }
    }
  });
}

TEST_CASE("conformance: an endpoint with credentials lets nobody in without them") {
  for_each_facade([](const Adapter&, const String&, const Facade& facade) {
    for (const Endpoint& endpoint : facade.endpoints()) {
      if (endpoint.access != contract::Access::credentials) continue;
      CAPTURE(endpoint.pattern);
      OwnedRequest request(endpoint.method, String(endpoint.pattern));
      fill_parameters(endpoint, request);
      const Result<std::string_view> admitted = facade.admit(request.get());
      REQUIRE(admitted.has_error());
      Reply reply;
      CHECK(fault_of_rendered(facade, admitted.error(), request, reply) == "");
    }
  });
}

TEST_CASE("conformance: an endpoint that answers by itself has a name and no operation") {
  for_each_facade([](const Adapter&, const String&, const Facade& facade) {
    for (const Endpoint& endpoint : facade.endpoints()) {
      CAPTURE(endpoint.pattern);
      CHECK((endpoint.answer == nullptr) == (endpoint.decode != nullptr || endpoint.receive != nullptr));
      CHECK((endpoint.answer == nullptr) == endpoint.answers.empty());
      CHECK_FALSE(endpoint.what().empty());
    }
  });
}

TEST_CASE("conformance: a login with a wrong password is an error, so that it is counted") {
  for_each_facade([](const Adapter&, const String&, const Facade& facade) {
    for (const Endpoint& endpoint : facade.endpoints()) {
      if (endpoint.what() != "Login") continue;
      CAPTURE(endpoint.pattern);
      CHECK(endpoint.access == contract::Access::open);
      OwnedRequest request(endpoint.method, String(endpoint.pattern));
      request.header("Content-Type", "application/json")
          .body(R"({"grant_type":"password","email":"agent@example.com","user":"conformance","password":"wrong"})");
      Reply reply;
      const Result<void> answered = endpoint.answer(facade, request.get(), reply);
      REQUIRE(answered.has_error());
      CHECK((answered.error().code == Code::unauthorized || answered.error().code == Code::forbidden));
      CHECK(fault_of_rendered(facade, answered.error(), request, reply) == "");
      CHECK(reply.status >= 400);
      CHECK(test::header_of(reply, "Cache-Control") == "no-store");
    }
  });
}

TEST_CASE("conformance: scripts call a plain name with JSON, or are refused") {
  for (const Adapter* adapter : contract::registry()) {
    CAPTURE(adapter->name);
    if (adapter->to_script == nullptr) {
      MESSAGE("skipped: ", adapter->name, " has no script form");
      continue;
    }
    for (const char* json : {R"({"a":"</script>","b":[1.50,null]})", "{\"a\":\"\u2028 \u2029\"}",
                             R"({"__proto__":{"a":1},"b":2})", "[]"}) {
      Buffer out;
      REQUIRE(adapter->to_script(json, "jQuery1124.callbacks[7]", out).has_value());
      CHECK(test::fault_of_script(out.view()) == "");
      CHECK(out.view().find("__proto__") == std::string_view::npos);
    }
    for (const String& callback :
         {String("alert(1)//"), String("a;b"), String("a b"), String("<script>"), String("a\r\nb"), String("a\u2028b"),
          String("'a'"), String("`a`"), String("a,b"), String("a=b"), String("a/*"), String("a\\u0028"), String("\xff"),
          String(100000, 'a'), String("a(", 2), String("+{}"), String("()"), String("")}) {
      CAPTURE(callback);
      Buffer out;
      if (adapter->to_script("{}", callback, out)) CHECK(test::fault_of_script(out.view()) == "");
    }
  }
}
