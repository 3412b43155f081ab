// Sockets that systemd has opened before it started us (socket activation).
#pragma once

#include "adapters/io/descriptor.hpp"
#include "config/settings.hpp"

namespace parley::gateway::runtime {

struct Activated {
  config::Endpoint endpoint;  ///< where it is bound
  io::Descriptor socket;      ///< listens, does not block
};

/// The listening TCP sockets among those that LISTEN_FDS counts, if LISTEN_PID means this process; `first` is where they begin.
/// The variables are unset, so that no child takes them for its own. Sockets of other kinds are left alone.
[[nodiscard]] List<Activated> take_activated(int first = 3);

}  // namespace parley::gateway::runtime
