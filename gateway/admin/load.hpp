// POST /load: stores documents while the gateway serves the store.
#pragma once

#include "gateway/admin/server.hpp"
#include "gateway/runtime/gateway.hpp"

namespace parley::gateway::admin {

/// `POST /load?backend=NAME&from=STYLE:SHAPE`, or `from=canonical:dump`. The body holds documents as `parley load` takes them, at most 6 MiB. Either all
/// documents of a request are stored or none. Answers: 200 and the number of records of each kind as JSON; 422 and the place of
/// the first fault; 404 for an unknown backend; 400 for an unknown shape; 502 if the backend is not a store, or cannot store at
/// the moment. `gateway` must outlive the page.
[[nodiscard]] Page load_page(const runtime::Gateway& gateway);

}  // namespace parley::gateway::admin
