// The pages about the gateway itself: alive, ready, what it serves with, and the order to read its configuration again.
#pragma once

#include "gateway/admin/server.hpp"
#include "gateway/runtime/control.hpp"

namespace parley::admin {

/// GET /healthz, GET /readyz, GET /state, POST /reload. Gateway and control outlive the pages.
[[nodiscard]] List<Page> pages(const gateway::Gateway& gateway, gateway::Control& control);

}  // namespace parley::admin
