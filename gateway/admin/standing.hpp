// Reads the current values that the metrics show beside the counters.
#pragma once

#include "gateway/observe/standing.hpp"
#include "gateway/runtime/control.hpp"

namespace parley::gateway::admin {

/// Current load, limits, certificates and configuration. Any thread.
[[nodiscard]] observe::Standing standing_of(const runtime::Gateway& gateway, const runtime::Control& control);

}  // namespace parley::gateway::admin
