// Whether a request is let in: is there an endpoint, may it be called so often, whose are the credentials.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway {

/// Finds the client, the endpoint and the principal. false: refused, or answered (OPTIONS); the reply is there.
[[nodiscard]] bool admit(Exchange& x);

/// Adds what every answer of the route carries, whatever it says: its rate limit, and which pages may read it. Once, when the
/// reply is ready otherwise.
void finish(Exchange& x);

}  // namespace parley::gateway
