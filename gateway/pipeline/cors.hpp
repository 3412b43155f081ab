// Which pages of other origins may call a route, as its configuration says.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// Answers a browser that asks whether a page may call: `methods` are those of the path. false: nothing was done, as nobody asks
/// that, or the route leaves it to its vendor.
bool answer_preflight(Exchange& x, std::string_view methods);

/// Adds to a ready answer what lets the pages of allowed origins read it. Nothing where the route leaves it to its vendor.
void add_cors(Exchange& x);

}  // namespace parley::gateway::pipeline
