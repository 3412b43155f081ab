// Finds upstreams that are this gateway itself.
#pragma once

#include "gateway/runtime/check.hpp"

namespace parley::gateway::runtime {

/// Reports backends whose `url` is a listener of the same settings, however it is spelt. It is a fault if a route there uses
/// this very backend, since a request would loop for ever, or if it is the admin listener; otherwise a warning. Looks up no
/// name in DNS. It knows `localhost`, the machine's own name and the `host` of routes. Ignores backends whose adapter reads no
/// `url`.
void check_loops(const config::Settings& settings, Adapters adapters, config::Faults& found);

}  // namespace parley::gateway::runtime
