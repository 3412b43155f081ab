// The id by which a client, the access log and upstreams speak of the same request, on routes with `request_id`.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// The request's id: what the client sent as `X-Request-Id` where that is one header of 1 to 128 visible ASCII characters,
/// else a new one. Empty where the route does not ask for ids. Lives as long as the request.
[[nodiscard]] std::string_view request_id_of(Exchange& x);

/// Adds `X-Request-Id` to a ready answer, where the route asks for it.
void add_request_id(Exchange& x);

}  // namespace parley::gateway::pipeline
