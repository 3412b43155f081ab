// Comm100's calls about the site, over a store: departments, agents in full, offline messages, and who is on the site.
#include <doctest/doctest.h>

#include "schemas/id.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool possible = built_with({"comm100", "rocketchat", "sqlite"});

const std::string agent_id = "c97a2afe-a38f-46f8-a55b-8ac9f873cd09";
const std::string agent =
    R"({"id":"c97a2afe-a38f-46f8-a55b-8ac9f873cd09","email":"gaia@shop.example","displayName":"Gaia Winters",)"
    R"("firstName":"Gaia","lastName":"Winters","isAdmin":true,"isActive":true,"phone":"1","title":"Head","bio":"",)"
    R"("timeZone":"UTC","createdTime":"2021-03-01T08:00:00.000Z","departmentIds":[]})";

/// Two offline messages as the vendor's search shows them.
const std::string messages =
    R"({"list":[{"id":7,"guid":"7e2d9c40-51af-4b6e-8f03-6a9b1c2d4e5f","createdTime":"2024-03-19T21:40:07.312Z",)"
    R"("name":"Mona","email":"mona@shop.example","departmentId":"b3f8f3a5-7c1d-4f6e-9a40-2c5d8e7f6a11",)"
    R"("subject":"Parcel","message":"When?","source":"bot","campaignId":"22f0b296-69e9-4b81-abe4-4bb9ed5ec9ef"},)"
    R"({"id":8,"guid":"5b0c7c1e-8a52-4d0f-9a63-1f6a7c2b9e44","createdTime":"2024-03-20T08:00:00.000Z",)"
    R"("name":"Leo","message":"Hello?"}]})";

struct Site {
  Scratch scratch;
  std::string file = scratch.write(
      "gateway.yaml", "server: {listen: [\"127.0.0.1:0\"], workers: 2}\nbackends: {local: {kind: sqlite, path: \"" +
                          scratch / "parley.db" +
                          "\"}}\nroutes:\n"
                          "  - {facade: rocketchat, backend: local, auth: none}\n"
                          "  - {name: here, facade: comm100, backend: local, away_statuses: Meeting, auth: "
                          "{bearer: t, site_id: \"10000\", basic: {user: Gaia@shop.example, password: key}}}\n"
                          "  - {name: all, facade: comm100, prefix: /all, backend: local, visitors: all, auth: "
                          "{bearer: t}}\n");

  void load(const std::string& shape, const std::string& document) const {
    const Finished loaded =
        run({.command = {program(), "load", "--config", file, "--backend", "local", "--from", "comm100:" + shape, "-"},
             .input = document});
    REQUIRE_MESSAGE(loaded.code == 0, loaded.err);
  }
};

/// A gateway that is asked with a token.
struct Asked {
  explicit Asked(const Site& site) : served(program(), site.file) {}

  [[nodiscard]] Answer ask(std::string_view method, const std::string& target, std::string_view body = {}) const {
    Headers headers = {{"Authorization", "Bearer t"}};
    if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
    return served.ask(method, target, headers, body);
  }
  [[nodiscard]] std::string get(const std::string& target) const {
    const Answer answer = ask("GET", target);
    CAPTURE(target);
    CHECK_MESSAGE(answer.status == 200, answer.body);
    return answer.body;
  }
  /// A call of Rocket.Chat's widget.
  void widget(std::string_view method, const std::string& call, std::string_view body = {}) const {
    const Answer answer = served.ask(method, "/api/v1/livechat/" + call, {{"Content-Type", "application/json"}}, body);
    CHECK_MESSAGE(answer.status == 200, answer.body);
  }
  /// The ids of a list of visitors.
  [[nodiscard]] std::vector<std::string> visitors(const std::string& prefix = {}) const {
    std::vector<std::string> ids;
    for (const Value& one : parse(get(prefix + "/v4/livechat/visitors")).children) ids.push_back(one.find("id")->text);
    return ids;
  }

  Served served;
};

std::size_t size_of(const std::string& json) { return parse(json).children.size(); }

}  // namespace

TEST_CASE("e2e: Comm100's departments are added, found, changed and removed" * doctest::skip(!possible)) {
  const Site site;
  const Asked client(site);
  const std::string all = "/v4/global/departments";
  CHECK(client.get(all) == "[]");
  const Answer added = client.ask("POST", all,
                                  R"({"name":"Delivery","offlineMessageMailTo":"toEmailAddresses",)"
                                  R"("offlineMessageEmailAddresses":"d@shop.example","agentIds":[")" +
                                      agent_id + R"("],"shiftIds":["x"]})");
  REQUIRE_MESSAGE(added.status == 201, added.body);
  const std::string id = value_at(added.body, "/id");
  CHECK(ids::parse_guid(id).has_value());
  const std::string one = all + '/' + id;
  CHECK(client.get(one) == added.body);
  CHECK(client.get("/V4/Global/Departments/" + id) == added.body);
  CHECK(value_at(added.body, "/isAvailableInLiveChat") == "true");
  CHECK(value_at(added.body, "/offlineMessageEmailAddresses") == "d@shop.example");
  CHECK(value_at(added.body, "/shiftIds") == R"(["x"])");
  CHECK(value_at(client.get(one + "?include=agent"), "/agents/0/id") == agent_id);

  CHECK(client.ask("POST", all, R"({"name":"Returns"})").status == 201);
  CHECK(size_of(client.get(all)) == 2);
  CHECK(value_at(client.get(all + "?keywords=DELI"), "/0/id") == id);
  CHECK(size_of(client.get(all + "?keywords=DELI")) == 1);

  const Answer replaced =
      client.ask("PUT", one, R"({"id":")" + id + R"(","name":"Parcels","isAvailableInLiveChat":false})");
  CHECK(replaced.status == 200);
  CHECK(client.get(one) == replaced.body);
  CHECK(value_at(replaced.body, "/name") == "Parcels");
  CHECK(value_at(replaced.body, "/isAvailableInLiveChat") == "false");
  CHECK(value_at(replaced.body, "/offlineMessageEmailAddresses") == "d@shop.example");  // as the body does not say
  CHECK(value_at(replaced.body, "/shiftIds") == R"(["x"])");
  CHECK(value_at(client.ask("PUT", one, R"({"name":"Parcels","offlineMessageMailTo":"toAllAgents"})").body,
                 "/offlineMessageMailTo") == "toAllAgents");

  CHECK(client.ask("DELETE", one).status == 204);
  for (const char* method : {"GET", "DELETE"}) {
    const Answer gone = client.ask(method, one);
    CHECK(gone.status == 404);
    CHECK(gone.body == R"({"code":404000,"message":"The department does not exist."})");
  }
  CHECK(client.ask("PUT", one, R"({"name":"Parcels"})").status == 404);
  CHECK(size_of(client.get(all)) == 1);
  CHECK(client.served.ask("GET", all).status == 401);
}

TEST_CASE("e2e: Comm100's agents in full, and the agent of an API key" * doctest::skip(!possible)) {
  const Site site;
  site.load("globalAgents", R"({"agents":[)" + agent + "]}");
  const Asked client(site);
  CHECK(client.get("/v4/global/agents/" + agent_id) == agent);
  const std::string list = client.get("/v4/global/agents?keywords=winters");
  CHECK(difference(R"({"agents":[)" + agent + R"(],"total":1,"nextPage":null,"previousPage":null})", list) == "");
  CHECK(value_at(client.get("/v4/global/agents?keywords=nobody"), "/total") == "0");
  CHECK(client.get("/v4/livechat/agents") == R"([{"id":")" + agent_id + R"(","status":"","ongoingChats":0}])");

  // Gaia@shop.example:key
  const Answer current = client.served.ask("GET", "/v4/global/currentAgent?siteId=10000",
                                           {{"Authorization", "Basic R2FpYUBzaG9wLmV4YW1wbGU6a2V5"}});
  CHECK(current.status == 200);
  CHECK(current.body == agent);
  const Answer nobody = client.ask("GET", "/v4/global/currentAgent");
  CHECK(nobody.status == 404);
  CHECK(nobody.body == R"({"code":404000,"message":"No agent has the id or e-mail address of these credentials."})");

  const std::string statuses = client.get("/v4/global/agentAwayStatuses");
  CHECK(value_at(statuses, "/0/name") == "Away");
  CHECK(value_at(statuses, "/1/name") == "Meeting");
  CHECK(client.served.ask("GET", "/v4/global/agentAwayStatuses").status == 401);
}

TEST_CASE("e2e: Comm100's offline messages are loaded, found, changed and removed" * doctest::skip(!possible)) {
  const Site site;
  site.load("offlineMessages", messages);
  const Asked client(site);
  const std::string all = "/v4/livechat/offlineMessages";
  const auto found = [&](const std::string& query, std::string_view body) {
    const Answer answer = client.ask("POST", all + ":search" + query, body);
    CHECK_MESSAGE(answer.status == 200, answer.body);
    std::string names;
    const Value document = parse(answer.body);
    for (const Value& one : document.find("list")->children) names += one.find("name")->text + ' ';
    return names + value_at(answer.body, "/total");
  };
  CHECK(found("", "{}") == "Leo Mona 2");
  CHECK(found("", "") == "Leo Mona 2");
  CHECK(found("?sortBy=createdTime&sortOrder=asc", "{}") == "Mona Leo 2");
  CHECK(found("?sortBy=name&sortOrder=desc", "{}") == "Mona Leo 2");
  CHECK(found("?pageSize=1&pageIndex=2", "{}") == "Mona 2");
  CHECK(found("", R"({"endTime":"2024-03-19T23:59:59Z"})") == "Mona 1");
  CHECK(found("", R"({"startTime":"2024-03-20T08:00:00Z"})") == "Leo 1");
  CHECK(found("?departmentId=b3f8f3a5-7c1d-4f6e-9a40-2c5d8e7f6a11", "{}") == "Mona 1");
  const auto by_department = [](const std::string& guid, const std::string& op) {
    return R"({"filters":[{"name":"departmentId","operator":")" + op + R"(","value":[")" + guid + R"("]}]})";
  };
  CHECK(found("", by_department("b3f8f3a5-7c1d-4f6e-9a40-2c5d8e7f6a11", "is")) == "Mona 1");
  CHECK(found("", by_department("00000000-0000-0000-0000-000000000000", "is")) == "Leo 1");
  CHECK(found("", by_department("", "ignored")) == "Leo Mona 2");

  const std::string mona = client.get(all + "/7");
  CHECK(mona == client.get(all + "/7e2d9c40-51af-4b6e-8f03-6a9b1c2d4e5f?include=department"));
  CHECK(value_at(mona, "/message") == "When?");
  CHECK(value_at(mona, "/source") == "bot");
  CHECK(value_at(mona, "/campaignId") == "22f0b296-69e9-4b81-abe4-4bb9ed5ec9ef");
  const Answer changed =
      client.ask("PUT", all + "/7", R"({"agentId":")" + agent_id + R"(","ticketId":87,"subject":""})");
  CHECK(changed.status == 200);
  CHECK(client.get(all + "/7") == changed.body);
  CHECK(value_at(changed.body, "/agentId") == agent_id);
  CHECK(value_at(changed.body, "/ticketId") == "87");
  CHECK(value_at(changed.body, "/subject") == "");
  CHECK(value_at(changed.body, "/message") == "When?");

  CHECK(client.ask("DELETE", all + "/7").status == 204);
  for (const char* method : {"GET", "DELETE"}) {
    const Answer gone = client.ask(method, all + "/7");
    CHECK(gone.status == 404);
    CHECK(gone.body == R"({"code":404000,"message":"The offline message does not exist."})");
  }
  CHECK(client.ask("PUT", all + "/7", "{}").status == 404);
  CHECK(client.ask("DELETE", all, R"([7,{"id":"5b0c7c1e-8a52-4d0f-9a63-1f6a7c2b9e44"}])").status == 204);
  CHECK(found("", "{}") == "0");
}

TEST_CASE("e2e: Comm100 lists the visitors on the site, and finds the others by id" * doctest::skip(!possible)) {
  const std::string quiet = "3d59f909-24cd-43bc-89cb-00a320617c0a";
  const std::string reader = "9d2f7c7e-6b0b-4b58-8c4d-2a7d3b6f5e10";
  const std::string asker = "0f5c1b0e-3c55-47b4-a0ab-7c1f3a3d2b21";
  const Site site;
  site.load("visitors", R"([{"id":")" + quiet + R"(","name":"Quiet"},{"id":")" + reader +
                            R"(","name":"Reader"},{"id":")" + asker + R"(","name":"Asker"}])");
  const Asked client(site);
  CHECK(client.visitors().empty());  // they were loaded
  CHECK(client.visitors("/all").size() == 3);
  CHECK(value_at(client.get("/v4/livechat/visitors/" + quiet), "/name") == "Quiet");

  client.widget("POST", "visitor", R"({"visitor":{"token":"new-token","name":"New"}})");
  REQUIRE(client.visitors().size() == 1);
  CHECK(value_at(client.get("/v4/livechat/visitors/" + client.visitors().front()), "/name") == "New");
  client.widget("GET", "room?token=" + asker);
  CHECK(client.visitors().size() == 2);
  CHECK(client.visitors().front() == asker);
  client.widget("POST", "page.visited",
                R"({"token":")" + reader +
                    R"(","pageInfo":{"change":"url","title":"","location":{"href":"https://shop.example/"}}})");
  CHECK(client.visitors().size() == 3);
  CHECK(client.visitors("/all").size() == 4);
  for (const std::string& one : client.visitors()) CHECK(one != quiet);
}

}  // namespace parley::test
