// The limits that all workers share, and the name by which upstreams know the gateway.
#pragma once

#include "gateway/limit/connection_limiter.hpp"
#include "gateway/limit/memory.hpp"
#include "schemas/text.hpp"

namespace parley::gateway::limit {

/// One for the process; outlives the workers.
struct SharedLimits {
  std::size_t workers = 1;  ///< the number of workers
  ConnectionLimiter connections;
  Memory memory;
  String hop;  ///< the name that upstreams see in `Via`; made at the start
};

}  // namespace parley::gateway::limit
