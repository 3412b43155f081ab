// POST /load: documents for a store that is being served.
#pragma once

#include "gateway/admin/server.hpp"
#include "gateway/runtime/gateway.hpp"

namespace parley::gateway::admin {

/// `POST /load?backend=NAME&from=STYLE:SHAPE` with documents as `parley load` takes them, in pieces of at most 6 MiB. All documents of
/// a request are stored, or none: 200 and how many records of each kind as JSON; 422 and the first fault with its place; 404 an
/// unknown backend; 400 an unknown shape; 502 a backend that stores nothing, or cannot at the moment. The gateway outlives it.
[[nodiscard]] Page load_page(const runtime::Gateway& gateway);

}  // namespace parley::gateway::admin
