// The calls about agents in full, the agent of the credentials, and away statuses.
#include "adapters/comm100/fields.hpp"
#include "tests/adapters/comm100/call.hpp"

namespace {

using namespace parley;
using namespace parley::test::comm100;
using http::Method;
namespace comm100 = parley::comm100;

constexpr const char* all = "/v4/global/agents";
constexpr const char* one = "/v4/global/agents/:id";
constexpr const char* current = "/v4/global/currentAgent";

Agent gaia() {
  Agent made;
  made.id.text = agent_id;
  made.name = "Gaia Winters";
  made.first_name = "Gaia";
  made.last_name = "Winters";
  made.emails = {"gaia@shop.example"};
  made.phone = "1";
  made.title = "Head";
  made.bio = "Hello";
  made.time_zone = "UTC";
  made.status = "Online";
  made.departments = {"b3f8f3a5-7c1d-4f6e-9a40-2c5d8e7f6a11"};
  made.administrator = true;
  made.created_at = Time::at(1614585600000);
  return made;
}

constexpr const char* gaia_json = R"({"id":"c97a2afe-a38f-46f8-a55b-8ac9f873cd09","email":"gaia@shop.example",
  "displayName":"Gaia Winters","firstName":"Gaia","lastName":"Winters","isAdmin":true,"isActive":true,"phone":"1",
  "title":"Head","bio":"Hello","timeZone":"UTC","createdTime":"2021-03-01T08:00:00.000Z",
  "departmentIds":["b3f8f3a5-7c1d-4f6e-9a40-2c5d8e7f6a11"]})";

/// The agents that `currentAgent` finds for a caller, among three.
List<String> found_for(const comm100::Facade& facade, const String& authorization, const char* query = "") {
  test::OwnedRequest request(Method::get, current, query);
  if (!authorization.empty()) request.header("Authorization", authorization);
  const Result<Operation> asked = test::decoded_by(test::endpoint(facade, Method::get, current), facade, request.get());
  REQUIRE(asked.has_value());
  Agent by_id;
  by_id.id.text = "agent-7";
  Agent nobody;
  nobody.id.text = "no address";
  List<String> found;
  Agent by_email = gaia();
  by_email.emails = {"agent@example.com"};
  for (const Ref<Agent>& agent :
       select(List<Agent>{nobody, by_id, by_email}, std::get<ListAgents>(*asked).query).records) {
    found.push_back(agent->id.text.str());
  }
  return found;
}

}  // namespace

TEST_CASE("comm100: an agent in full; livechat/agents shows the status alone") {
  Call call(Method::get, one);
  CHECK(call.id(agent_id).asked<GetAgent>().agent.text == agent_id);
  CHECK(test::difference(gaia_json, call.answer(Ref(gaia())).body.view()) == "");
  Agent blocked = gaia();
  blocked.disabled = true;
  CHECK(call.document(Ref(blocked)).find("isActive")->text == "false");
  CHECK(test::difference(R"({"id":"c97a2afe-a38f-46f8-a55b-8ac9f873cd09","status":"Online","ongoingChats":0})",
                         Call(Method::get, "/v4/livechat/agents/:id").id(agent_id).answer(Ref(gaia())).body.view()) ==
        "");
  CHECK(Call(Method::get, one).id("7").refusal().message == "Parameter 'id' must be a guid.");
}

TEST_CASE("comm100: the list of agents has pages, an order and keywords") {
  const ListAgents plain = Call(Method::get, all).asked<ListAgents>();
  CHECK(plain.query.limit == 50);
  CHECK(plain.query.conditions.empty());
  REQUIRE(plain.query.order.size() == 1);
  CHECK(plain.query.order[0].path == DocumentPath{"displayName"});
  CHECK_FALSE(plain.query.order[0].descending);
  const ListAgents asked =
      Call(Method::get, all, "keywords=win&pageIndex=2&pageSize=5&sortBy=Email&sortOrder=desc").asked<ListAgents>();
  CHECK(asked.query.offset == 5);
  CHECK(asked.query.limit == 5);
  CHECK(asked.query.order[0].path == DocumentPath{"email"});
  CHECK(asked.query.order[0].descending);
  CHECK(Call(Method::get, all, "sortBy=departmentIds").refusal().message ==
        "Parameter 'sortBy' is not a member of an agent.");
  for (const char* word : {"keywords=WINTERS", "keywords=shop.example", "keywords=gaia"}) {
    const ListAgents found = Call(Method::get, all, word).asked<ListAgents>();
    CHECK(select(List<Agent>{Agent(), gaia()}, found.query).records.size() == 1);
  }
  const test::Value page = Call(Method::get, all, "pageSize=1").document(Page<Agent>{{gaia()}, 2});
  CHECK(keys_of(page) == List<String>{"agents", "total", "nextPage", "previousPage"});
  CHECK(test::difference(String("[") + gaia_json + "]", test::print(*page.find("agents"))) == "");
  CHECK(page.find("nextPage")->text == "http://gate.example:8080/crm/v4/global/agents?pageSize=1&pageIndex=2");
}

TEST_CASE("comm100: the current agent is that of the API key's address, or of the login's id or address") {
  const comm100::Facade keys(route());
  // agent@example.com:0123456789abcdef0123456789abcdef
  const String key = "Basic YWdlbnRAZXhhbXBsZS5jb206MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  CHECK(found_for(keys, key, "siteId=10000") == List<String>{agent_id});
  CHECK(found_for(keys, key).empty());  // not let in
  CHECK(found_for(keys, "Bearer first-token").empty());
  CHECK(found_for(keys, "").empty());

  config::Route with_logins;
  with_logins.auth.given = true;
  with_logins.own.edit<login::Settings>().logins = {{"agent-7", "", "ann@example.com", {"p"}},
                                                    {"", "", "Agent@Example.com", {"q"}}};
  const comm100::Facade logins(with_logins);
  const auto token_of = [&logins](const char* email, const char* digest) {
    const login::Logins::User* user = logins.logins().sign_in(login::Logins::By::email, email, digest);
    REQUIRE(user != nullptr);
    return "Bearer " + logins.logins().issue(login::TokenKind::access, *user);
  };
  // The SHA-256 of p and of q.
  CHECK(found_for(logins,
                  token_of("ann@example.com", "148de9c5a7a44d19e56cd9ae1a554bf67847afb0c58f6e12fa29ac7ddfca9940")) ==
        List<String>{"agent-7"});
  CHECK(found_for(logins,
                  token_of("agent@example.com", "8e35c2cd3bf6641bdb0e2050b76932cbb2e6034a0ddacc1d9bea82a6ba57f7cf")) ==
        List<String>{agent_id});

  config::Route open;
  open.auth.none = true;
  CHECK(found_for(comm100::Facade(open), "").empty());
}

TEST_CASE("comm100: credentials without an agent's record are a 404 that says so") {
  const comm100::Facade facade(route());
  const contract::Endpoint& endpoint = test::endpoint(facade, Method::get, current);
  test::OwnedRequest owned(Method::get, current);
  http::Request request = owned.get();
  request.endpoint = &endpoint;
  contract::Decoded decoded;
  REQUIRE(endpoint.decode(facade, request, decoded).has_value());
  http::Reply reply;
  const Result<void> none = endpoint.encode(facade, decoded, Page<Agent>{}, reply);
  REQUIRE(none.has_error());
  CHECK(none.error().code == Code::no_such_agent);
  facade.render(none.error(), request, reply);
  CHECK(reply.status == 404);
  CHECK(reply.body.view() ==
        R"({"code":404000,"message":"No agent has the id or e-mail address of these credentials."})");
  reply.clear();
  REQUIRE(endpoint.encode(facade, decoded, Page<Agent>{{gaia()}}, reply).has_value());
  CHECK(test::difference(gaia_json, reply.body.view()) == "");
}

TEST_CASE("comm100: away statuses are Away and those of the route") {
  config::Route custom = route();
  custom.own.edit<comm100::RouteSettings>().away_statuses = {"Meeting", "At lunch"};
  const auto statuses = [](const config::Route& of) {
    const comm100::Facade facade(of);
    const contract::Endpoint& endpoint = test::endpoint(facade, Method::get, "/v4/global/agentAwayStatuses");
    CHECK(endpoint.access == contract::Access::credentials);
    test::OwnedRequest request(Method::get);
    http::Reply reply;
    REQUIRE(endpoint.answer(facade, request.get(), reply).has_value());
    CHECK(reply.status == 200);
    return test::parse(reply.body.view());
  };
  const test::Value made = statuses(custom);
  REQUIRE(made.children.size() == 3);
  const char* names[] = {"Away", "Meeting", "At lunch"};
  for (std::size_t i = 0; i < 3; ++i) {
    const test::Value& status = made.children[i];
    CHECK(keys_of(status) == List<String>{"id", "name", "order", "isSystem"});
    CHECK(ids::parse_guid(status.find("id")->text).has_value());
    CHECK(status.find("name")->text == names[i]);
    CHECK(status.find("order")->text == std::to_string(i));
    CHECK(status.find("isSystem")->text == (i == 0 ? "true" : "false"));
  }
  CHECK(made.children[1].find("id")->text != made.children[2].find("id")->text);
  CHECK(statuses(route()).children.size() == 1);
}
