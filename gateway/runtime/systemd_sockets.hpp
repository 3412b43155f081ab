// Socket activation: sockets that systemd opened before it started the process.
#pragma once

#include "adapters/io/descriptor.hpp"
#include "config/settings.hpp"

namespace parley::gateway::runtime {

struct Activated {
  config::Endpoint endpoint;  ///< the bound address
  io::Descriptor socket;      ///< listening, non-blocking
};

/// Takes the listening TCP sockets of LISTEN_FDS, if LISTEN_PID is this process. `first`: the number of the first descriptor.
/// Unsets the variables, so that no child process uses them. Does not touch other sockets.
[[nodiscard]] List<Activated> take_activated(int first = 3);

}  // namespace parley::gateway::runtime
