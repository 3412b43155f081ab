// The page /state: what is served, with which limits, and how the upstreams are.
#pragma once

#include <chrono>

#include "gateway/admin/server.hpp"
#include "gateway/runtime/control.hpp"

namespace parley::gateway::admin {

/// JSON without a secret; README.md says what is in it. `started`: when the process did.
[[nodiscard]] Answer show_state(const runtime::Gateway& gateway, const runtime::Control& control,
                                std::chrono::system_clock::time_point started);

}  // namespace parley::gateway::admin
