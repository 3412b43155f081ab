// Executing an operation: how often it asks the store, and what its decision depends on.
#include "adapters/store/execute.hpp"

#include "tests/adapters/store/decisions.hpp"
#include "tests/adapters/store/memory_transaction.hpp"

namespace parley::store::test {
namespace {

/// How often an operation asks the store.
int rounds_of(const Operation& operation, MemoryTransaction& records) {
  records.rounds = 0;
  if (writes(kind_of(operation))) {
    CHECK(execute(operation, records, fixed(), {}).has_value());
  } else {
    Gathered gathered;
    CHECK(read(operation, records, gathered).has_value());
  }
  return records.rounds;
}

Decision decided(const Operation& operation, MemoryTransaction& records, Gathered& gathered) {
  while (gather_for(operation, gathered)) REQUIRE(records.gather(gathered).has_value());
  return made(decision_for(operation, gathered, fixed()));
}

}  // namespace

TEST_CASE("an operation needs at most three rounds") {
  MemoryTransaction records;
  records.agents.push_back({1, agent_named("agent", "A", "Online")});
  RegisterVisitor registering = registration("t");
  registering.email = "t@x.example";
  registering.phone = "1";
  registering.id.text = "id";
  OpenChat open = opening("t");
  open.agent.text = "agent";
  SetVisitorVariables variables;
  variables.token = "t";
  RecordPageVisit page = page_of("t", "https://x.example/");
  struct Case {
    const char* name;
    Operation operation;
    int rounds;
  };
  for (const Case& one : std::initializer_list<Case>{{"a new visitor", registering, 2},
                                                     {"a known visitor", registering, 1},
                                                     {"a new chat", open, 3},
                                                     {"an open chat", open, 3},
                                                     {"variables", variables, 1},
                                                     {"a page", page, 1},
                                                     {"an agent's status", status_for("agent", "Away"), 1},
                                                     {"a visitor", by_token("t"), 1}}) {
    CAPTURE(one.name);
    CHECK(rounds_of(one.operation, records) == one.rounds);
  }
  CHECK(rounds_of(contact_of(records.chats.at(0).value.id.text), records) == 2);
}

TEST_CASE("the same records and context give the same decision") {
  MemoryTransaction records;
  Gathered gathered;
  const Operation operation = registration("t");
  const Decision first = decided(operation, records, gathered);
  const Decision again = made(decision_for(operation, gathered, fixed()));
  CHECK(*std::get<Ref<Visitor>>(first.outcome) == *std::get<Ref<Visitor>>(again.outcome));
  CHECK(first.changes.size() == again.changes.size());
  CHECK(records.visitors.empty());
}

TEST_CASE("after a conflict, gathering and deciding again gives the right result") {
  MemoryTransaction records;
  const Operation operation = registration("t");
  Gathered before;
  CHECK(change_of<Put<Visitor>>(decided(operation, records, before))->before == nullptr);
  // Another gateway registers the same visitor, so a commit of the decision above would fail.
  REQUIRE(execute(operation, records, fixed(), {}).has_value());
  Gathered after;
  const Decision decision = decided(operation, records, after);
  REQUIRE(change_of<Put<Visitor>>(decision)->before != nullptr);
  REQUIRE(records.apply(decision.changes).has_value());
  CHECK(records.visitors.size() == 1);
}

}  // namespace parley::store::test
