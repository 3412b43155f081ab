// What a change of an agent's status changes.
#include "adapters/store/rules/set_agent_status.hpp"

#include "tests/adapters/store/decisions.hpp"

using namespace parley;
using namespace parley::store;
using namespace parley::store::test;

TEST_CASE("only the agent's status changes") {
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
