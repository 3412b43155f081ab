// POST livechat/visitor in both profiles: the vendor's rules as named cases.
#include <doctest/doctest.h>

#include "adapters/rocketchat/settings.hpp"
#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

// The example payload of the vendor's page.
constexpr const char* sample_visitor = R"({
"visitor": {
"name": "Livechat Visitor",
"email": "visitor@pimenta.chat",
"token": "iNKE8a6k6cjbqWhWd",
"phone": "55 51 5555-5555",
"customFields": [{
"key": "address",
"value": "pimentaCHAT street",
"overwrite": true
}]
}
})";
// The -d argument of the curl command on the same page: an unquoted name, a missing quote, a missing brace.
constexpr const char* sample_curl =
    R"({"visitor": {"name": Livechat Visitor, "email": "visitor@pimenta.chat", "token": "iNKE8a6k6cjbqWhWd", )"
    R"("phone": "55 51 5555-5555", customFields": [{ "key": "address", "value": "pimentaCHAT street", "overwrite": true }] })";

}  // namespace

TEST_CASE("rocketchat visitor: the vendor's example payload") {
  for (const char* profile : {"8", "0.70", "pimenta", ""}) {
    CAPTURE(profile);
    Call call(profile, Method::post, visitor_path);
    call.body(sample_visitor).request().header("User-Agent", "curl/7.88.1").header("Host", "localhost:3000");
    const auto made = call.decoded<RegisterVisitor>();
    CHECK(made.token == "iNKE8a6k6cjbqWhWd");
    CHECK(made.name == "Livechat Visitor");
    CHECK(made.email == "visitor@pimenta.chat");
    CHECK(made.phone == "55 51 5555-5555");
    CHECK_FALSE(made.department.has_value());
    CHECK(made.username == "");
    CHECK(made.id.empty());
    REQUIRE(made.fields.size() == 1);
    CHECK(made.fields[0].name == "address");
    CHECK(made.fields[0].value == "pimentaCHAT street");
    CHECK(made.fields[0].overwrite);
    CHECK(made.ip == "127.0.0.1");
    CHECK(made.user_agent == "curl/7.88.1");
    CHECK(made.host == "localhost:3000");
    const bool old = std::string_view(profile) == "0.70" || std::string_view(profile) == "pimenta";
    CHECK(made.identity == (old ? IdentityRule::token_email : IdentityRule::token_phone_email));
  }
}

TEST_CASE("rocketchat visitor: accepted bodies") {
  const auto decode = [](const char* profile, const char* body) {
    return Call(profile, Method::post, visitor_path).body(body).decoded<RegisterVisitor>();
  };
  SUBCASE("profile 8 trims an e-mail address and makes it lower case, 0.70 keeps it unchanged") {
    const char* body = R"({"visitor":{"token":"t","email":"  Ada@Example.COM "}})";
    CHECK(decode("8", body).email == "ada@example.com");
    CHECK(decode("0.70", body).email == "  Ada@Example.COM ");
  }
  SUBCASE("null and an empty text change nothing") {
    for (
        const char* body :
        {R"({"visitor":{"token":"t","name":null,"email":null,"phone":null,"department":null,"username":null,"customFields":null}})",
         R"({"visitor":{"token":"t","name":"","email":"  ","phone":"","department":"","username":"","customFields":[]}})",
         R"({"visitor":{"token":"t"}})"}) {
      CAPTURE(body);
      const RegisterVisitor made = decode("8", body);
      CHECK_FALSE(made.name.has_value());
      CHECK_FALSE(made.email.has_value());
      CHECK_FALSE(made.phone.has_value());
      CHECK_FALSE(made.department.has_value());
      CHECK(made.username == "");
      CHECK(made.fields.empty());
    }
  }
  SUBCASE("username, id and department") {
    const RegisterVisitor made =
        decode("8", R"({"visitor":{"token":"t","username":"ada","id":"myOwnId","department":"sales"}})");
    CHECK(made.username == "ada");
    CHECK(made.id.text == "myOwnId");
    CHECK(made.department == "sales");
  }
  SUBCASE("unknown members of visitor are ignored") {
    CHECK(decode("8", R"({"visitor":{"token":"t","connectionData":{"a":1},"id":7,"more":[]}})").token == "t");
    CHECK(decode("0.70", R"({"visitor":{"token":"t","more":null}})").token == "t");
  }
  SUBCASE("further members of a custom field are ignored") {
    const RegisterVisitor made = decode(
        "8", R"({"visitor":{"token":"t","customFields":[{"key":"a","value":"","overwrite":false,"label":"A"}]}})");
    REQUIRE(made.fields.size() == 1);
    CHECK(made.fields[0].value == "");
    CHECK_FALSE(made.fields[0].overwrite);
  }
  SUBCASE("texts with special characters are kept") {
    const RegisterVisitor made =
        decode("8", "{\"visitor\":{\"token\":\"t\",\"name\":\"\\ud83d\\ude00 \u2028 \u05d0 \\\"q\\\"\"}}");
    CHECK(made.name == "\U0001F600 \u2028 \u05d0 \"q\"");
  }
}

TEST_CASE("rocketchat visitor: refusals of profile 8") {
  check_refusals(
      "8", visitor_path,
      {
          {"empty object", "{}", R"({"success":false,"error":"Match error: Missing key 'visitor'"})"},
          {"no body at all", "", R"({"success":false,"error":"Match error: Missing key 'visitor'"})"},
          {"no token", R"({"visitor":{}})",
           R"({"success":false,"error":"Match error: Missing key 'token' in field visitor"})"},
          {"token a number", R"({"visitor":{"token":123}})",
           R"({"success":false,"error":"Match error: Expected string, got number in field visitor.token"})"},
          {"token null", R"({"visitor":{"token":null}})",
           R"({"success":false,"error":"Match error: Expected string, got null in field visitor.token"})"},
          {"token an object", R"({"visitor":{"token":{}}})",
           R"({"success":false,"error":"Match error: Expected string, got object in field visitor.token"})"},
          {"token true", R"({"visitor":{"token":true}})",
           R"({"success":false,"error":"Match error: Expected string, got boolean in field visitor.token"})"},
          {"visitor is text", R"({"visitor":"x"})",
           R"({"success":false,"error":"Match error: Expected object, got string in field visitor"})"},
          {"visitor is null", R"({"visitor":null})",
           R"({"success":false,"error":"Match error: Expected object, got null in field visitor"})"},
          {"visitor is a list", R"({"visitor":[]})",
           R"({"success":false,"error":"Match error: Expected plain object in field visitor"})"},
          {"a sibling of visitor", R"({"visitor":{"token":"t"},"token":"t"})",
           R"({"success":false,"error":"Match error: Unknown key in field token"})"},
          {"unknown before missing", R"({"token":"t"})",
           R"({"success":false,"error":"Match error: Unknown key in field token"})"},
          {"in the order of the document", R"({"visitor":{},"token":"t"})",
           R"({"success":false,"error":"Match error: Missing key 'token' in field visitor"})"},
          {"name a number", R"({"visitor":{"token":"t","name":1}})",
           R"({"success":false,"error":"Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation in field visitor.name"})"},
          {"custom fields an object", R"({"visitor":{"token":"t","customFields":{}}})",
           R"({"success":false,"error":"Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation in field visitor.customFields"})"},
          {"a custom field without key", R"({"visitor":{"token":"t","customFields":[{"value":"v","overwrite":true}]}})",
           R"({"success":false,"error":"Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation in field visitor.customFields"})"},
          {"overwrite is text",
           R"({"visitor":{"token":"t","customFields":[{"key":"k","value":"v","overwrite":"true"}]}})",
           R"({"success":false,"error":"Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation in field visitor.customFields"})"},
          {"a list", "[]", R"({"success":false,"error":"Match error: Expected plain object"})"},
          {"a number", "7", R"({"success":false,"error":"Match error: Expected object, got number"})"},
          {"empty token", R"({"visitor":{"token":""}})",
           R"({"success":false,"error":"Token cannot be empty [error-invalid-token]","errorType":"error-invalid-token","details":{"method":"livechat/visitor"}})"},
          {"blank token", "{\"visitor\":{\"token\":\" \\t\u00a0\u3000\ufeff\u2029\"}}",
           R"({"success":false,"error":"Token cannot be empty [error-invalid-token]","errorType":"error-invalid-token","details":{"method":"livechat/visitor"}})"},
      });
}

TEST_CASE("rocketchat visitor: refusals of 0.70 are the exception as an object") {
  const String tail =
      R"("sanitizedError":{"isClientSafe":true,"error":400,"reason":"Match failed","message":"Match failed [400]","errorType":"Meteor.Error"},"errorType":"Match.Error","success":false})";
  const String missing_visitor = R"({"message":"Match error: Missing key 'visitor'","path":"",)" + tail;
  const String missing_token =
      R"({"message":"Match error: Missing key 'token' in field visitor","path":"visitor",)" + tail;
  const String unknown = R"({"message":"Match error: Unknown key in field x","path":"x",)" + tail;
  check_refusals(
      "0.70", visitor_path,
      {
          {"empty object", "{}", missing_visitor.c_str()},
          {"no token", R"({"visitor":{}})", missing_token.c_str()},
          {"unknown sibling", R"({"x":1})", unknown.c_str()},
          {"blank token", R"({"visitor":{"token":" "}})",
           R"({"isClientSafe":true,"error":"error-invalid-token","reason":"Token cannot be empty","details":{"method":"livechat/visitor"},"message":"Token cannot be empty [error-invalid-token]","errorType":"Meteor.Error","success":false})"},
      });
}

TEST_CASE("rocketchat visitor: invalid JSON is refused with line and column") {
  struct Case {
    const char* name;
    const char* type;
    String body;
    const char* says;
  };
  const Case cases[] = {
      {"the page's own curl line", "application/json", sample_curl, "line 1, column 22"},
      {"second line", "application/json; charset=utf-8", "{\n  \"visitor\": }", "line 2, column 14"},
      {"a form", "application/x-www-form-urlencoded", "token=a&name=b", "Content-Type: application/json"},
      {"plain text", "text/plain", "hello", "Content-Type: application/json"},
      {"a member twice", "application/json", R"({"visitor":{"token":"a","token":"b"}})", "\\\"token\\\" occurs twice"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    Call today("8", Method::post, visitor_path);
    today.body(one.body).request().header("Content-Type", one.type);
    const http::Reply& reply = today.refused();
    CHECK(reply.status == 400);
    CHECK(text(reply).find(one.says) != std::string_view::npos);
    CHECK(text(reply).starts_with(R"({"success":false,"error":"The body is not valid JSON: )"));
    CHECK(text(reply).ends_with(R"( [invalid-params]","errorType":"invalid-params"})"));

    Call old("0.70", Method::post, visitor_path);
    old.body(one.body).request().header("Content-Type", one.type);
    CHECK(old.refused().status == 400);
    CHECK(text(old.refused())
              .starts_with(R"({"isClientSafe":true,"error":"invalid-params","reason":"The body is not valid JSON: )"));
    CHECK(text(old.refused()).find(one.says) != std::string_view::npos);
  }
}

TEST_CASE("rocketchat visitor: JSON is accepted with any Content-Type") {
  for (const char* type : {"application/json", "application/x-www-form-urlencoded", "text/plain", ""}) {
    CAPTURE(type);
    Call call("8", Method::post, visitor_path);
    call.body(sample_visitor).request().header("Content-Type", type);
    CHECK(call.decoded<RegisterVisitor>().token == "iNKE8a6k6cjbqWhWd");
  }
}

TEST_CASE("rocketchat visitor: the registry of custom fields") {
  const char* body = R"({"visitor":{"token":"t","customFields":[
    {"key":"address","value":"a","overwrite":true},{"key":"shoe","value":"42","overwrite":true}]}})";
  config::Route with_registry = route();
  with_registry.own.edit<parley::rocketchat::RouteSettings>().custom_fields = {"address"};
  SUBCASE("without a registry every field is kept") {
    CHECK(Call("8", Method::post, visitor_path).body(body).decoded<RegisterVisitor>().fields.size() == 2);
    CHECK(Call("0.70", Method::post, visitor_path).body(body).decoded<RegisterVisitor>().fields.size() == 2);
  }
  SUBCASE("profile 8 leaves other fields out and reports them as losses") {
    Call call(with_registry, Method::post, visitor_path);
    const auto made = call.body(body).decoded<RegisterVisitor>();
    REQUIRE(made.fields.size() == 1);
    CHECK(made.fields[0].name == "address");
    const Ref<Visitor> answered(visitor("a", "t"));
    const http::Reply& reply = call.answered(Outcome(Ref<Visitor>(answered)));
    REQUIRE(reply.losses.size() == 1);
    CHECK(reply.losses[0].member == "visitor.attributes.shoe");
  }
  SUBCASE("0.70 refuses other fields") {
    with_registry.profile = "0.70";
    Call call(with_registry, Method::post, visitor_path);
    CHECK(
        difference(
            R"({"isClientSafe":true,"error":"invalid-custom-field","message":"[invalid-custom-field]","errorType":"Meteor.Error","success":false})",
            text(call.body(body).refused())) == "");
  }
}

}  // namespace parley::test::rocketchat
