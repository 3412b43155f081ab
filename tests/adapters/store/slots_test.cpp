// A change of any record that an answer is made of touches a slot of the answer.
#include "adapters/store/slots.hpp"

#include <algorithm>

#include "adapters/store/execute.hpp"
#include "tests/adapters/store/decisions.hpp"
#include "tests/adapters/store/memory_transaction.hpp"

using namespace parley;
using namespace parley::store;
using namespace parley::store::test;

namespace {

/// A chat of a visitor and an agent, both with free-text ids.
MemoryTransaction lively() {
  MemoryTransaction records;
  records.agents.push_back({1, agent_named("an agent", "A", "Online")});
  records.visitors.push_back({1, visitor_named("a visitor", "t")});
  records.visitors.push_back({2, visitor_named("other", "u")});
  Chat chat;
  chat.id.text = "a chat";
  chat.visitor.text = "a visitor";
  chat.participants.resize(2);
  chat.participants[0].id = "a visitor";
  chat.participants[1].id = ids::format(ids::to_guid("an agent"));
  chat.participants[1].is_agent = true;
  records.chats.push_back({1, chat});
  return records;
}

Dependencies dependencies(const Operation& operation, MemoryTransaction& records) {
  Gathered gathered;
  REQUIRE(read(operation, records, gathered).has_value());
  return dependencies_of(gathered);
}

std::vector<Slot> touched_by(const Operation& operation) {
  MemoryTransaction records = lively();
  REQUIRE(execute(operation, records, fixed(), {}).has_value());
  return records.touched;
}

bool meet(const std::vector<Slot>& some, const std::vector<Slot>& others) {
  return std::any_of(some.begin(), some.end(),
                     [&others](Slot slot) { return std::find(others.begin(), others.end(), slot) != others.end(); });
}

}  // namespace

TEST_CASE("a change touches the answers that show it, and no others") {
  MemoryTransaction records = lively();
  const String agent_guid = ids::format(ids::to_guid("an agent"));
  GetAgent get_agent;
  get_agent.agent.text = agent_guid;
  const auto chat = dependencies(contact_of("a chat"), records);
  const auto visitor = dependencies(by_token("t"), records);
  const auto other = dependencies(by_id("other"), records);
  const auto agent = dependencies(get_agent, records);
  CHECK(chat.bytes == 3);
  CHECK(visitor.bytes == 1);

  const auto renaming = touched_by(registration("t"));
  CHECK(meet(renaming, chat.slots));
  CHECK(meet(renaming, visitor.slots));
  CHECK_FALSE(meet(renaming, other.slots));
  CHECK_FALSE(meet(renaming, agent.slots));

  const auto status = touched_by(status_for("an agent", "Away"));
  CHECK(meet(status, chat.slots));
  CHECK(meet(status, agent.slots));
  CHECK_FALSE(meet(status, visitor.slots));
}

TEST_CASE("an answer depends on a participant who has no record yet") {
  MemoryTransaction records = lively();
  records.chats[0].value.participants.emplace_back().id = "to come";
  RegisterVisitor coming = registration("v");
  coming.id.text = "to come";
  CHECK(meet(touched_by(coming), dependencies(contact_of("a chat"), records).slots));
}

TEST_CASE("a visitor found by id as a token depends on the visitors with that token") {
  MemoryTransaction records;
  records.visitors.push_back({1, visitor_named("bare")});
  CHECK(meet(touched_by(registration("bare")), dependencies(by_token("bare"), records).slots));
}
