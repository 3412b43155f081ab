// The page /state: what is served, with which limits, and how the upstreams are.
#pragma once

#include <chrono>

#include "gateway/admin/server.hpp"
#include "gateway/runtime/control.hpp"

namespace parley::admin {

/// JSON without a secret; README.md says what is in it. `started`: when the process did.
[[nodiscard]] Answer show_state(const gateway::Gateway& gateway, const gateway::Control& control,
                                std::chrono::system_clock::time_point started);

}  // namespace parley::admin
