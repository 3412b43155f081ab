// The life of one connection: wait, serve, write, wait again.
#pragma once

#include "gateway/net/connection.hpp"

namespace parley::gateway::net {

/// Serves a connection until it ends. `context` must outlive the task.
contract::Task<void> run_session(WorkerContext& context, Accepted accepted);

}  // namespace parley::gateway::net
