// SetAgentStatus.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// The agent; nullptr if there is none.
const Stored<Agent>* gather(const SetAgentStatus& operation, Gathered& gathered);

/// The agent after the change. Errors: no_such_agent.
Result<Decision> decide(const SetAgentStatus& operation, const Stored<Agent>* agent, const DecisionContext& context);

}  // namespace parley::store
