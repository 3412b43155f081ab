// The connector with our own facade of the same vendor, over real HTTP: each reads what the other writes.
#include <doctest/doctest.h>

#include "adapters/enghouse/fields.hpp"
#include "adapters/enghouse/projections.hpp"
#include "adapters/enghouse/settings.hpp"
#include "tests/support/connected.hpp"
#include "tests/support/json.hpp"
#include "tests/support/running.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

using namespace parley;

namespace {

const bool with_store = test::built_with({"sqlite"});

/// A facade over a store, and a connector that calls it with a token.
struct Pair {
  explicit Pair(const contract::Records& records = {})
      : filled(fill(records)),
        facade(
            "server: {listen: [\"127.0.0.1:0\"], workers: 1}\n"
            "backends: {local: {kind: sqlite, path: \"" +
            filled + "\", demo: " + (records.empty() ? "true" : "false") +
            "}}\n"
            "routes:\n  - {facade: enghouse, backend: local, auth: {tokens: [t]}}\n"),
        connector(settings(facade.port())) {}

  String fill(const contract::Records& records) {
    const String path = scratch / "parley.db";
    if (!records.empty()) test::fill_store(path, records);
    return path;
  }
  static config::Backend settings(std::uint16_t port) {
    config::Backend made = test::connector_settings("enghouse", "http://127.0.0.1:" + std::to_string(port));
    made.auth.none = false;
    made.own.edit<parley::enghouse::BackendAuth>().token.value = "t";
    made.own.edit<parley::enghouse::BackendSettings>().domain = "default";
    return made;
  }
  [[nodiscard]] test::Value contact(std::string_view chat) const {
    enghouse::IdScratch scratch_id;
    const String id(enghouse::write_id(enghouse::chat_prefix, chat, scratch_id));
    const test::Value answer = test::parse(facade.ask("GET", "/livechat/getContactByChatID/" + id).body);
    REQUIRE(answer.find("contact") != nullptr);
    return *answer.find("contact");
  }

  test::Scratch scratch;
  String filled;
  test::Running facade;
  test::Connected connector;
};

test::Value written(const Chat& chat) {
  Buffer text;
  shape::Writer writer(text);
  shape::write_object(shape::view<enghouse::contact>, &chat, writer);
  writer.finish();
  return test::parse(text.view());
}

}  // namespace

TEST_CASE("enghouse connector on our facade: contacts, and visitors, agents and channels made of them" *
          doctest::skip(!with_store)) {
  Pair pair;
  const List<Chat> chats = pair.connector.list<Chat>(ListChats{});
  REQUIRE(!chats.empty());
  std::size_t visitors = 0;
  for (const Chat& one : chats) {
    CAPTURE(one.id.text);
    const auto alone = pair.connector.get<Ref<Chat>>(GetChatContact{one.id, {}});
    CHECK(*alone == one);
    CHECK(test::print(written(one)) == test::print(pair.contact(one.id.text)));
    const Visitor visitor = enghouse::to_visitor(one);
    CHECK(*pair.connector.get<Ref<Visitor>>(GetVisitor{visitor.id, {}}) == visitor);
    CHECK(pair.connector.get<List<Channel>>(ListContactChannels{{visitor.id.text}}).size() == 1);
    ++visitors;
  }
  CHECK(pair.connector.list<Visitor>(ListVisitors{}).size() == visitors);
  const List<Agent> agents = pair.connector.list<Agent>(ListAgents{});
  REQUIRE(!agents.empty());
  for (const Agent& one : agents) CHECK(*pair.connector.get<Ref<Agent>>(GetAgent{one.id}) == one);
}

TEST_CASE("enghouse connector on our facade: records that do not exist, and wrong credentials" *
          doctest::skip(!with_store)) {
  Pair pair;
  const String nobody = "00000000-0000-4000-8000-000000000001";
  CHECK(pair.connector.refused(GetChatContact{{nobody}, {}}).code == Code::no_such_chat);
  CHECK(pair.connector.refused(GetVisitor{{nobody}, {}}).code == Code::no_such_visitor);
  CHECK(pair.connector.refused(GetAgent{{nobody}}).code == Code::no_such_agent);
  CHECK(pair.connector.get<List<Channel>>(ListContactChannels{{nobody}}).empty());
  config::Backend wrong = Pair::settings(pair.facade.port());
  wrong.own.edit<parley::enghouse::BackendAuth>().token.value = "no";
  CHECK(test::Connected(wrong).refused(ListChats{}).code == Code::upstream_denied);
}

TEST_CASE("enghouse connector on our facade: ids of every kind come back" * doctest::skip(!with_store)) {
  contract::Records records;
  for (const char* id : {"11111111-2222-4333-8444-555555555555", "vp3D9H8ud6HYvRpvq", "5c6e700404445e26d8dbeee1",
                         "CHAT_DEFAULT_11111111-2222-4333-8444-555555555555", "a b@c+d", "\xc3\xa9"}) {
    Chat& chat = records.chats.emplace_back();
    chat.id.text = id;
    chat.state = ChatState::active;
    chat.visitor.text = String(id) + "v";
    Participant& starter = chat.participants.emplace_back();
    starter.id = chat.visitor.text;
    starter.name = "Ann";
  }
  Pair pair(records);
  CHECK(pair.connector.list<Chat>(ListChats{}).size() == records.chats.size());
  for (const Chat& one : records.chats) {
    CAPTURE(one.id.text);
    CHECK(pair.connector.get<Ref<Chat>>(GetChatContact{one.id, {}})->id == one.id);
    CHECK(pair.connector.get<Ref<Visitor>>(GetVisitor{one.visitor, {}})->last_chat == one.id);
    // The id as a facade that has only guids shows it.
    const ChatId shown{ids::from_guid(ids::to_guid(one.id.text))};
    CHECK(pair.connector.get<Ref<Chat>>(GetChatContact{shown, {}})->id == one.id);
  }
}
