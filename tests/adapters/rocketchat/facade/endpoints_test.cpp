// The decoders of visitors' calls other than the registration, in both profiles: the vendor's rules as named cases.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

// The example payload of the vendor's page.
constexpr const char* sample_page = R"({
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

}  // namespace

TEST_CASE("rocketchat visitor by token: the query is ignored") {
  for (const char* profile : {"8", "0.70"}) {
    Call call(profile, Method::get, token_path, "fields=%zz&x");
    call.request().parameter("iNKE8a6k6cjbqWhWd");
    const auto made = call.decoded<GetVisitor>();
    CHECK(made.token == "iNKE8a6k6cjbqWhWd");
    CHECK(made.visitor.empty());
  }
}

TEST_CASE("rocketchat page: the vendor's example payload") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    const auto page = Call(profile, Method::post, page_path).body(sample_page).decoded<RecordPageVisit>();
    CHECK(page.token == "iNKE8a6k6cjbqWhWd");
    CHECK(page.chat.text == "vp3D9H8ud6HYvRpvq");
    CHECK(page.change == "url");
    CHECK(page.title == "");
    CHECK(page.url == "http://localhost:3000/packages/pimentachat_livechat/assets/demo.html#page-4");
    CHECK(page.verify == (std::string_view(profile) == "0.70"));
  }
}

TEST_CASE("rocketchat page: profile 8 converts scalars") {
  const auto decode = [](const char* body) {
    return Call("8", Method::post, page_path).body(body).decoded<RecordPageVisit>();
  };
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
          {"more in pageInfo", R"({"token":"t","pageInfo":{"change":"url","title":"","location":{},"x":1}})",
           extra.c_str()},
          {"more in location", R"({"token":"t","pageInfo":{"change":"url","title":"","location":{"href":"a","x":1}}})",
           extra.c_str()},
          {"pageInfo is text", R"({"token":"t","pageInfo":"x"})", object.c_str()},
          {"location is null", R"({"token":"t","pageInfo":{"change":"url","title":"","location":null}})",
           object.c_str()},
          {"the body is a list", "[1]", object.c_str()},
          {"token is an object", R"({"token":{},"pageInfo":"x"})", string.c_str()},
          {"title is a list", R"({"token":"t","pageInfo":{"change":"url","title":["a"],"location":{"href":"a"}}})",
           string.c_str()},
      });
}

TEST_CASE("rocketchat page: 0.70 requires the room, and ignores further members of pageInfo") {
  const auto page =
      Call("0.70", Method::post, page_path)
          .body(
              R"({"token":"t","rid":"r","pageInfo":{"change":"url","title":"a","more":1,"location":{"href":"h","hash":""}}})")
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
  CHECK(message(R"({"token":"t","rid":"r","pageInfo":"x"})") ==
        "Match error: Expected object, got string in field pageInfo");
}

TEST_CASE("rocketchat channels: accepted and refused queries") {
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
    // The 400 of the vendor's page.
    CHECK(
        answer("") ==
        R"({"success":false,"error":"must have required property 'contactId' [invalid-params]","errorType":"invalid-params"})");
    CHECK(
        answer("x=1") ==
        R"({"success":false,"error":"must have required property 'contactId' [invalid-params]","errorType":"invalid-params"})");
    for (const char* query : {"contactId=a&x=1", "x&contactId=a", "contactId=a&contactid=b"}) {
      CAPTURE(query);
      CHECK(
          answer(query) ==
          R"({"success":false,"error":"must NOT have additional properties [invalid-params]","errorType":"invalid-params"})");
    }
    for (const char* query :
         {"contactId=a&contactId=b", "contactId[]=a&contactId[]=b", "contactId[x]=a", "contactId=a&contactId[x]=b"}) {
      CAPTURE(query);
      CHECK(answer(query) ==
            R"({"success":false,"error":"must be string [invalid-params]","errorType":"invalid-params"})");
    }
    CHECK(answer("contactId=%zz") == R"({"success":false,"error":"Invalid query parameters"})");
  }
}

TEST_CASE("rocketchat room: accepted and refused queries") {
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
  CHECK(
      says("token=a&rid[x]=b") ==
      R"({"success":false,"error":"Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation in field rid"})");
}

TEST_CASE("rocketchat room: a widget is recognised by its two cookies") {
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
