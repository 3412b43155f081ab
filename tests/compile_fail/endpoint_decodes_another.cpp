// A row of an endpoint table that names another operation than its decoder makes.
// EXPECT: an endpoint decodes another operation than its row says
#include "tests/compile_fail/small_facade.hpp"

namespace parley::contract {

constexpr Endpoint wrong = endpoint<ListAgents, &get_agent, &show_agent>({.pattern = "/agents/:id"});

}  // namespace parley::contract
