// The decoders of Comm100's six calls: operations and refusals.
#include <doctest/doctest.h>

#include "adapters/comm100/facade/facade.hpp"
#include "tests/adapters/comm100/settings.hpp"
#include "tests/support/requests.hpp"

namespace {

using namespace parley;
using namespace parley::test::comm100;
using http::Method;
using test::OwnedRequest;
namespace comm100 = parley::comm100;

Result<Operation> put(const comm100::Facade& facade, const char* pattern, const char* id, const char* body,
                      const char* type = "application/json") {
  OwnedRequest request(Method::put);
  request.parameter(id).body(body);
  if (type != nullptr) request.header("content-type", type);
  return test::decoded_by(test::endpoint(facade, Method::put, pattern), facade, request.get());
}
Result<Operation> put_agent(const comm100::Facade& facade, const char* body) {
  return put(facade, "/v4/livechat/agents/:id", agent_id, body);
}
Result<Operation> put_visitor(const comm100::Facade& facade, const char* body) {
  return put(facade, "/v4/livechat/visitors/:id", visitor_id, body);
}

}  // namespace

TEST_CASE("comm100: reading calls") {
  const comm100::Facade facade(route());
  CHECK(facade.ignores_path_case());
  OwnedRequest list(Method::get, "/v4/livechat/visitors", "include=x&siteId=1&status=chatting");
  CHECK(std::holds_alternative<ListVisitors>(
      *test::decoded_by(test::endpoint(facade, Method::get, "/v4/livechat/visitors"), facade, list.get())));
  CHECK(std::holds_alternative<ListAgents>(
      *test::decoded_by(test::endpoint(facade, Method::get, "/v4/livechat/agents"), facade, list.get())));
  OwnedRequest upper(Method::get);
  upper.parameter("3D59F909-24CD-43BC-89CB-00A320617C0A");
  const Result<Operation> one =
      test::decoded_by(test::endpoint(facade, Method::get, "/v4/livechat/visitors/:id"), facade, upper.get());
  REQUIRE(one.has_value());
  CHECK(std::get<GetVisitor>(*one).visitor.text == visitor_id);
  for (const char* id : {"7", "3d59f909-24cd-43bc-89cb-00a320617c0", "{3d59f909-24cd-43bc-89cb-00a320617c0a}", "x"}) {
    CAPTURE(id);
    OwnedRequest bad(Method::get);
    bad.parameter(id);
    for (const char* pattern : {"/v4/livechat/visitors/:id", "/v4/livechat/agents/:id"}) {
      const Result<Operation> refused =
          test::decoded_by(test::endpoint(facade, Method::get, pattern), facade, bad.get());
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().code == Code::invalid_field);
      CHECK(refused.error().field == "id");
    }
  }
}

TEST_CASE("comm100: the list of visitors shows those on the site, unless the route says all") {
  const auto on_site = [](const char* visitors) {
    config::Route made = route();
    if (visitors != nullptr) made.own.edit<comm100::RouteSettings>().visitors = visitors;
    const comm100::Facade facade(made);
    OwnedRequest request(Method::get);
    const contract::Endpoint& list = test::endpoint(facade, Method::get, "/v4/livechat/visitors");
    return std::get<ListVisitors>(*test::decoded_by(list, facade, request.get())).on_site;
  };
  CHECK(on_site(nullptr));
  CHECK(on_site("on_site"));
  CHECK_FALSE(on_site("all"));
}

TEST_CASE("comm100: a packed id in the path becomes the id that it was made from") {
  const comm100::Facade facade(route());
  OwnedRequest request(Method::get);
  request.parameter(ids::format(ids::to_guid("sGtcfEYz852uguxaS")));
  const Result<Operation> made =
      test::decoded_by(test::endpoint(facade, Method::get, "/v4/livechat/visitors/:id"), facade, request.get());
  REQUIRE(made.has_value());
  CHECK(std::get<GetVisitor>(*made).visitor.text == "sGtcfEYz852uguxaS");
}

TEST_CASE("comm100: PUT agent") {
  const comm100::Facade facade(route());
  const struct {
    const char* body;
    const char* status;  ///< expected
  } good[] = {
      {R"({ "id": "c97a2afe-a38f-46f8-a55b-8ac9f873cd09", "status": "Meeting" })", "Meeting"},
      {R"({"status":"online"})", "Online"},
      {R"({"status":"ONLINE"})", "Online"},
      {R"({"status":"away"})", "Away"},
      {R"({"status":"offline"})", "Offline"},
      {R"({"status":"  At lunch "})", "At lunch"},
      {R"({"id":"C97A2AFE-A38F-46F8-A55B-8AC9F873CD09","status":"Away","ongoingChats":0,"more":{}})", "Away"},
      {R"({"id":null,"status":"Away"})", "Away"},
  };
  for (const auto& one : good) {
    CAPTURE(one.body);
    const Result<Operation> made = put_agent(facade, one.body);
    REQUIRE(made.has_value());
    CHECK(std::get<SetAgentStatus>(*made).agent.text == agent_id);
    CHECK(std::get<SetAgentStatus>(*made).status == one.status);
  }
  const String long_name = R"({"status":")" + String(101, 'x') + "\"}";
  const struct {
    const char* body;
    Code code;
    const char* field;
    const char* message;
  } bad[] = {
      {"{}", Code::missing_field, "status", "Parameter 'status' is required."},
      {R"({"status":null})", Code::missing_field, "status", "Parameter 'status' is required."},
      {R"({"status":"  "})", Code::missing_field, "status", "Parameter 'status' is required."},
      {R"({"status":1})", Code::invalid_field, "status", "Parameter 'status' must be a string, not a number."},
      {R"({"status":["Online"]})", Code::invalid_field, "status", "Parameter 'status' must be a string, not a list."},
      {R"({"status":"Online","id":1})", Code::invalid_field, "id", "Parameter 'id' must be a string, not a number."},
      {R"({"status":"Online","id":"x"})", Code::invalid_field, "id", "Parameter 'id' must be a guid."},
      {R"({"status":"Online","id":"3d59f909-24cd-43bc-89cb-00a320617c0a"})", Code::invalid_field, "id",
       "Parameter 'id' differs from the id of the path."},
      {R"([{"status":"Online"}])", Code::invalid_field, "", "The request body must be an object, not a list."},
      {R"("Online")", Code::invalid_field, "", "The request body must be an object, not a string."},
      {R"({"status":"a\u0000b"})", Code::invalid_field, "status", "Parameter 'status' is not a known status."},
      {R"({"status":"a\nb"})", Code::invalid_field, "status", "Parameter 'status' is not a known status."},
      {long_name.c_str(), Code::invalid_field, "status", "Parameter 'status' is not a known status."},
  };
  for (const auto& one : bad) {
    CAPTURE(one.body);
    const Result<Operation> refused = put_agent(facade, one.body);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == one.code);
    CHECK(refused.error().field == one.field);
    CHECK(refused.error().message == one.message);
  }
}

TEST_CASE("comm100: with configured custom statuses, others are refused and these are spelt as configured") {
  config::Route with = route();
  with.own.edit<parley::comm100::RouteSettings>().away_statuses = {"Meeting", "At Lunch"};
  const comm100::Facade facade(with);
  CHECK(*facade.status_name("meeting") == "Meeting");
  CHECK(*facade.status_name("AT LUNCH") == "At Lunch");
  CHECK(*facade.status_name("online") == "Online");
  CHECK(facade.status_name("Fishing").error().code == Code::invalid_field);
}

TEST_CASE("comm100: PUT visitor") {
  const comm100::Facade facade(route());
  const struct {
    const char* body;
    Attributes variables;
  } good[] = {
      {R"([ { "name": "visitor", "value": "Leo", "url": "" }, { "name": "company", "value": "Comm100", "url": "" } ] )",
       {{"visitor", "Leo", "", AttributeKind::variable}, {"company", "Comm100", "", AttributeKind::variable}}},
      {R"([{"name":"a"}])", {{"a", "", "", AttributeKind::variable}}},
      {R"([{"name":"a","value":null,"url":"https://example.com"}])",
       {{"a", "", "https://example.com", AttributeKind::variable}}},
      {R"({"name":"a","value":"one object"})", {{"a", "one object", "", AttributeKind::variable}}},
      {R"([{"name":"a","value":"1","extra":true}])", {{"a", "1", "", AttributeKind::variable}}},
      {"[]", {}},
  };
  for (const auto& one : good) {
    CAPTURE(one.body);
    const Result<Operation> made = put_visitor(facade, one.body);
    REQUIRE(made.has_value());
    CHECK(std::get<SetVisitorVariables>(*made).visitor.text == visitor_id);
    CHECK(std::get<SetVisitorVariables>(*made).variables == one.variables);
  }
  const struct {
    const char* body;
    Code code;
    const char* field;
    const char* message;
  } bad[] = {
      {R"([{"value":"x"}])", Code::missing_field, "[0].name", "Parameter 'name' is required."},
      {R"([{"name":"a"},{"name":""}])", Code::missing_field, "[1].name", "Parameter 'name' is required."},
      {R"([{"name":null}])", Code::missing_field, "[0].name", "Parameter 'name' is required."},
      {"{}", Code::missing_field, "name", "Parameter 'name' is required."},
      {R"([{"name":"a"},{"name":5}])", Code::invalid_field, "[1].name",
       "Parameter 'name' must be a string, not a number."},
      {R"([{"name":"a","value":5}])", Code::invalid_field, "[0].value",
       "Parameter 'value' must be a string, not a number."},
      {R"([{"name":"a","url":{}}])", Code::invalid_field, "[0].url",
       "Parameter 'url' must be a string, not an object."},
      {R"([{"name":"a"},7])", Code::invalid_field, "[1]",
       "Element [1] of the request body must be an object, not a number."},
      {"7", Code::invalid_field, "", "The request body must be a list of objects."},
  };
  for (const auto& one : bad) {
    CAPTURE(one.body);
    const Result<Operation> refused = put_visitor(facade, one.body);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == one.code);
    CHECK(refused.error().field == one.field);
    CHECK(refused.error().message == one.message);
  }
}

TEST_CASE("comm100: missing bodies and bodies of another type are refused") {
  const comm100::Facade facade(route());
  for (const auto& one :
       {std::pair{"/v4/livechat/agents/:id", R"({"status":"Away"})"}, std::pair{"/v4/livechat/visitors/:id", "[]"}}) {
    CAPTURE(one.first);
    const Result<Operation> missing = put(facade, one.first, visitor_id, "");
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().code == Code::missing_body);
    CHECK(missing.error().message.find("-d") != String::npos);
    for (const char* type : {"application/x-www-form-urlencoded", "text/plain", "application/jsonp", ""}) {
      CAPTURE(type);
      const Result<Operation> refused = put(facade, one.first, visitor_id, one.second, type);
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().code == Code::unsupported_media);
    }
    for (const char* type :
         {static_cast<const char*>(nullptr), "application/json", "Application/JSON ; charset=utf-8", "text/json"}) {
      CHECK(put(facade, one.first, visitor_id, one.second, type).has_value());
    }
  }
}
