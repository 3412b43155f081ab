// A connection that was accepted, on its way to the worker that serves it.
#pragma once

#include <cstddef>
#include <memory>

#include "adapters/io/stream.hpp"
#include "gateway/limit/counted.hpp"
#include "gateway/limit/crowd.hpp"

namespace parley::gateway {

struct Accepted {
  io::Descriptor socket;  ///< non-blocking
  std::size_t listener = 0;
  String peer;
  Crowd::Place place;
  Counted counted;                      ///< by the worker that it goes to
  std::shared_ptr<io::TlsServers> tls;  ///< of its listener; none = plain
};

}  // namespace parley::gateway
