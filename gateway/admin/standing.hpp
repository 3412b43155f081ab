// What the gateway knows of itself at the moment, for the metrics.
#pragma once

#include "gateway/observe/standing.hpp"
#include "gateway/runtime/control.hpp"

namespace parley::admin {

/// Gathered now. Any thread.
[[nodiscard]] observe::Standing standing_of(const gateway::Gateway& gateway, const gateway::Control& control);

}  // namespace parley::admin
