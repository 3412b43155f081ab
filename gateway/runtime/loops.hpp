// Upstreams that are this gateway itself.
#pragma once

#include "gateway/runtime/check.hpp"

namespace parley::gateway::runtime {

/// Adds what is wrong with backends whose `url` is a listener of the same settings, in whatever spelling: a fault where a route that
/// answers there executes on that very backend, so that a request would go round for ever; else a warning. No name is looked up: of
/// names, `localhost`, this machine's own and the `host` of a route are known.
/// Backends whose adapter reads no `url` are passed over.
void check_loops(const config::Settings& settings, Adapters adapters, config::Faults& found);

}  // namespace parley::gateway::runtime
