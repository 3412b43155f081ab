// The vendor's two validators: which of several faults they report, in which words, and with which path.
#include "adapters/rocketchat/facade/body_reader.hpp"

#include <doctest/doctest.h>

#include "adapters/rocketchat/bodies.hpp"
#include "tests/support/requests.hpp"

namespace parley::test {
namespace {

using namespace parley::rocketchat;

struct Case {
  const char* name;
  const char* body;
  const char* message;
  const char* field;
};

template <const auto& TableRef>
void check_faults(Validator validator, std::initializer_list<Case> cases) {
  for (const Case& one : cases) {
    CAPTURE(one.name);
    OwnedRequest request(http::Method::post);
    request.body(one.body);
    const auto read = read_body<TableRef>(request.get(), validator);
    REQUIRE(read.has_error());
    CHECK(read.error().message == one.message);
    CHECK(read.error().field == one.field);
  }
}

}  // namespace

TEST_CASE("rocketchat check: members are checked in the order of the document, then missing ones are reported") {
  check_faults<set_field_body>(
      Validator::check,
      {{"a list", "[]", "Match error: Expected plain object", ""},
       {"text", R"("x")", "Match error: Expected object, got string", ""},
       {"null", "null", "Match error: Expected object, got null", ""},
       {"a type before what is missing", R"({"token":1})", "Match error: Expected string, got number in field token",
        "token"},
       {"the first of two types", R"({"value":null,"token":1})",
        "Match error: Expected string, got null in field value", "value"},
       {"unknown before a type", R"({"more":1,"token":1})", "Match error: Unknown key in field more", "more"},
       {"a type before unknown", R"({"token":[],"more":1})", "Match error: Expected string, got object in field token",
        "token"},
       {"the first missing", R"({"value":"v"})", "Match error: Missing key 'token'", "token"},
       {"a number for a flag", R"({"token":"t","key":"k","value":"v","overwrite":1})",
        "Match error: Expected boolean, got number in field overwrite", "overwrite"}});
  check_faults<set_fields_body_0_70>(
      Validator::check,
      {{"no list", R"({"token":"t","customFields":{"a":1}})",
        R"(Match error: Expected array, got {"a":1} in field customFields)", "customFields"},
       {"an element", R"({"token":"t","customFields":[1]})",
        "Match error: Expected object, got number in field customFields[0]", "customFields[0]"},
       {"a member of the second",
        R"({"token":"t","customFields":[{"key":"k","value":"v","overwrite":true,"more":1},{"key":2}]})",
        "Match error: Expected string, got number in field customFields[1].key", "customFields[1].key"},
       {"nothing in an element", R"({"token":"t","customFields":[{}]})",
        "Match error: Missing key 'key' in field customFields[0]", "customFields[0].key"}});
}

TEST_CASE("rocketchat check: a fault inside an optional value is reported at the path of that value") {
  check_faults<registration_body>(
      Validator::check,
      {{"a number for a name", R"({"visitor":{"name":1}})",
        "Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation in field visitor.name",
        "visitor.name"},
       {"an element without a value", R"({"visitor":{"token":"t","customFields":[{"key":"k","overwrite":true}]}})",
        "Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation in field visitor.customFields",
        "visitor.customFields"},
       {"beside the visitor", R"({"visitor":{"token":"t"},"more":{}})", "Match error: Unknown key in field more",
        "more"}});
}

TEST_CASE("rocketchat check: an optional value may be null, and an id that is not text is ignored") {
  OwnedRequest request(http::Method::post);
  request.body(R"({"visitor":{"token":"t","name":null,"customFields":null,"id":7,"more":[]}})");
  const auto read = read_body<registration_body>(request.get(), Validator::check);
  REQUIRE(read.has_value());
  CHECK(read->visitor.token == "t");
  CHECK(read->visitor.name.empty());
  CHECK(read->visitor.id.empty());
  CHECK(read->visitor.fields.empty());
}

TEST_CASE(
    "rocketchat schema: missing members are reported first, then unknown ones, then faults in the order of the rows") {
  check_faults<set_fields_body>(
      Validator::schema,
      {{"missing before unknown", R"({"more":1,"token":[]})", "must have required property 'customFields'",
        "customFields"},
       {"unknown before a type", R"({"more":1,"token":[],"customFields":1})", "must NOT have additional properties",
        "more"},
       {"the first row before the second", R"({"customFields":1,"token":[]})", "must be string", "token"},
       {"no list", R"({"customFields":1,"token":"t"})", "must be array", "customFields"},
       {"no object", R"({"token":"t","customFields":[[]]})", "must be object", "customFields[0]"},
       {"a flag", R"({"token":"t","customFields":[{"key":1,"value":"v","overwrite":"no"}]})", "must be boolean",
        "customFields[0].overwrite"},
       {"more in the second",
        R"({"token":"t","customFields":[{"key":1,"value":2,"overwrite":0},{"key":1,"value":2,"overwrite":0,"x":1}]})",
        "must NOT have additional properties", "customFields[1].x"}});
  check_faults<agent_status_body>(
      Validator::schema, {{"null is absent", R"({"status":null})", "must have required property 'status'", "status"},
                          {"no word", R"({"status":1})", "must be equal to one of the allowed values", "status"}});
}

TEST_CASE("rocketchat schema: scalars are converted to the type of their row, at every depth") {
  OwnedRequest request(http::Method::post);
  request.body(R"({"token":null,"customFields":[{"key":1.50,"value":false,"overwrite":"true"},)"
               R"({"key":"k","value":null,"overwrite":null}]})");
  const auto read = read_body<set_fields_body>(request.get(), Validator::schema);
  REQUIRE(read.has_value());
  CHECK(read->token == "");
  REQUIRE(read->fields.size() == 2);
  CHECK(read->fields[0] == FieldBody{"1.50", "false", true});
  CHECK(read->fields[1] == FieldBody{"k", "", false});
}

}  // namespace parley::test
