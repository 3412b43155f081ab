// The page /state: what is served, the limits, and the state of each upstream.
#pragma once

#include <chrono>

#include "gateway/admin/server.hpp"
#include "gateway/runtime/control.hpp"

namespace parley::gateway::admin {

/// JSON without secrets; README.md describes its members. `started`: when the process started.
[[nodiscard]] Answer show_state(const runtime::Gateway& gateway, const runtime::Control& control,
                                std::chrono::system_clock::time_point started);

}  // namespace parley::gateway::admin
