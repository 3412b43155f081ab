// A row of an endpoint table whose encoder takes the answer of another operation.
// EXPECT: an endpoint's `encode` does not take the answer of its operation
#include "tests/compile_fail/small_facade.hpp"

namespace parley::contract {

constexpr Endpoint wrong = endpoint<ListAgents, &list_agents, &show_agent>({.pattern = "/agents"});

}  // namespace parley::contract
