// custom.field and custom.fields: accepted and refused bodies, and the vendor's answers, one of which has `Key` with a capital.
#include <doctest/doctest.h>

#include "adapters/rocketchat/settings.hpp"
#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

constexpr const char* field_path = "/api/v1/livechat/custom.field";
constexpr const char* fields_path = "/api/v1/livechat/custom.fields";
constexpr const char* one_field = R"({"token":"t","key":"address","value":"Rua 1","overwrite":true})";
constexpr const char* two_fields =
    R"({"token":"t","customFields":[{"key":"a","value":"1","overwrite":true},{"key":"b","value":"2","overwrite":false}]})";

}  // namespace

TEST_CASE("rocketchat custom fields: the bodies of the vendor's pages are accepted") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    const auto one = Call(profile, Method::post, field_path).body(one_field).decoded<SetVisitorVariables>();
    CHECK(one.token == "t");
    CHECK(one.visitor.empty());
    CHECK(one.variables.empty());
    REQUIRE(one.fields.size() == 1);
    CHECK(one.fields[0].name == "address");
    CHECK(one.fields[0].value == "Rua 1");
    CHECK(one.fields[0].overwrite);
    const auto two = Call(profile, Method::post, fields_path).body(two_fields).decoded<SetVisitorVariables>();
    REQUIRE(two.fields.size() == 2);
    CHECK(two.fields[1].name == "b");
    CHECK_FALSE(two.fields[1].overwrite);
  }
}

TEST_CASE("rocketchat custom fields: the answers repeat what was sent") {
  const Outcome kept = Ref<Visitor>(visitor("v", "t"));
  CHECK(text(Call("8", Method::post, field_path).body(one_field).answered(kept)) ==
        R"({"field":{"key":"address","value":"Rua 1","overwrite":true},"success":true})");
  CHECK(text(Call("8", Method::post, fields_path).body(two_fields).answered(kept)) ==
        R"({"fields":[{"Key":"a","value":"1","overwrite":true},{"Key":"b","value":"2","overwrite":false}],)"
        R"("success":true})");
}

TEST_CASE("rocketchat custom fields: profile 8 converts a flag as the vendor's validator does") {
  struct Case {
    const char* json;
    bool flag;
  };
  for (const Case& one : {Case{"true", true}, Case{"\"true\"", true}, Case{"1", true}, Case{"false", false},
                          Case{"\"false\"", false}, Case{"0", false}, Case{"null", false}}) {
    CAPTURE(one.json);
    const String body = String(R"({"token":"t","key":"a","value":"b","overwrite":)") + one.json + '}';
    CHECK(Call("8", Method::post, field_path).body(body).decoded<SetVisitorVariables>().fields[0].overwrite ==
          one.flag);
  }
}

TEST_CASE("rocketchat custom fields: refusals of profile 8") {
  const auto says = [](const char* error) {
    return String(R"({"success":false,"error":")") + error + R"( [invalid-params]","errorType":"invalid-params"})";
  };
  const String no_token = says("must have required property 'token'");
  const String no_fields = says("must have required property 'customFields'");
  const String no_value = says("must have required property 'value'");
  const String extra = says("must NOT have additional properties");
  const String boolean = says("must be boolean");
  const String array = says("must be array");
  check_refusals(
      "8", field_path,
      {{"nothing", "{}", no_token.c_str()},
       {"more", R"({"token":"t","key":"a","value":"b","overwrite":true,"x":1})", extra.c_str()},
       {"no flag", R"({"token":"t","key":"a","value":"b","overwrite":"perhaps"})", boolean.c_str()},
       {"a flag of two", R"({"token":"t","key":"a","value":"b","overwrite":2})", boolean.c_str()},
       {"an empty text for a flag", R"({"token":"t","key":"a","value":"b","overwrite":""})", boolean.c_str()},
       {"a list of flags", R"({"token":"t","key":"a","value":"b","overwrite":[]})", boolean.c_str()}});
  check_refusals("8", fields_path,
                 {{"no list", R"({"token":"t"})", no_fields.c_str()},
                  {"a list of another sort", R"({"token":"t","customFields":{}})", array.c_str()},
                  {"no value", R"({"token":"t","customFields":[{"key":"a","overwrite":true}]})", no_value.c_str()}});
}

TEST_CASE("rocketchat custom fields: refusals of 0.70") {
  const auto message = [](const char* body) {
    Call call("0.70", Method::post, field_path);
    return parse(text(call.body(body).refused())).find("message")->text;
  };
  CHECK(message("{}") == "Match error: Missing key 'token'");
  CHECK(message(R"({"token":"t","more":1})") == "Match error: Unknown key in field more");
  CHECK(message(R"({"token":"t","key":"a","value":1,"overwrite":true})") ==
        "Match error: Expected string, got number in field value");
  CHECK(message(R"({"token":"t","key":"a","value":"b","overwrite":"true"})") ==
        "Match error: Expected boolean, got string in field overwrite");
}

TEST_CASE("rocketchat custom fields: a field that the route does not keep, and an unknown visitor, are refused") {
  config::Route narrow = route("8");
  narrow.own.edit<parley::rocketchat::RouteSettings>().custom_fields = {"address"};
  Call call(narrow, Method::post, fields_path);
  CHECK(text(call.body(two_fields).refused()) == R"({"success":false,"error":"invalid-custom-field"})");
  CHECK(text(call.rendered({.code = Code::no_such_visitor})) == R"({"success":false,"error":"invalid-token"})");
  CHECK(call.rendered({.code = Code::no_such_visitor}).status == 400);
  narrow.profile = "0.70";
  Call old(narrow, Method::post, fields_path);
  CHECK(
      text(old.body(two_fields).refused()) ==
      R"({"isClientSafe":true,"error":"invalid-custom-field","message":"[invalid-custom-field]","errorType":"Meteor.Error","success":false})");
  Call bare("8", Method::post, field_path);
  CHECK(
      text(bare.rendered({.code = Code::missing_body})) ==
      R"({"success":false,"error":"must have required property 'token' [invalid-params]","errorType":"invalid-params"})");
}

}  // namespace parley::test::rocketchat
