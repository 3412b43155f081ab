// An accepted connection, before its worker serves it.
#pragma once

#include <cstddef>
#include <memory>

#include "adapters/io/stream.hpp"
#include "gateway/limit/connection_limiter.hpp"
#include "gateway/limit/scoped_count.hpp"

namespace parley::gateway::net {

struct Accepted {
  io::Descriptor socket;  ///< non-blocking
  std::size_t listener = 0;
  String peer;
  limit::ConnectionLimiter::Place place;
  limit::ScopedCount counted;           ///< in `open` of the worker that serves it
  std::shared_ptr<io::TlsServers> tls;  ///< of its listener; nullptr = plain HTTP
};

}  // namespace parley::gateway::net
