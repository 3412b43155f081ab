// Executes one operation for an operator's command, beside the workers.
#pragma once

#include "adapters/contract/backend.hpp"

namespace parley::gateway::runtime {

/// Opens a session of its own and waits for the answer. Any thread but a worker's. Errors: those of the operation.
[[nodiscard]] Result<Outcome> run_operation(contract::Backend& backend, const Operation& operation);

}  // namespace parley::gateway::runtime
