// The positive control for contracts: the code of the other files, without a mistake. It must compile; if it does not,
// the other files fail for a different reason than they claim.
#include "tests/compile_fail/operations.hpp"
#include "tests/compile_fail/ping.hpp"
#include "tests/compile_fail/small_facade.hpp"

namespace parley::contract {

static_assert(OperationList<Ping>::count == 1 && OperationList<Ping>::facts[0].name == "Ping");

struct Complete : Refusing {
  int operator()(const GetAgent&) const { return 1; }
  int operator()(const ListAgents&) const { return 2; }
};
int run(const Operation& operation) { return dispatch<few>(operation, Complete{}); }

struct Document {
  template <class Answer>
  Result<void> operator()(const Answer&) const {
    return {};
  }
};
Result<void> show(const Outcome& outcome) { return encode_any(outcome, Document{}); }

constexpr Endpoint rows[] = {endpoint<GetAgent, &get_agent, &show_agent>({.pattern = "/agents/:id"}),
                             endpoint<ListAgents, &list_agents, &show_agents>({.pattern = "/agents"})};
static_assert(rows[1].operation == operation_kind<ListAgents>);

}  // namespace parley::contract
