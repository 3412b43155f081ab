// Only the agent's own record changes: chats that show the agent read it again.
#include "adapters/store/rules/set_agent_status.hpp"

namespace parley::store {

const Stored<Agent>* gather(const SetAgentStatus& operation, Gathered& gathered) {
  return gathered.find(AgentKey{operation.agent.text});
}

Result<Decision> decide(const SetAgentStatus& operation, const Stored<Agent>* agent, const DecisionContext&) {
  if (agent == nullptr) return refusal(Code::no_such_agent, "no agent has this id");
  Agent changed = agent->value;
  changed.status = operation.status;
  const Ref<Agent> after(std::move(changed));
  return Decision{after, {Put<Agent>{agent, after}}};
}

}  // namespace parley::store
