// Decides whether a request is admitted: is there an endpoint, is the rate limit kept, are the credentials right.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// Finds mount and endpoint of `x.request`. After an error `x.found.mount` is the route whose facade renders it, or nullptr.
/// Errors: those of Router::match; malformed_request.
Result<void> match(Exchange& x);

/// Finds the client, the endpoint and the principal. Returns false if the request is refused or already answered (OPTIONS, the
/// index); the reply is complete then.
[[nodiscard]] bool admit(Exchange& x);

/// Call it before a login is answered. Returns false, and refuses, if the client has failed too often; right credentials do not
/// help. Returns true for an endpoint that is not a login.
[[nodiscard]] bool may_log_in(Exchange& x);

/// Counts a failed login if `error` is about its credentials. Returns false, and refuses, if the client has failed too often
/// now.
[[nodiscard]] bool count_failure(Exchange& x, const Error& error);

/// Adds the headers that every answer of the route has: rate limit, request id and CORS. The reply is complete then.
void finish(Exchange& x);

}  // namespace parley::gateway::pipeline
