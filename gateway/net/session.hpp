// The life of one connection: wait, serve what has come, write, wait again.
#pragma once

#include "gateway/net/connection.hpp"

namespace parley::gateway {

/// Serves a connection until it ends. `hub` must outlive it.
adapters::Task<void> run_session(Hub& hub, Accepted accepted);

}  // namespace parley::gateway
