// The connector with our own facade of the same vendor, over real HTTP: each reads what the other writes, for every operation.
#include <doctest/doctest.h>

#include "adapters/comm100/fields.hpp"
#include "adapters/comm100/settings.hpp"
#include "adapters/upstream/settings.hpp"
#include "tests/support/connected.hpp"
#include "tests/support/json.hpp"
#include "tests/support/running.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

using namespace parley;

namespace {

const bool with_store = test::built_with({"sqlite"});

/// A facade over the demo's store, and a connector that calls it with an API key.
struct Pair {
  Pair()
      : facade(
            "server: {listen: [\"127.0.0.1:0\"], workers: 1}\n"
            "backends: {local: {kind: sqlite, path: \"" +
            scratch / "parley.db" +
            "\", demo: true}}\n"
            "routes:\n  - {facade: comm100, backend: local, visitors: all, auth: {basic: [{user: \"a@b.example\", "
            "password: "
            "\"key\"}], "
            "site_id: \"10000\"}}\n"),
        connector(settings(facade.port())) {}

  static config::Backend settings(std::uint16_t port) {
    config::Backend made = test::connector_settings("comm100", "http://127.0.0.1:" + std::to_string(port));
    made.auth.none = false;
    made.own.edit<parley::comm100::BackendAuth>().email = "a@b.example";
    made.own.edit<parley::comm100::BackendAuth>().api_key.value = "key";
    made.own.edit<parley::comm100::BackendAuth>().site_id = "10000";
    return made;
  }
  [[nodiscard]] String served(const String& path) const {
    const test::Answer answer =
        facade.ask("GET", path + "?siteId=10000", {{"Authorization", "Basic YUBiLmV4YW1wbGU6a2V5"}});
    CHECK(answer.status == 200);
    return answer.body;
  }

  test::Scratch scratch;
  test::Running facade;
  test::Connected connector;
};

template <class T>
String written(const shape::View& view, const T& record) {
  Buffer text;
  shape::Writer writer(text);
  shape::write_object(view, &record, writer);
  writer.finish();
  return String(text.view());
}
template <class T>
String written(const shape::View& view, const List<T>& records) {
  String text = "[";
  for (const T& record : records) text.append(text.size() > 1 ? "," : "").append(written(view, record));
  return text + "]";
}

const String visitor_id = "3d59f909-24cd-43bc-89cb-00a320617c0a";
const String agent_id = "c97a2afe-a38f-46f8-a55b-8ac9f873cd09";
const String free_text = "USER_gverde1@acd.enghouse.com";

}  // namespace

TEST_CASE("comm100 connector on our facade: every record is read as it was served" * doctest::skip(!with_store)) {
  Pair pair;
  const List<Visitor> visitors = pair.connector.list<Visitor>(ListVisitors{});
  CHECK(visitors.size() >= 3);  // the demo has a visitor of each of the three vendors
  CHECK(written(shape::view<comm100::visitor>, visitors) == pair.served("/v4/livechat/visitors"));
  for (const Visitor& one : visitors) {
    const String path = "/v4/livechat/visitors/" + ids::format(ids::to_guid(one.id.text));
    const auto found = pair.connector.get<Ref<Visitor>>(GetVisitor{.visitor = one.id, .token = {}});
    CHECK(written(shape::view<comm100::visitor>, *found) == pair.served(path));
    CHECK(*pair.connector.get<Ref<Visitor>>(GetVisitor{.visitor = {}, .token = one.id.text}) == *found);
    CHECK(*pair.connector.get<Ref<Visitor>>(GetChatContact{{one.id.text}, {}}) == *found);
  }
  const List<Agent> agents = pair.connector.list<Agent>(ListAgents{});
  CHECK(agents.size() >= 2);
  CHECK(written(shape::view<comm100::agent>, agents) == pair.served("/v4/livechat/agents"));
  for (const Agent& one : agents) CHECK(*pair.connector.get<Ref<Agent>>(GetAgent{one.id}) == one);
  // An id that is not a guid is found by the guid that represents it here.
  CHECK(pair.connector.get<Ref<Agent>>(GetAgent{{free_text}})->status == "Online");

  std::size_t in_chat = 0;
  for (const Visitor& one : visitors) {
    in_chat += one.status == VisitorStatus::chatting || one.status == VisitorStatus::waiting_for_chat ? 1 : 0;
  }
  CHECK(pair.connector.list<Chat>(ListChats{}).size() == in_chat);
}

TEST_CASE("comm100 connector on our facade: records that do not exist, and wrong credentials" *
          doctest::skip(!with_store)) {
  Pair pair;
  const String nobody = "00000000-0000-4000-8000-000000000001";
  CHECK(pair.connector.refused(GetVisitor{{nobody}, {}}).code == Code::no_such_visitor);
  CHECK(pair.connector.refused(GetVisitor{{}, "no id"}).code == Code::no_such_visitor);
  CHECK(pair.connector.refused(GetChatContact{{nobody}, {}}).code == Code::no_such_chat);
  CHECK(pair.connector.refused(GetAgent{{nobody}}).code == Code::no_such_agent);
  CHECK(pair.connector.refused(SetAgentStatus{{nobody}, "Away"}).code == Code::no_such_agent);
  CHECK(pair.connector.get<List<Channel>>(ListContactChannels{{nobody}}).empty());
  config::Backend wrong = Pair::settings(pair.facade.port());
  wrong.own.edit<parley::comm100::BackendAuth>().api_key.value = "no";
  CHECK(test::Connected(wrong).refused(ListAgents{}).code == Code::upstream_denied);
  wrong = Pair::settings(pair.facade.port());
  wrong.own.edit<parley::comm100::BackendAuth>().site_id = "1";
  CHECK(test::Connected(wrong).refused(ListAgents{}).code == Code::upstream_denied);
}

TEST_CASE("comm100 connector on our facade: writes" * doctest::skip(!with_store)) {
  Pair pair;
  shape::Losses losses;
  contract::Call call;
  call.losses = &losses;
  CHECK(pair.connector.get<Ref<Agent>>(SetAgentStatus{{agent_id}, "Meeting"}, call)->status == "Meeting");
  CHECK(pair.connector.get<Ref<Agent>>(GetAgent{{agent_id}})->status == "Meeting");
  const SetVisitorVariables set{.visitor = {visitor_id},
                                .variables = {{"fccc", "521", "https://x.example/", AttributeKind::variable, false},
                                              {"new", "\"quoted\" \xe2\x82\xac", "", AttributeKind::variable, false}}};
  const Visitor kept = *pair.connector.get<Ref<Visitor>>(set, call);
  CHECK(losses.empty());
  REQUIRE(kept.attributes.size() == 3);
  CHECK(kept.attributes[1] == set.variables[0]);
  CHECK(kept.attributes[2] == set.variables[1]);
  CHECK(*pair.connector.get<Ref<Visitor>>(GetVisitor{{visitor_id}, {}}) == kept);
}

TEST_CASE("comm100 connector on our facade: tokens for a password" * doctest::skip(!with_store)) {
  const test::Scratch scratch;
  const test::Running facade(
      "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {local: {kind: sqlite, path: \"" +
      scratch / "parley.db" +
      "\", demo: true}}\nroutes:\n  - {facade: comm100, backend: local, auth: {client_id: app, logins: [{email: "
      "\"a@b.example\", password: \"p&w +%\"}]}}\n");
  for (const char* password : {"p&w +%", "wrong"}) {
    CAPTURE(password);
    config::Backend settings = Pair::settings(facade.port());
    settings.own.edit<parley::comm100::BackendAuth>() = {};
    settings.own.edit<parley::comm100::BackendAuth>().email = "a@b.example";
    settings.own.edit<parley::comm100::BackendAuth>().password.value = password;
    settings.own.edit<parley::comm100::BackendAuth>().client_id = "app";
    settings.own.edit<parley::comm100::BackendAuth>().token_url =
        config::settings_of<upstream::Settings>(settings).url + "/oauth/token";
    test::Connected connector(settings);
    const Result<Outcome> agents = connector.run(ListAgents{});
    if (std::string_view(password) != "wrong") {
      REQUIRE(agents.has_value());
      CHECK(std::get<Page<Agent>>(*agents).records.size() >= 2);
    } else {
      REQUIRE(agents.has_error());
      CHECK(agents.error().code == Code::upstream_denied);
    }
  }
}
