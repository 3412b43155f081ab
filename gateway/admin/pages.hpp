// The pages about the gateway itself: alive, ready, what it serves with and how it goes; and two orders: reload, log level.
#pragma once

#include "gateway/admin/server.hpp"
#include "gateway/runtime/control.hpp"

namespace parley::gateway::admin {

/// GET /healthz, /readyz, /state, /metrics and /log; POST /reload and /log. Gateway and control outlive the pages.
[[nodiscard]] List<Page> pages(const runtime::Gateway& gateway, runtime::Control& control);

}  // namespace parley::gateway::admin
