// CORS: which pages of other origins may call a route, as its configuration says.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// Answers a CORS preflight; `methods` are those of the path. Returns false, and does nothing, if the request is not a
/// preflight or the route's `cors` names no origins.
bool answer_preflight(Exchange& x, std::string_view methods);

/// Adds the CORS headers to a complete answer. Adds nothing if the route's `cors` names no origins.
void add_cors(Exchange& x);

}  // namespace parley::gateway::pipeline
