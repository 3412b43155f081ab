// The calls about departments: which requests they accept, what they list, what they show.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

constexpr const char* list_path = "/api/v1/livechat/department";
constexpr const char* one_path = "/api/v1/livechat/department/:_id";
constexpr const char* agents_path = "/api/v1/livechat/department/:_id/agents";
constexpr const char* names_path = "/api/v1/livechat/department.autocomplete";
constexpr const char* ids_path = "/api/v1/livechat/department.listByIds";
constexpr const char* archived_path = "/api/v1/livechat/departments/archived";

Department department(const char* id, const char* name, bool enabled = true) {
  Department made;
  made.id.text = id;
  made.name = name;
  made.disabled = !enabled;
  return made;
}

/// Sales, Support, Billing (disabled), Fax (archived).
Outcome all() {
  Department fax = department("d", "Fax");
  fax.extensions.push_back({"rocketchat.department", "archived", "true"});
  return Page<Department>{
      {department("a", "Sales"), department("b", "Support"), department("c", "Billing", false), fax}};
}

/// The ids and the total of a list.
String listed(const char* path, const char* query) {
  Call call("8", Method::get, path, query);
  const Value answer = parse(text(call.answered(all())));
  String found;
  for (const Value& one : answer.find("departments")->children) found += one.find("_id")->text;
  const Value* total = answer.find("total");
  return total == nullptr ? found : found + ' ' + total->text;
}

String schema_error(const char* error) {
  return String(R"({"success":false,"error":")") + error + R"( [invalid-params]","errorType":"invalid-params"})";
}

constexpr const char* shown_sales =
    R"({"_id":"a","name":"Sales","enabled":true,"description":"Orders","email":"sales@shop.example",)"
    R"("showOnRegistration":true,"showOnOfflineForm":false,"_updatedAt":"2024-01-02T03:04:05.678Z"})";

Department sales() {
  Department made = department("a", "Sales");
  made.description = "Orders";
  made.email = "sales@shop.example";
  made.hidden_on_offline_form = true;
  made.agents = {"x", "y"};
  made.updated_at = Time::at(1'704'164'645'678);
  return made;
}

String agent_of_sales(const char* id) {
  return String(R"({"_id":")") + id + R"(","agentId":")" + id + R"(","username":")" + id +
         R"(","departmentId":"a","departmentEnabled":true,"count":0,"order":0})";
}

constexpr const char* valid =
    R"("name":"Sales","email":"","enabled":true,"showOnRegistration":true,"showOnOfflineForm":false)";

PutDepartment put(Method method, const char* path, const String& body) {
  Call call("8", method, path);
  call.request().parameter("a");
  return call.body(body).decoded<PutDepartment>();
}

}  // namespace

TEST_CASE("rocketchat department: a list without archived ones, with filters, order and page") {
  CHECK(listed(list_path, "") == "abc 3");
  CHECK(listed(list_path, "text=S") == "ab 2");
  CHECK(listed(list_path, "text=sup") == "b 1");
  CHECK(listed(list_path, "enabled=true") == "ab 2");
  CHECK(listed(list_path, "enabled=false") == "c 1");
  CHECK(listed(list_path, "excludeDepartmentId=a") == "bc 2");
  CHECK(listed(list_path, "showArchived=true") == "abcd 4");
  CHECK(listed(list_path, "showArchived=false") == "abc 3");
  CHECK(listed(list_path, "onlyMyDepartments=true") == "abc 3");
  CHECK(listed(list_path, "count=1&offset=1") == "b 3");
  CHECK(listed(list_path, "sort=%7B%22name%22%3A1%7D") == "cab 3");
  CHECK(listed(archived_path, "") == "d 1");
  CHECK(listed(archived_path, "text=sales") == " 0");
  CHECK(text(Call("8", Method::get, list_path, "term=x").refused()) ==
        schema_error("must NOT have additional properties"));
  Call call("0.70", Method::get, list_path);
  CHECK(text(call.answered(Page<Department>{{sales()}})) ==
        String(R"({"departments":[)") + shown_sales + R"(],"count":1,"offset":0,"total":1,"success":true})");
}

TEST_CASE("rocketchat department: that a list has only the number of agents is no loss") {
  Call call("8", Method::get, list_path);
  CHECK(call.answered(Page<Department>{{sales()}}).losses.empty());
}

TEST_CASE("rocketchat department.listByIds: the ids are required") {
  CHECK(listed(ids_path, "ids%5B%5D=c&ids%5B%5D=a&ids%5B%5D=nobody") == "ac");
  CHECK(listed(ids_path, "ids%5B%5D=") == "");
  Call without("8", Method::get, ids_path, "");
  const http::Reply& none = without.refused();
  CHECK(none.status == 400);
  CHECK(text(Call("8", Method::get, ids_path, "").refused()) ==
        R"({"success":false,"error":"The 'ids' param is required"})");
}

TEST_CASE("rocketchat department.autocomplete: names by a selector") {
  const auto items = [](const char* query) {
    Call call("8", Method::get, names_path, query);
    return String(text(call.answered(all())));
  };
  CHECK(items("selector=%7B%22term%22%3A%22s%22%7D") ==
        R"({"items":[{"_id":"a","name":"Sales"},{"_id":"b","name":"Support"}],"success":true})");
  CHECK(items("selector=%7B%22exceptions%22%3A%5B%22a%22%2C%22b%22%5D%7D") ==
        R"({"items":[{"_id":"c","name":"Billing"}],"success":true})");
  CHECK(items("selector=%7B%22term%22%3A%22fax%22%7D") == R"({"items":[],"success":true})");
  CHECK(items("") == R"({"success":false,"error":"The 'selector' param is required"})");
  CHECK(items("selector=zzz") ==
        R"({"success":false,"error":"The \"selector\" query parameter must be a valid JSON."})");
}

TEST_CASE("rocketchat department/:_id: with its agents unless they are not wanted; an unknown one is null") {
  const auto shown = [](const char* query) {
    Call call("8", Method::get, one_path, query);
    call.request().parameter("a");
    CHECK(call.decoded<GetDepartment>().department.text == "a");
    return String(text(call.answered(Ref<Department>(sales()))));
  };
  const String without = String(R"({"department":)") + shown_sales;
  const String whole =
      without + R"(,"agents":[)" + agent_of_sales("x") + ',' + agent_of_sales("y") + R"(],"success":true})";
  CHECK(shown("") == whole);
  CHECK(shown("includeAgents=true") == whole);
  CHECK(shown("includeAgents=false") == without + R"(,"success":true})");
  Call unknown("8", Method::get, one_path);
  const http::Reply& reply = unknown.rendered({.code = Code::no_such_department});
  CHECK(reply.status == 200);
  CHECK(text(reply) == R"({"department":null,"agents":[],"success":true})");
}

TEST_CASE("rocketchat department/:_id/agents: a page of the agents, none of an unknown department") {
  const auto shown = [](const char* query) {
    Call call("8", Method::get, agents_path, query);
    call.request().parameter("a");
    return String(text(call.answered(Ref<Department>(sales()))));
  };
  CHECK(shown("count=1&offset=1") ==
        R"({"agents":[)" + agent_of_sales("y") + R"(],"count":1,"offset":1,"total":2,"success":true})");
  CHECK(shown("count=1&sort=%7B%22agentId%22%3A-1%7D") ==
        R"({"agents":[)" + agent_of_sales("y") + R"(],"count":1,"offset":0,"total":2,"success":true})");
  Call unknown("8", Method::get, agents_path);
  const http::Reply& reply = unknown.rendered({.code = Code::no_such_department});
  CHECK(reply.status == 200);
  CHECK(text(reply) == R"({"agents":[],"count":0,"offset":0,"total":0,"success":true})");
}

TEST_CASE("rocketchat department: created and changed") {
  const String body = String(R"({"department":{)") + valid +
                      R"(,"description":"Orders","chatClosingTags":["refund"],"archived":null,"numAgents":7},)"
                      R"("agents":[{"agentId":"x","username":"ann"},{"agentId":"y"},{"agentId":"x"}]})";
  const PutDepartment made = put(Method::post, list_path, body);
  CHECK(made.create);
  CHECK(made.department.empty());
  CHECK(made.name == "Sales");
  CHECK(made.description == "Orders");
  CHECK(made.disabled == false);
  CHECK(made.hidden_on_registration == false);
  CHECK(made.hidden_on_offline_form == true);
  CHECK(made.joining == List<Text>{"x", "y", "x"});
  CHECK_FALSE(made.agents);
  REQUIRE(made.extensions.size() == 1);
  CHECK(made.extensions[0].key == "chatClosingTags");
  CHECK(made.extensions[0].json == R"(["refund"])");
  const String chosen = String(R"({"department":{)") + valid + R"(,"_id":"mine"}})";
  CHECK(put(Method::post, list_path, chosen).department.text == "mine");

  const PutDepartment changed = put(Method::put, one_path, body);
  CHECK_FALSE(changed.create);
  CHECK(changed.department.text == "a");  // that of the path
  const String other = String(R"({"department":{)") + valid + R"(,"_id":"mine"},"agents":[]})";
  CHECK(put(Method::put, one_path, other).department.text == "a");

  Call call("8", Method::post, list_path);
  Department shown = sales();
  shown.extensions = made.extensions;
  const String answer = String(text(call.body(body).answered(Ref<Department>(shown))));
  const String document = String(shown_sales).substr(0, String(shown_sales).size() - 1);
  CHECK(answer == R"({"department":)" + document + R"(,"chatClosingTags":["refund"]},"agents":[)" +
                      agent_of_sales("x") + ',' + agent_of_sales("y") + R"(],"success":true})");
}

TEST_CASE("rocketchat department: agents join and leave") {
  Call call("8", Method::post, agents_path);
  call.request().parameter("a");
  call.body(R"({"upsert":[{"agentId":"x","username":"ann","count":0,"order":0}],"remove":[{"agentId":"y"}]})");
  const PutDepartment change = call.decoded<PutDepartment>();
  CHECK_FALSE(change.create);
  CHECK(change.department.text == "a");
  CHECK(change.joining == List<Text>{"x"});
  CHECK(change.leaving == List<Text>{"y"});
  CHECK_FALSE(change.agents);
  CHECK_FALSE(change.name);
  CHECK(text(call.answered(Ref<Department>(sales()))) == R"({"success":true})");
  CHECK(text(call.rendered({.code = Code::no_such_department})).find("error-department-not-found") !=
        std::string_view::npos);
  Call lossy("8", Method::post, agents_path);
  lossy.request().parameter("a");
  lossy.body(R"({"upsert":[{"agentId":"x","count":3,"order":1}],"remove":[]})");
  const http::Reply& reply = lossy.answered(Ref<Department>(sales()));
  REQUIRE(reply.losses.size() == 2);
  CHECK(reply.losses[0].member == "department.agents.count");
  CHECK(reply.losses[1].member == "department.agents.order");
  for (const char* bad : {"{}", R"({"upsert":[]})", R"({"upsert":[{"agentId":""}],"remove":[]})",
                          R"({"upsert":[],"remove":[{"username":"ann"}]})", R"({"upsert":[],"remove":{}})"}) {
    CAPTURE(bad);
    Call refused("8", Method::post, agents_path);
    refused.request().parameter("a");
    CHECK(refused.body(bad).refused().status == 400);
  }
}

TEST_CASE("rocketchat department: a count or an order of an agent is reported as a loss") {
  Call call("8", Method::post, list_path);
  call.body(String(R"({"department":{)") + valid + R"(},"agents":[{"agentId":"x","count":3,"order":0}]})");
  const http::Reply& reply = call.answered(Ref<Department>(sales()));
  REQUIRE(reply.losses.size() == 1);
  CHECK(reply.losses[0].member == "department.agents.count");
}

TEST_CASE("rocketchat department: refused bodies") {
  const auto without = [](const char* key) {
    Value body = parse(String(R"({"department":{)") + valid + "}}");
    body.find("department")->erase(key);
    return print(body);
  };
  for (const char* key : {"name", "email", "enabled", "showOnRegistration", "showOnOfflineForm"}) {
    CAPTURE(key);
    Call call("8", Method::post, list_path);
    CHECK(text(call.body(without(key)).refused()) ==
          schema_error((String("must have required property '") + key + '\'').c_str()));
  }
  const String no_department = schema_error("must have required property 'department'");
  const String extra = schema_error("must NOT have additional properties");
  const String boolean = schema_error("must be boolean");
  const String blank = schema_error("must NOT have fewer than 1 characters");
  const String unknown = String(R"({"department":{)") + valid + R"(,"colour":"red"}})";
  const String no_agent = String(R"({"department":{)") + valid + R"(},"agents":[{"agentId":""}]})";
  const String nameless =
      R"({"department":{"name":" ","email":"","enabled":true,"showOnRegistration":true,"showOnOfflineForm":true}})";
  const String perhaps =
      R"({"department":{"name":"a","email":"","enabled":"perhaps","showOnRegistration":true,"showOnOfflineForm":true}})";
  check_refusals("8", list_path,
                 {{"empty object", "{}", no_department.c_str()},
                  {"an unknown member", unknown.c_str(), extra.c_str()},
                  {"a blank name", nameless.c_str(), blank.c_str()},
                  {"an agent without an id", no_agent.c_str(), blank.c_str()},
                  {"not a boolean", perhaps.c_str(), boolean.c_str()}});
  // A PUT without agents would remove them all.
  Call call("8", Method::put, one_path);
  call.request().parameter("a");
  CHECK(text(call.body(String(R"({"department":{)") + valid + "}}").refused()) ==
        schema_error("must have required property 'agents'"));
  CHECK(text(call.rendered({.code = Code::no_such_department})) ==
        R"({"success":false,"error":"error-department-not-found"})");
}

TEST_CASE("rocketchat department: removed by its id") {
  Call call("8", Method::del, one_path);
  call.request().parameter("a");
  CHECK(call.decoded<DeleteDepartment>().department.text == "a");
  CHECK(text(call.answered(Ref<Department>(sales()))) == R"({"success":true})");
  CHECK(call.rendered({.code = Code::no_such_department}).status == 400);
}

}  // namespace parley::test::rocketchat
