// What each call accepts and refuses, in both profiles: the tables of the vendor's rules as named cases.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

// The example payloads of the vendor's page (seed).
constexpr const char* seed_visitor = R"({
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
constexpr const char* seed_page = R"({
"token": "iNKE8a6k6cjbqWhWd",
"rid": "vp3D9H8ud6HYvRpvq",
"pageInfo": {
"change": "url",
"title": "",
"location": {
"href": "http://localhost:3000/packages/pimentachat_livechat/assets/demo.html#page-4"
}
}
})";
// The -d argument of the page's own curl line: an unquoted name, a missing quote, a missing brace.
constexpr const char* seed_curl =
    R"({"visitor": {"name": Livechat Visitor, "email": "visitor@pimenta.chat", "token": "iNKE8a6k6cjbqWhWd", )"
    R"("phone": "55 51 5555-5555", customFields": [{ "key": "address", "value": "pimentaCHAT street", "overwrite": true }] })";

struct Refusal {
  const char* name;
  const char* body;
  const char* answer;
};

void check_refusals(const char* profile, const char* path, std::initializer_list<Refusal> cases) {
  for (const Refusal& one : cases) {
    CAPTURE(one.name);
    Call call(profile, Method::post, path);
    const adapters::Reply& reply = call.body(one.body).refused();
    CHECK(reply.status == 400);
    CHECK(reply.content_type == "application/json");
    CHECK(difference(one.answer, text(reply)) == "");
  }
}

}  // namespace

TEST_CASE("rocketchat visitor: the seed's payload") {
  for (const char* profile : {"8", "0.70", "pimenta", ""}) {
    CAPTURE(profile);
    Call call(profile, Method::post, visitor_path);
    call.body(seed_visitor).request().header("User-Agent", "curl/7.88.1").header("Host", "localhost:3000");
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

TEST_CASE("rocketchat visitor: what is taken, and how") {
  const auto decode = [](const char* profile, const char* body) {
    return Call(profile, Method::post, visitor_path).body(body).decoded<RegisterVisitor>();
  };
  SUBCASE("e-mail is trimmed and lower-cased today, verbatim in 0.70") {
    const char* body = R"({"visitor":{"token":"t","email":"  Ada@Example.COM "}})";
    CHECK(decode("8", body).email == "ada@example.com");
    CHECK(decode("0.70", body).email == "  Ada@Example.COM ");
  }
  SUBCASE("null and empty leave a value alone") {
    for (const char* body :
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
  SUBCASE("a custom field may carry more than it must") {
    const RegisterVisitor made = decode(
        "8", R"({"visitor":{"token":"t","customFields":[{"key":"a","value":"","overwrite":false,"label":"A"}]}})");
    REQUIRE(made.fields.size() == 1);
    CHECK(made.fields[0].value == "");
    CHECK_FALSE(made.fields[0].overwrite);
  }
  SUBCASE("hard text comes through") {
    const RegisterVisitor made = decode("8", "{\"visitor\":{\"token\":\"t\",\"name\":\"\\ud83d\\ude00 \u2028 \u05d0 \\\"q\\\"\"}}");
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
          {"overwrite is text", R"({"visitor":{"token":"t","customFields":[{"key":"k","value":"v","overwrite":"true"}]}})",
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
  const String missing_token = R"({"message":"Match error: Missing key 'token' in field visitor","path":"visitor",)" + tail;
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

TEST_CASE("rocketchat visitor: what is no JSON is refused with its place") {
  struct Case {
    const char* name;
    const char* type;
    String body;
    const char* says;
  };
  const Case cases[] = {
      {"the page's own curl line", "application/json", seed_curl, "line 1, column 22"},
      {"second line", "application/json; charset=utf-8", "{\n  \"visitor\": }", "line 2, column 14"},
      {"a form", "application/x-www-form-urlencoded", "token=a&name=b", "Content-Type: application/json"},
      {"plain text", "text/plain", "hello", "Content-Type: application/json"},
      {"a member twice", "application/json", R"({"visitor":{"token":"a","token":"b"}})", "\\\"token\\\" occurs twice"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    Call today("8", Method::post, visitor_path);
    today.body(one.body).request().header("Content-Type", one.type);
    const adapters::Reply& reply = today.refused();
    CHECK(reply.status == 400);
    CHECK(text(reply).find(one.says) != std::string_view::npos);
    CHECK(text(reply).starts_with(R"({"success":false,"error":"The body is not valid JSON: )"));
    CHECK(text(reply).ends_with(R"( [invalid-params]","errorType":"invalid-params"})"));

    Call old("0.70", Method::post, visitor_path);
    old.body(one.body).request().header("Content-Type", one.type);
    CHECK(old.refused().status == 400);
    CHECK(text(old.refused()).starts_with(R"({"isClientSafe":true,"error":"invalid-params","reason":"The body is not valid JSON: )"));
    CHECK(text(old.refused()).find(one.says) != std::string_view::npos);
  }
}

TEST_CASE("rocketchat visitor: JSON is accepted whatever its type is called") {
  for (const char* type : {"application/json", "application/x-www-form-urlencoded", "text/plain", ""}) {
    CAPTURE(type);
    Call call("8", Method::post, visitor_path);
    call.body(seed_visitor).request().header("Content-Type", type);
    CHECK(call.decoded<RegisterVisitor>().token == "iNKE8a6k6cjbqWhWd");
  }
}

TEST_CASE("rocketchat visitor: the registry of custom fields") {
  const char* body = R"({"visitor":{"token":"t","customFields":[
    {"key":"address","value":"a","overwrite":true},{"key":"shoe","value":"42","overwrite":true}]}})";
  config::Route with_registry = route();
  with_registry.custom_fields = {"address"};
  SUBCASE("without one every field is kept") {
    CHECK(Call("8", Method::post, visitor_path).body(body).decoded<RegisterVisitor>().fields.size() == 2);
    CHECK(Call("0.70", Method::post, visitor_path).body(body).decoded<RegisterVisitor>().fields.size() == 2);
  }
  SUBCASE("today others are left out, and the answer says so") {
    Call call(with_registry, Method::post, visitor_path);
    const auto made = call.body(body).decoded<RegisterVisitor>();
    REQUIRE(made.fields.size() == 1);
    CHECK(made.fields[0].name == "address");
    const auto answered = boost::make_local_shared<const Visitor>(visitor("a", "t"));
    const adapters::Reply& reply = call.encoded(Outcome(Ref<Visitor>(answered)));
    REQUIRE(reply.losses.size() == 1);
    CHECK(reply.losses[0].member == "visitor.attributes.shoe");
  }
  SUBCASE("in 0.70 they are an error") {
    with_registry.profile = "0.70";
    Call call(with_registry, Method::post, visitor_path);
    CHECK(difference(
              R"({"isClientSafe":true,"error":"invalid-custom-field","message":"[invalid-custom-field]","errorType":"Meteor.Error","success":false})",
              text(call.body(body).refused())) == "");
  }
}

TEST_CASE("rocketchat visitor by token: the query is ignored") {
  for (const char* profile : {"8", "0.70"}) {
    Call call(profile, Method::get, token_path, "fields=%zz&x");
    call.request().parameter("iNKE8a6k6cjbqWhWd");
    const auto made = call.decoded<GetVisitor>();
    CHECK(made.token == "iNKE8a6k6cjbqWhWd");
    CHECK(made.visitor.empty());
  }
}

TEST_CASE("rocketchat page: the seed's payload") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    const auto page = Call(profile, Method::post, page_path).body(seed_page).decoded<RecordPageVisit>();
    CHECK(page.token == "iNKE8a6k6cjbqWhWd");
    CHECK(page.chat.text == "vp3D9H8ud6HYvRpvq");
    CHECK(page.change == "url");
    CHECK(page.title == "");
    CHECK(page.url == "http://localhost:3000/packages/pimentachat_livechat/assets/demo.html#page-4");
    CHECK(page.verify == (std::string_view(profile) == "0.70"));
  }
}

TEST_CASE("rocketchat page: coercions of profile 8") {
  const auto decode = [](const char* body) { return Call("8", Method::post, page_path).body(body).decoded<RecordPageVisit>(); };
  const RecordPageVisit numbers =
      decode(R"({"token":123,"rid":null,"pageInfo":{"change":"url","title":true,"location":{"href":4.50}}})");
  CHECK(numbers.token == "123");
  CHECK(numbers.chat.empty());
  CHECK(numbers.title == "true");
  CHECK(numbers.url == "4.50");
  CHECK(decode(R"({"token":null,"pageInfo":{"change":"url","title":"","location":{"href":""}}})").token == "");
}

TEST_CASE("rocketchat page: refusals of profile 8") {
  const auto says = [](const char* error) {
    return String(R"({"success":false,"error":")") + error + R"( [invalid-params]","errorType":"invalid-params"})";
  };
  const String no_token = says("must have required property 'token'");
  const String no_info = says("must have required property 'pageInfo'");
  const String no_title = says("must have required property 'title'");
  const String no_location = says("must have required property 'location'");
  const String no_href = says("must have required property 'href'");
  const String extra = says("must NOT have additional properties");
  const String object = says("must be object");
  const String string = says("must be string");
  check_refusals(
      "8", page_path,
      {
          {"empty object", "{}", no_token.c_str()},
          {"only a token", R"({"token":"t"})", no_info.c_str()},
          {"empty pageInfo", R"({"token":"t","pageInfo":{}})", no_title.c_str()},
          {"no location", R"({"token":"t","pageInfo":{"change":"url","title":""}})", no_location.c_str()},
          {"no href", R"({"token":"t","pageInfo":{"change":"url","title":"","location":{}}})", no_href.c_str()},
          {"missing before unknown", R"({"more":1})", no_token.c_str()},
          {"more at the top", R"({"token":"t","more":1,"pageInfo":{}})", extra.c_str()},
          {"more in pageInfo", R"({"token":"t","pageInfo":{"change":"url","title":"","location":{},"x":1}})", extra.c_str()},
          {"more in location", R"({"token":"t","pageInfo":{"change":"url","title":"","location":{"href":"a","x":1}}})",
           extra.c_str()},
          {"pageInfo is text", R"({"token":"t","pageInfo":"x"})", object.c_str()},
          {"location is null", R"({"token":"t","pageInfo":{"change":"url","title":"","location":null}})", object.c_str()},
          {"the body is a list", "[1]", object.c_str()},
          {"token is an object", R"({"token":{},"pageInfo":"x"})", string.c_str()},
          {"title is a list", R"({"token":"t","pageInfo":{"change":"url","title":["a"],"location":{"href":"a"}}})",
           string.c_str()},
      });
}

TEST_CASE("rocketchat page: 0.70 wants the room, and tolerates more below pageInfo") {
  const auto page = Call("0.70", Method::post, page_path)
                        .body(R"({"token":"t","rid":"r","pageInfo":{"change":"url","title":"a","more":1,"location":{"href":"h","hash":""}}})")
                        .decoded<RecordPageVisit>();
  CHECK(page.url == "h");
  CHECK(page.verify);
  const auto message = [](const char* body) {
    Call call("0.70", Method::post, page_path);
    return parse(text(call.body(body).refused())).find("message")->text;
  };
  CHECK(message("{}") == "Match error: Missing key 'token'");
  CHECK(message(R"({"token":"t"})") == "Match error: Missing key 'rid'");
  CHECK(message(R"({"token":"t","rid":"r"})") == "Match error: Missing key 'pageInfo'");
  CHECK(message(R"({"token":"t","rid":"r","pageInfo":{}})") == "Match error: Missing key 'change' in field pageInfo");
  CHECK(message(R"({"token":"t","rid":"r","pageInfo":{"change":"url","title":"","location":{}}})") ==
        "Match error: Missing key 'href' in field pageInfo.location");
  CHECK(message(R"({"token":"t","rid":1,"pageInfo":{}})") == "Match error: Expected string, got number in field rid");
  CHECK(message(R"({"token":"t","more":1})") == "Match error: Unknown key in field more");
  CHECK(message(R"({"token":"t","rid":"r","pageInfo":"x"})") == "Match error: Expected object, got string in field pageInfo");
}

TEST_CASE("rocketchat channels: the query") {
  const auto decode = [](const char* query) {
    return Call("8", Method::get, channels_path, query).decoded<ListContactChannels>().contact.text;
  };
  CHECK(decode("contactId=673653b997f0fbcd657f0ebf") == "673653b997f0fbcd657f0ebf");
  CHECK(decode("contactId=") == "");
  CHECK(decode("contactId") == "");
  CHECK(decode("contactId=a%20b+c") == "a b c");
  CHECK(decode("contactId%5B%5D=one") == "one");

  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    const auto answer = [profile](const char* query) {
      Call call(profile, Method::get, channels_path, query);
      CHECK(call.refused().status == 400);
      return String(text(call.refused()));
    };
    // The 400 of the vendor's page (seed).
    CHECK(answer("") ==
          R"({"success":false,"error":"must have required property 'contactId' [invalid-params]","errorType":"invalid-params"})");
    CHECK(answer("x=1") ==
          R"({"success":false,"error":"must have required property 'contactId' [invalid-params]","errorType":"invalid-params"})");
    for (const char* query : {"contactId=a&x=1", "x&contactId=a", "contactId=a&contactid=b"}) {
      CAPTURE(query);
      CHECK(answer(query) ==
            R"({"success":false,"error":"must NOT have additional properties [invalid-params]","errorType":"invalid-params"})");
    }
    for (const char* query : {"contactId=a&contactId=b", "contactId[]=a&contactId[]=b", "contactId[x]=a", "contactId=a&contactId[x]=b"}) {
      CAPTURE(query);
      CHECK(answer(query) == R"({"success":false,"error":"must be string [invalid-params]","errorType":"invalid-params"})");
    }
    CHECK(answer("contactId=%zz") == R"({"success":false,"error":"Invalid query parameters"})");
  }
}

TEST_CASE("rocketchat room: the query") {
  const auto decode = [](const char* query) { return Call("8", Method::get, room_path, query).decoded<OpenChat>(); };
  CHECK(decode("token=iNKE8a6k6cjbqWhWd").token == "iNKE8a6k6cjbqWhWd");
  CHECK(decode("token=t").source == "api");
  CHECK(decode("token=t").source_destination == "");
  const OpenChat all = decode("agentId=a&token=t&rid=r");
  CHECK(all.chat.text == "r");
  CHECK(all.agent.text == "a");
  const OpenChat old_client = decode("token=t&rid=undefined&agentId=undefined&");
  CHECK(old_client.chat.empty());
  CHECK(old_client.agent.empty());

  const auto says = [](const char* query) {
    Call call("8", Method::get, room_path, query);
    CHECK(call.refused().status == 400);
    return String(text(call.refused()));
  };
  CHECK(says("") == R"({"success":false,"error":"Match error: Missing key 'token'"})");
  CHECK(says("rid=r") == R"({"success":false,"error":"Match error: Missing key 'token'"})");
  CHECK(says("token=t&more=1") == R"({"success":false,"error":"Match error: Unknown key in field more"})");
  CHECK(says("token=a&token=b") ==
        R"({"success":false,"error":"Match error: Expected string, got object in field token"})");
  CHECK(says("token=a&rid[x]=b") ==
        R"({"success":false,"error":"Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation in field rid"})");
}

TEST_CASE("rocketchat room: a widget tells by both its cookies") {
  struct Case {
    const char* cookie;
    const char* source;
    const char* destination;
  };
  for (const Case& one : {Case{"rc_room_type=l; rc_is_widget=t", "widget", "shop.example.com"},
                          Case{"a=b;rc_is_widget=t ;rc_room_type=l", "widget", "shop.example.com"},
                          Case{"rc_is_widget=t", "api", ""}, Case{"rc_is_widget=true; rc_room_type=l", "api", ""}}) {
    CAPTURE(one.cookie);
    Call call("8", Method::get, room_path, "token=t");
    call.request().header("Cookie", one.cookie).header("Host", "shop.example.com");
    const auto open = call.decoded<OpenChat>();
    CHECK(open.source == one.source);
    CHECK(open.source_destination == one.destination);
  }
}

}  // namespace parley::test::rocketchat
