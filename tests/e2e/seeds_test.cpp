// The answers of the vendors' pages, through the real program and its store: equal in keys and values.
#include <doctest/doctest.h>

#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

constexpr std::string_view contact_path = "/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837";
constexpr std::string_view agent_path = "/v4/livechat/agents/c97a2afe-a38f-46f8-a55b-8ac9f873cd09";
constexpr std::string_view visitor_path = "/v4/livechat/visitors/3d59f909-24cd-43bc-89cb-00a320617c0a";

/// A gateway with the demo records, for all tests that only read.
struct Demo {
  Scratch scratch;
  Served served{program(), scratch.write("gateway.yaml", demo_config(scratch / "parley.db"))};
};

/// The element of an array whose member `key` is `id`.
Value element(std::string_view array, std::string_view key, std::string_view id) {
  for (const Value& one : parse(array).children) {
    const Value* member = one.find(key);
    if (member != nullptr && member->text == id) return one;
  }
  return null();
}

}  // namespace

TEST_CASE("enghouse: the contact of the seed" * doctest::skip(!built_with({"enghouse"}))) {
  const Demo demo;
  const std::string expected = golden("enghouse_contact.json");
  struct Case {
    std::string name, target;
  };
  const std::string id = "CHAT_fef5015b-8102-457e-b69b-471a55487837";
  for (const Case& one : {Case{"without a domain", std::string(contact_path)},
                          Case{"with a domain", "/livechat/default/getContactByChatID/" + id},
                          Case{"another domain: the demo is one tenant", "/livechat/ACME/getContactByChatID/" + id},
                          Case{"path in another case", "/LiveChat/GETCONTACTBYCHATID/" + id},
                          Case{"cache buster", std::string(contact_path) + "?_=1700000000001"}}) {
    CAPTURE(one.name);
    const Answer answer = demo.served.ask("GET", one.target);
    CHECK(answer.status == 200);
    CHECK(answer.header("Content-Type") == "application/json; charset=utf-8");
    CHECK(answer.header("X-Content-Type-Options") == "nosniff");
    CHECK(difference(expected, answer.body) == "");
  }
}

TEST_CASE("enghouse: the contact of the seed as JSONP" * doctest::skip(!built_with({"enghouse"}))) {
  const Demo demo;
  const Answer answer = demo.served.ask("GET", std::string(contact_path) + "?callback=a.b[0]&_=1");
  CHECK(answer.status == 200);
  CHECK(answer.header("Content-Type") == "text/javascript; charset=utf-8");
  CHECK(answer.header("X-Content-Type-Options") == "nosniff");
  const std::string prefix = "/**/ typeof a.b[0] === 'function' && a.b[0](";
  REQUIRE(answer.body.substr(0, prefix.size()) == prefix);
  REQUIRE(answer.body.substr(answer.body.size() - 2) == ");");
  const std::string inside = answer.body.substr(prefix.size(), answer.body.size() - prefix.size() - 2);
  CHECK(difference(golden("enghouse_contact.json"), inside) == "");
}

TEST_CASE("comm100: the answers of the seed" * doctest::skip(!built_with({"comm100"}))) {
  const Demo demo;
  const auto get = [&](std::string_view target) { return demo.served.ask("GET", target, comm100_headers()); };
  const Answer agent = get(agent_path);
  CHECK(agent.status == 200);
  CHECK(difference(golden("comm100_agent.json"), agent.body) == "");
  const Answer visitor = get(visitor_path);
  CHECK(visitor.status == 200);
  CHECK(difference(golden("comm100_visitor.json"), visitor.body) == "");

  // The lists also have the other vendors' demo people. Those of the example are among them, unchanged.
  const Answer agents = get("/v4/livechat/agents");
  CHECK(agents.status == 200);
  CHECK(difference(parse(golden("comm100_agent.json")),
                   element(agents.body, "id", "c97a2afe-a38f-46f8-a55b-8ac9f873cd09")) == "");
  const Answer visitors = get("/v4/livechat/visitors");
  CHECK(visitors.status == 200);
  CHECK(difference(parse(golden("comm100_visitor.json")),
                   element(visitors.body, "id", "3d59f909-24cd-43bc-89cb-00a320617c0a")) == "");
}

TEST_CASE("comm100: the lists of the seed, from a store that holds only them" *
          doctest::skip(!built_with({"comm100"}))) {
  const Scratch scratch;
  const std::string config = scratch.write("gateway.yaml", demo_config(scratch / "parley.db", false));
  for (const std::string shape : {"visitors", "agents"}) {
    const Finished loaded =
        run({.command = {program(), "load", "--config", config, "--backend", "local", "--from", "comm100:" + shape,
                         project_file("tests/golden/comm100_" + shape + ".json")}});
    CAPTURE(loaded.err);
    REQUIRE(loaded.code == 0);
  }
  const Served served(program(), config);
  for (const std::string shape : {"visitors", "agents"}) {
    CAPTURE(shape);
    const Answer answer = served.ask("GET", "/v4/livechat/" + shape, comm100_headers());
    CHECK(answer.status == 200);
    CHECK(difference(golden("comm100_" + shape + ".json"), answer.body) == "");
  }
}

TEST_CASE("comm100: the seed's agent goes to a meeting" * doctest::skip(!built_with({"comm100"}))) {
  const Demo demo;
  const Answer answer = demo.served.ask("PUT", agent_path, comm100_headers(),
                                        R"({ "id": "c97a2afe-a38f-46f8-a55b-8ac9f873cd09", "status": "Meeting" })");
  CHECK(answer.status == 200);
  CHECK(difference(golden("comm100_agent_after_put.json"), answer.body) == "");
  CHECK(difference(golden("comm100_agent_after_put.json"),
                   demo.served.ask("GET", agent_path, comm100_headers()).body) == "");
}

TEST_CASE("comm100: the seed's variables are set by name" * doctest::skip(!built_with({"comm100"}))) {
  const Demo demo;
  const Answer answer = demo.served.ask(
      "PUT", visitor_path, comm100_headers(),
      R"([ { "name": "visitor", "value": "Leo", "url": "" }, { "name": "company", "value": "Comm100", "url": "" } ] )");
  CHECK(answer.status == 200);
  Value expected = parse(golden("comm100_visitor.json"));
  for (const auto& [name, value] : {std::pair("visitor", "Leo"), std::pair("company", "Comm100")}) {
    expected.find("customVariableResults")
        ->children.push_back(
            object({member("name", string(name)), member("value", string(value)), member("url", string(""))}));
  }
  CHECK(difference(expected, parse(answer.body)) == "");
}

TEST_CASE("rocketchat: the visitor of the seed, profile 0.70" * doctest::skip(!built_with({"rocketchat"}))) {
  const Demo demo;
  const Answer answer = demo.served.ask("GET", "/pimenta/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd");
  CHECK(answer.status == 200);
  CHECK(answer.header("Content-Type") == "application/json");
  CHECK(difference(golden("rocketchat_visitor.json"), answer.body) == "");
}

TEST_CASE("rocketchat: the seed's registration" * doctest::skip(!built_with({"rocketchat"}))) {
  const Demo demo;
  const std::string body = R"({"visitor": {"name": "Livechat Visitor", "email": "visitor@pimenta.chat",
    "token": "iNKE8a6k6cjbqWhWd", "phone": "55 51 5555-5555",
    "customFields": [{ "key": "address", "value": "pimentaCHAT street", "overwrite": true }] }})";
  const Answer answer =
      demo.served.ask("POST", "/pimenta/api/v1/livechat/visitor", {{"Content-type", "application/json"}}, body);
  CHECK(answer.status == 200);
  // Only the time of the write differs from the example.
  const std::string now = value_at(answer.body, "/visitor/_updatedAt");
  CHECK(now.size() == std::string_view("2018-09-21T16:12:32.808Z").size());
  CHECK(now > "2026");
  Value expected = parse(golden("rocketchat_visitor_after_post.json"));
  expected.find("visitor")->find("_updatedAt")->text = now;
  CHECK(difference(expected, parse(answer.body)) == "");
}

TEST_CASE("rocketchat: the seed's page" * doctest::skip(!built_with({"rocketchat"}))) {
  const Demo demo;
  const std::string body = R"({"token": "iNKE8a6k6cjbqWhWd", "rid": "vp3D9H8ud6HYvRpvq", "pageInfo": { "change": "url",
    "title": "", "location": { "href": "http://localhost:3000/packages/pimentachat_livechat/assets/demo.html#page-4" } }})";
  for (const std::string prefix : {"", "/pimenta"}) {
    CAPTURE(prefix);
    const Answer answer =
        demo.served.ask("POST", prefix + "/api/v1/livechat/page.visited", {{"Content-type", "application/json"}}, body);
    CHECK(answer.status == 200);
    CHECK(difference(golden("rocketchat_page.json"), answer.body) == "");
  }
}

TEST_CASE("rocketchat: the channels of the seed, and its two errors" * doctest::skip(!built_with({"rocketchat"}))) {
  const Demo demo;
  const std::string path = "/api/v1/omnichannel/contacts.channels";
  const Answer good = demo.served.ask("GET", path + "?contactId=673653b997f0fbcd657f0ebf", rocketchat_headers());
  CHECK(good.status == 200);
  CHECK(difference(golden("rocketchat_channels.json"), good.body) == "");
  const Answer bad = demo.served.ask("GET", path, rocketchat_headers());
  CHECK(bad.status == 400);
  CHECK(difference(golden("rocketchat_channels_400.json"), bad.body) == "");
  const Answer anonymous = demo.served.ask("GET", path + "?contactId=673653b997f0fbcd657f0ebf");
  CHECK(anonymous.status == 401);
  CHECK(difference(golden("rocketchat_channels_401.json"), anonymous.body) == "");
}

TEST_CASE("the shipped demo answers the seed's own curl on its second listener" *
          doctest::skip(!built_with({"rocketchat"}))) {
  const Scratch scratch;
  std::string config = demo_config(scratch / "parley.db");
  config.replace(config.find("    prefix: \"/pimenta\"\n"), std::string_view("    prefix: \"/pimenta\"\n").size(),
                 "    listen: [\"127.0.0.2:0\"]\n");
  const Served served(program(), scratch.write("gateway.yaml", config), 2);
  Connection pimenta(served.port(1), "127.0.0.2");
  const Answer answer = pimenta.ask("GET", "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd");
  CHECK(answer.status == 200);
  CHECK(difference(golden("rocketchat_visitor.json"), answer.body) == "");
  // That listener has no other route.
  CHECK(pimenta.ask("GET", contact_path).status == 404);
}

}  // namespace parley::test
