// What reads ask for, refuse and show.
#include "adapters/store/rules/reads.hpp"

#include "tests/adapters/store/decisions.hpp"

using namespace parley;
using namespace parley::store;
using namespace parley::store::test;

TEST_CASE("reads refuse a record that does not exist, and a chat that has ended") {
  CHECK(decide(GetVisitor{}, nullptr).error().code == Code::no_such_visitor);
  CHECK(decide(GetAgent{}, nullptr).error().code == Code::no_such_agent);
  CHECK(decide(GetChatContact{}, {}).error().code == Code::no_such_chat);
  CHECK(std::get<List<Channel>>(*decide(ListContactChannels{}, nullptr)).empty());
  Chat over;
  over.state = ChatState::ended;
  const Stored<Chat> chat = stored(over);
  CHECK(decide(GetChatContact{}, {&chat, {}}).error().code == Code::no_such_chat);
  CHECK(decide(GetChatContact{.ended_too = true}, {&chat, {}}).has_value());
  CHECK(decide(GetChatContact{.ended_too = true}, {}).error().code == Code::no_such_chat);
}

TEST_CASE("a chat shows each participant's record; for an ended chat no people are asked for") {
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
