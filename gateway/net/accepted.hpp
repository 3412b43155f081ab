// A connection that was accepted, on its way to the worker that serves it.
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
  limit::ScopedCount counted;           ///< by the worker that it goes to
  std::shared_ptr<io::TlsServers> tls;  ///< of its listener; none = plain
};

}  // namespace parley::gateway::net
