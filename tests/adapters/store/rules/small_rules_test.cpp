// The rules of one look-up: variables, an agent's status, and what reads refuse.
#include "adapters/store/rules/reads.hpp"
#include "adapters/store/rules/set_agent_status.hpp"
#include "adapters/store/rules/set_visitor_variables.hpp"
#include "tests/adapters/store/decisions.hpp"

using namespace parley;
using namespace parley::store;
using namespace parley::store::test;

TEST_CASE("variables and fields are set by name, each in its own list") {
  Visitor before = visitor_named("ann", "t");
  before.attributes = {{"plan", "gold", "", AttributeKind::field, false},
                       {"plan", "1", "https://x.example", AttributeKind::variable, true}};
  const FoundVisitor ann = found(before);
  SetVisitorVariables set;
  set.variables = {{"plan", "silver", "", AttributeKind::field, false}};
  set.fields = {{"plan", "kept out", false}, {"size", "4", false}};
  const Decision decision = made(decide(set, &ann, fixed()));
  const Visitor& after = *change_of<Put<Visitor>>(decision)->after;
  CHECK(after.attributes == Attributes{{"plan", "gold", "", AttributeKind::field, false},
                                       {"plan", "silver", "", AttributeKind::variable, false},
                                       {"size", "4", "", AttributeKind::field, false}});
  CHECK(after.updated_at == now);

  const Decision nothing = made(decide(SetVisitorVariables{}, &ann, fixed()));
  CHECK(nothing.changes.empty());
  CHECK(*std::get<Ref<Visitor>>(nothing.outcome) == before);
  CHECK(decide(set, nullptr, fixed()).error().code == Code::no_such_visitor);
  set.fields = {{"large", String(1024 * 1024, 'x'), true}};
  CHECK(decide(set, &ann, fixed()).error().field == "attributes");
}

TEST_CASE("an agent's status is all that changes") {
  Agent before = agent_named("agent", "A", "Online");
  before.ongoing_chats = 3;
  const Stored<Agent> agent = stored(before);
  const Decision decision = made(decide(status_for("agent", "Away"), &agent, fixed()));
  const auto* put = change_of<Put<Agent>>(decision);
  before.status = "Away";
  CHECK(put->before == &agent);
  CHECK(*put->after == before);
  CHECK(decide(status_for("agent", "Away"), nullptr, fixed()).error().code == Code::no_such_agent);
}

TEST_CASE("reads refuse what is not there, and a chat that is over") {
  CHECK(decide(GetVisitor{}, nullptr).error().code == Code::no_such_visitor);
  CHECK(decide(GetAgent{}, nullptr).error().code == Code::no_such_agent);
  CHECK(decide(GetChatContact{}, {}).error().code == Code::no_such_chat);
  CHECK(std::get<List<Channel>>(*decide(ListContactChannels{}, nullptr)).empty());
  Chat over;
  over.state = ChatState::ended;
  const Stored<Chat> chat = stored(over);
  CHECK(decide(GetChatContact{}, {&chat, {}}).error().code == Code::no_such_chat);
}

TEST_CASE("a chat shows each participant by its record, and asks for no people of one that is over") {
  Chat record;
  record.id.text = "chat";
  record.visitor.text = "ann";
  record.participants.resize(3);
  record.participants[0].id = "ann";
  record.participants[1].id = "agent";
  record.participants[1].is_agent = true;
  record.participants[2].id = "stranger";
  record.participants[2].name = "Stranger";
  Visitor ann = visitor_named("ann", "t");
  ann.name = "Ann";
  ann.city = "Pavia";
  const Agent agent = agent_named("agent", "A", "Online");
  const Stored<Chat> chat = stored(record);
  const auto outcome = decide(GetChatContact{}, {&chat, {{&ann, nullptr}, {nullptr, &agent}, {}}});
  REQUIRE(outcome.has_value());
  const Chat& shown = *std::get<Ref<Chat>>(*outcome);
  CHECK(shown.participants[0].name == "Ann");
  CHECK(shown.participants[1].name == "A");
  CHECK(shown.participants[1].online);
  CHECK(shown.participants[2].name == "Stranger");
  CHECK(shown.call_data == Attributes{{"city", "Pavia", "", AttributeKind::variable, false}});

  for (const ChatState state : {ChatState::active, ChatState::ended}) {
    GetChatContact get;
    get.chat.text = "chat";
    Gathered gathered;
    gather(get, gathered);
    record.state = state;
    gathered.ask([&record](const auto& key, auto& place) {
      if constexpr (std::is_same_v<decltype(key), const ChatKey&>) place = stored(record);
    });
    gather(get, gathered);
    CHECK(gathered.wants() == (state == ChatState::active));
  }
}
