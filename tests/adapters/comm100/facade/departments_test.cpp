// The calls about departments: what they ask for, what they refuse, and their answers.
#include "adapters/comm100/fields.hpp"
#include "tests/adapters/comm100/call.hpp"
#include "tests/support/operations.hpp"

namespace {

using namespace parley;
using namespace parley::test::comm100;
using http::Method;

constexpr const char* all = "/v4/global/departments";
constexpr const char* one = "/v4/global/departments/:id";
constexpr const char* department_id = "b3f8f3a5-7c1d-4f6e-9a40-2c5d8e7f6a11";

Call list(String query = {}) { return {Method::get, all, std::move(query)}; }
Call post(const char* body) { return {Method::post, all, {}, nullptr, body}; }
Call put(const char* body) { return {Method::put, one, {}, department_id, body}; }

Department delivery() {
  Department made;
  made.id.text = department_id;
  made.name = "Delivery";
  made.description = "Parcels";
  made.email = "delivery@shop.example";
  made.agents = {agent_id, "sGtcfEYz852uguxaS"};
  made.updated_at = Time::at(1);
  return made;
}

constexpr const char* delivery_json = R"({"id":"b3f8f3a5-7c1d-4f6e-9a40-2c5d8e7f6a11","name":"Delivery",
  "description":"Parcels","isAvailableInLiveChat":true,"offlineMessageMailTo":"toEmailAddresses",
  "offlineMessageEmailAddresses":"delivery@shop.example",
  "agentIds":["c97a2afe-a38f-46f8-a55b-8ac9f873cd09","PACKED"])";

/// The document of `delivery`, and `more` behind its members.
String shown(std::string_view more = "}") {
  String text(delivery_json);
  text.replace(text.find("PACKED"), 6, ids::format(ids::to_guid("sGtcfEYz852uguxaS")));
  return text.append(more);
}

}  // namespace

TEST_CASE("comm100: the list of departments is an array, with keywords in name and description") {
  const ListDepartments plain = list().asked<ListDepartments>();
  CHECK(plain.query.takes_all());
  CHECK(plain.query.limit == 0);
  CHECK(list("keywords=").asked<ListDepartments>().query.takes_all());
  const ListDepartments found = list("KeyWords=par%20cel&pageSize=1").asked<ListDepartments>();
  CHECK(found.query.shape == &shape::view<parley::comm100::department>);
  CHECK(found.query.limit == 0);  // the vendor's list has no pages
  REQUIRE(found.query.conditions.size() == 1);
  const List<ListTest>& tests = found.query.conditions[0].any_of;
  REQUIRE(tests.size() == 2);
  CHECK(tests[0].path == DocumentPath{"name"});
  CHECK(tests[1].path == DocumentPath{"description"});
  for (const ListTest& test : tests) {
    CHECK(test.kind == ListTest::Kind::contains);
    CHECK(test.values == List<String>{"par cel"});
  }
  Call call = list();
  const http::Reply& reply = call.answer(Page<Department>{{delivery()}});
  CHECK(reply.status == 200);
  CHECK(test::difference("[" + shown() + "]", reply.body.view()) == "");
}

TEST_CASE("comm100: include=agent shows the agents of a department by id") {
  const String agents = R"(,"agents":[{"id":"c97a2afe-a38f-46f8-a55b-8ac9f873cd09"},{"id":")" +
                        ids::format(ids::to_guid("sGtcfEYz852uguxaS")) + R"("}]})";
  CHECK(test::difference(
            shown(agents),
            Call(Method::get, one, "include=shift,Agent").id(department_id).answer(Ref(delivery())).body.view()) == "");
  CHECK(test::difference("[" + shown(agents) + "]",
                         list("include=agent").answer(Page<Department>{{delivery()}}).body.view()) == "");
  CHECK(test::difference(
            shown(), Call(Method::get, one, "include=shift").id(department_id).answer(Ref(delivery())).body.view()) ==
        "");
}

TEST_CASE("comm100: POST adds a department, PUT replaces one, DELETE removes one") {
  const char* whole = R"({"name":"Delivery","description":"Parcels","isAvailableInLiveChat":false,
    "isAvailableInTicketingAndMessaging":true,"offlineMessageMailTo":"toEmailAddresses",
    "offlineMessageEmailAddresses":"delivery@shop.example","agentIds":["C97A2AFE-A38F-46F8-A55B-8AC9F873CD09"],
    "chatbotStartTriggerActionIds":[],"shiftIds":["4b0e6f1d-2c7a-4e59-8d36-90ab1c2d3e4f"],"segmentIds":null,"isDeleted":false})";
  const PutDepartment added = post(whole).asked<PutDepartment>();
  CHECK(added.create);
  CHECK(added.department.empty());  // the backend chooses it
  CHECK(added.name == "Delivery");
  CHECK(added.description == "Parcels");
  CHECK(added.disabled == true);
  CHECK(added.email == "delivery@shop.example");
  CHECK(added.agents == List<Text>{agent_id});
  const shape::Extensions kept = {{"comm100.department", "isAvailableInTicketingAndMessaging", "true"},
                                  {"comm100.department", "chatbotStartTriggerActionIds", "[]"},
                                  {"comm100.department", "shiftIds", R"(["4b0e6f1d-2c7a-4e59-8d36-90ab1c2d3e4f"])"}};
  CHECK(added.extensions == kept);
  Department stored;
  stored.extensions = added.extensions;
  const test::Value again = post(whole).document(Ref(stored));
  CHECK(test::print(*again.find("shiftIds")) == R"(["4b0e6f1d-2c7a-4e59-8d36-90ab1c2d3e4f"])");
  CHECK(post(whole).answer(Ref(delivery())).status == 201);
  CHECK(post(R"({"id":"x","name":"a"})").asked<PutDepartment>().department.empty());

  const PutDepartment replaced = put(R"({"name":"Returns"})").asked<PutDepartment>();
  CHECK_FALSE(replaced.create);
  CHECK(replaced.department.text == department_id);
  CHECK(test::describe(replaced) == test::describe(PutDepartment{.department = {department_id}, .name = "Returns"}));
  CHECK(put(R"({"name":"Returns"})").answer(Ref(delivery())).status == 200);
  for (const char* absent : {"id", "description", "isAvailableInLiveChat", "isAvailableInTicketingAndMessaging",
                             "offlineMessageMailTo", "offlineMessageEmailAddresses", "agentIds", "shiftIds"}) {
    CAPTURE(absent);
    const String body = R"({"name":"Returns",")" + String(absent) + R"(":null})";
    CHECK(test::describe(put(body.c_str()).asked<PutDepartment>()) == test::describe(replaced));
  }

  CHECK(Call(Method::del, one).id(department_id).asked<DeleteDepartment>().department.text == department_id);
  Call removal(Method::del, one);
  const http::Reply& gone = removal.id(department_id).answer(Ref(delivery()));
  CHECK(gone.status == 204);
  CHECK(gone.body.view().empty());
}

TEST_CASE("comm100: to whom a department's messages are mailed") {
  CHECK(post(R"({"name":"a","offlineMessageEmailAddresses":"b@c.example"})").asked<PutDepartment>().email ==
        "b@c.example");
  CHECK(post(R"({"name":"a","offlineMessageMailTo":"","offlineMessageEmailAddresses":"b@c.example"})")
            .asked<PutDepartment>()
            .email == "b@c.example");
  CHECK(post(R"({"name":"a","offlineMessageMailTo":"toAllAgents","offlineMessageEmailAddresses":"b@c.example"})")
            .asked<PutDepartment>()
            .email == Text());
  Department nobody = delivery();
  nobody.email.clear();
  CHECK(list().document(Page<Department>{{nobody}}).children[0].find("offlineMessageMailTo")->text == "toAllAgents");
}

TEST_CASE("comm100: bodies of departments that are refused") {
  const struct {
    const char* body;
    Code code;
    const char* field;
    const char* message;
  } bad[] = {
      {"{}", Code::missing_field, "name", "Parameter 'name' is required."},
      {R"({"name":null})", Code::missing_field, "name", "Parameter 'name' is required."},
      {R"({"name":"  "})", Code::missing_field, "name", "Parameter 'name' is required."},
      {R"({"name":5})", Code::invalid_field, "name", "Parameter 'name' must be a string, not a number."},
      {R"({"name":"a","isAvailableInLiveChat":"yes"})", Code::invalid_field, "isAvailableInLiveChat", nullptr},
      {R"({"name":"a","isAvailableInTicketingAndMessaging":1})", Code::invalid_field,
       "isAvailableInTicketingAndMessaging", nullptr},
      {R"({"name":"a","offlineMessageMailTo":"toNobody"})", Code::invalid_field, "offlineMessageMailTo",
       "Parameter 'offlineMessageMailTo' must be one of \"toAllAgents\", \"toEmailAddresses\", not a string."},
      {R"({"name":"a","offlineMessageMailTo":"toEmailAddresses"})", Code::missing_field, "offlineMessageEmailAddresses",
       "Parameter 'offlineMessageEmailAddresses' is required with toEmailAddresses."},
      {R"({"name":"a","agentIds":["x"]})", Code::invalid_field, "agentIds[0]", nullptr},
      {R"({"name":"a","agentIds":{}})", Code::invalid_field, "agentIds", nullptr},
      {R"({"name":"a","shiftIds":"x"})", Code::invalid_field, "shiftIds",
       "Parameter 'shiftIds' must be a list, not a string."},
      {"[]", Code::invalid_field, "", "The request body must be an object, not a list."},
      {"{", Code::malformed_body, "", nullptr},
  };
  for (const auto& one_body : bad) {
    CAPTURE(one_body.body);
    const Error refused = post(one_body.body).refusal();
    CHECK(refused.code == one_body.code);
    CHECK(refused.field == one_body.field);
    if (one_body.message != nullptr) CHECK(refused.message == one_body.message);
  }
  const Error other = put(R"({"name":"a","id":"c97a2afe-a38f-46f8-a55b-8ac9f873cd09"})").refusal();
  CHECK(other.message == "Parameter 'id' differs from the id of the path.");
  CHECK(put(R"({"name":"a","id":"x"})").refusal().message == "Parameter 'id' must be a guid.");
  CHECK(put(R"({"name":"a","id":"B3F8F3A5-7C1D-4F6E-9A40-2C5D8E7F6A11"})").decode().has_value());
  CHECK(post("").refusal().code == Code::missing_body);
  for (const Method method : {Method::get, Method::del}) {
    CHECK(Call(method, one).id("7").refusal().message == "Parameter 'id' must be a guid.");
  }
}

TEST_CASE("comm100: a department loses what only other vendors show, but not what the store counts") {
  config::Route lossless = route();
  lossless.loss = config::LossPolicy::lossless;
  const parley::comm100::Facade facade(lossless);
  http::Reply reply;
  Department hidden = delivery();
  REQUIRE(facade.show(Ref(hidden), reply).has_value());
  CHECK(reply.losses.empty());  // its time is the store's own
  hidden.hidden_on_registration = true;
  reply.clear();
  REQUIRE(facade.show(Page<Department>{{hidden}}, reply).has_value());
  REQUIRE(reply.losses.size() == 1);
  CHECK(reply.losses[0].member.view() == "department.hidden_on_registration");
}
