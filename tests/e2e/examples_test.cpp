// The example configurations, used as their comments say; the demo plays every vendor's server.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool all_three = built_with({"enghouse", "comm100", "rocketchat", "sqlite"});

struct Example {
  std::string target;
  Headers headers;
  std::string path;  ///< path in the answer
  std::string value;
};

/// The demo, and the environment variables of the examples.
struct Demo {
  Scratch scratch;
  Served served;

  Demo() : served(program(), scratch.write("demo.yaml", demo_config(scratch / "demo.db"))) {
    const std::string url = "http://127.0.0.1:" + std::to_string(served.port());
    std::filesystem::create_directory(scratch.path() / "data");
    const std::map<std::string, std::string> values = {{"LISTEN", "127.0.0.1:0"},
                                                       {"PARLEY_DATA", scratch / "data"},
                                                       {"CHAT_URL", url},
                                                       {"CHAT_USER_ID", "demo-rocket-user"},
                                                       {"CHAT_TOKEN", "demo-rocket-token"},
                                                       {"COMM100_URL", url},
                                                       {"COMM100_TOKEN", "demo-comm100-token"},
                                                       {"CTLIVE_URL", url},
                                                       {"CTLIVE_TOKEN", "demo-enghouse-token"},
                                                       {"CTLIVE_DOMAIN", "default"},
                                                       {"CRM_TOKEN", "mine"},
                                                       {"API_TOKEN", "mine"},
                                                       {"CLIENT_TOKEN", "mine"}};
    for (const auto& [name, value] : values) ::setenv(name.c_str(), value.c_str(), 1);
  }
};

}  // namespace

TEST_CASE("every example configuration is good, and answers through the vendor's server" * doctest::skip(!all_three)) {
  const Demo demo;
  const std::string contact =
      demo.served.ask("GET", "/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837").body;
  const std::string user = value_at(contact, "/contact/userID").substr(5);
  const Headers bearer = {{"Authorization", "Bearer mine"}};
  const std::string room = "/livechat/getContactByChatID/CHAT_9a71e31f-b866-8cd7-8174-77dbcffd8f1b";
  const std::string visitor = "3d59f909-24cd-43bc-89cb-00a320617c0a";
  const std::map<std::string, Example> examples = {
      {"enghouse-over-rocketchat.yaml", {room, {}, "/contact/callData/email", "visitor@pimenta.chat"}},
      {"enghouse-over-comm100.yaml",
       {"/livechat/getContactByChatID/CHAT_" + visitor, {}, "/contact/callData/email", "123@comm100.com"}},
      {"comm100-over-rocketchat.yaml",
       {"/v4/livechat/visitors/9a71e30b-ba7f-8ba3-a709-124d4c3659c9", bearer, "/email", "visitor@pimenta.chat"}},
      {"comm100-over-enghouse.yaml",
       {"/v4/livechat/visitors/" + user, bearer, "/name", value_at(contact, "/contact/callData/_NICK_")}},
      {"rocketchat-over-comm100.yaml",
       {"/api/v1/livechat/visitor/" + visitor, {}, "/visitor/visitorEmails/0/address", "123@comm100.com"}},
      {"rocketchat-over-enghouse.yaml",
       {"/api/v1/livechat/visitor/" + user, {}, "/visitor/name", value_at(contact, "/contact/callData/_NICK_")}},
      {"every-pair.yaml", {"/enghouse/support" + room, {}, "/contact/callData/email", "visitor@pimenta.chat"}}};
  std::set<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(project_file("config/examples"))) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    found.insert(name);
    const Finished checked = run({.command = {program(), "check", "--config", entry.path().string()}});
    CAPTURE(checked.err);
    CHECK(checked.code == 0);
    REQUIRE(examples.count(name) == 1);
    const Example& example = examples.at(name);
    // Two instances share nothing and show the same ids, also after a restart.
    for (int instance = 0; instance < 2; ++instance) {
      const Served gateway(program(), entry.path().string());
      const Answer answer = gateway.ask("GET", example.target, example.headers);
      CAPTURE(answer.body);
      CHECK(value_at(answer.body, example.path) == example.value);
    }
  }
  CHECK(found.size() == examples.size());
}

TEST_CASE("all twelve pairs: every endpoint is supported, or has a reason why not" * doctest::skip(!all_three)) {
  const Finished listed =
      run({.command = {program(), "routes", "--json", "--config", project_file("config/examples/every-pair.yaml")}});
  REQUIRE(listed.code == 0);
  const Value rows = parse(listed.out);
  std::map<std::string, int> supported;
  std::set<std::string> refused;
  for (const Value& row : rows.children) {
    const std::string text = print(row);
    CAPTURE(text);
    if (row.find("backend")->text.empty()) continue;  // the facade answers by itself, or does not serve the call
    const std::string pair = row.find("style")->text + " over " + row.find("backend")->text;
    const bool can = row.find("supported")->text == "true";
    supported[pair] += can ? 1 : 0;
    const Value* why = row.find("why_not");
    CHECK((why == nullptr || why->text.empty()) == can);
    if (!can) refused.insert(pair + ": " + row.find("operation")->text);
  }
  CHECK(supported.size() == 12);
  for (const auto& one : supported) {
    CAPTURE(one.first);
    CHECK(one.second > 0);
  }
  // Operations that the vendors' public APIs do not have.
  CHECK(refused.count("rocketchat over comm100: RegisterVisitor") == 1);
  CHECK(refused.count("rocketchat over ctlive: RecordPageVisit") == 1);
  CHECK(refused.count("comm100 over ctlive: SetAgentStatus") == 1);
  CHECK(refused.count("comm100 over comm100: SetAgentStatus") == 0);
  CHECK(refused.count("rocketchat over support: RegisterVisitor") == 0);
}

}  // namespace parley::test
