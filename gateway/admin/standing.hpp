// What the gateway knows of itself at the moment, for the metrics.
#pragma once

#include "gateway/observe/standing.hpp"
#include "gateway/runtime/control.hpp"

namespace parley::gateway::admin {

/// Gathered now. Any thread.
[[nodiscard]] observe::Standing standing_of(const runtime::Gateway& gateway, const runtime::Control& control);

}  // namespace parley::gateway::admin
