// Whether a request is let in: is there an endpoint, may it be called so often, whose are the credentials.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// Finds mount and endpoint of `x.request`. After an error `x.found.mount` is the one in whose voice it is refused. Errors: those of
/// Router::match; malformed_request.
Result<void> match(Exchange& x);

/// Finds the client, the endpoint and the principal. false: refused, or answered (OPTIONS); the reply is there.
[[nodiscard]] bool admit(Exchange& x);

/// Before a login is answered: whether its client has not failed too often, with whatever it comes now. false: refused. True of
/// what is no login.
[[nodiscard]] bool may_log_in(Exchange& x);

/// Counts a login that ended with `error`, where that is about its credentials. false: refused, as it was one too many.
[[nodiscard]] bool count_failure(Exchange& x, const Error& error);

/// Adds what every answer of the route carries, whatever it says: its rate limit, the request's id, and which pages may read it. The
/// reply is ready then.
void finish(Exchange& x);

}  // namespace parley::gateway::pipeline
