// The facade reads the bodies that the connector writes.
#include "adapters/comm100/bodies.hpp"

#include <doctest/doctest.h>

#include "schemas/id.hpp"
#include "tests/adapters/comm100/settings.hpp"

namespace parley::test {
namespace {

using namespace parley::comm100;

constexpr const char* guid = "c97a2afe-a38f-46f8-a55b-8ac9f873cd09";

}  // namespace

TEST_CASE("comm100 bodies: an agent's status, with or without the id") {
  const AgentId agent{ids::from_guid(*ids::parse_guid(guid))};
  const AgentUpdate body = body_of(SetAgentStatus{agent, "Meeting"});
  CHECK(body.id == guid);
  Result<SetAgentStatus> back = operation_of(AgentUpdate(body), agent);
  REQUIRE(back.has_value());
  CHECK(back->agent == agent);
  CHECK(back->status == "Meeting");
  CHECK(operation_of({.id = {}, .status = "Away"}, agent)->agent == agent);
  CHECK(operation_of({.id = "no guid", .status = "Away"}, agent).error().message == "Parameter 'id' must be a guid.");
  const Result<SetAgentStatus> other = operation_of(AgentUpdate(body), {"another"});
  CHECK(other.error().message == "Parameter 'id' differs from the id of the path.");
  CHECK(other.error().field == "id");
}

TEST_CASE("comm100 bodies: a variable") {
  const Attribute variable = variable_of({"plan", "silver", "https://a.example/"});
  CHECK(variable.kind == AttributeKind::variable);
  CHECK(body_of(variable) == FieldAndValue{"plan", "silver", "https://a.example/"});
  Attribute literal = variable;
  literal.literal = true;
  literal.value = "12";
  CHECK(variable_of(body_of(literal)).value == "12");
  CHECK_FALSE(variable_of(body_of(literal)).literal);  // a loss, as the header says
}

TEST_CASE("comm100 bodies: a token request is written as a form, in the order of the table") {
  TokenRequest request;
  request.client_id = "";
  request.password = "s3cret &+%\xc3\xa4";
  request.email = "ann@example.com";
  request.grant_type = "password";
  CHECK(write_form(request) ==
        "grant_type=password&email=ann%40example.com&password=s3cret%20%26%2B%25%C3%A4&client_id=");
}

}  // namespace parley::test
