// The pages about the gateway itself: health, readiness, state and metrics; and two commands: reload and log level.
#pragma once

#include "gateway/admin/server.hpp"
#include "gateway/runtime/control.hpp"

namespace parley::gateway::admin {

/// GET /healthz, /readyz, /state, /metrics and /log; POST /reload and /log. `gateway` and `control` must outlive the pages.
[[nodiscard]] List<Page> pages(const runtime::Gateway& gateway, runtime::Control& control);

}  // namespace parley::gateway::admin
