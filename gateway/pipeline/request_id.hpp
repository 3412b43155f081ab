// The request id on routes with `request_id`: client, access log and upstreams all see the same one.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// The request's id: the client's `X-Request-Id`, if that is one header of 1 to 128 visible ASCII characters, else a new id.
/// Empty if the route has no `request_id`. Valid as long as the request.
[[nodiscard]] std::string_view request_id_of(Exchange& x);

/// Adds `X-Request-Id` to a complete answer, if the route has `request_id`.
void add_request_id(Exchange& x);

}  // namespace parley::gateway::pipeline
