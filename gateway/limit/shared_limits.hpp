// The limits that all workers share, and the name by which upstreams know the gateway.
#pragma once

#include "gateway/limit/connection_limiter.hpp"
#include "gateway/limit/memory.hpp"
#include "schemas/text.hpp"

namespace parley::gateway::limit {

/// One for the process; outlives the workers.
struct SharedLimits {
  std::size_t workers = 1;  ///< how many share them
  ConnectionLimiter connections;
  Memory memory;
  String hop;  ///< how the gateway calls itself to upstreams, from its start to its end
};

}  // namespace parley::gateway::limit
