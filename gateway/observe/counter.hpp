// Counters of a worker that belong to no route.
#pragma once

#include "adapters/contract/counter.hpp"

namespace parley::gateway::observe {

using contract::Counter;

/// Counters beside those of the answers. Incremented on the worker's thread only.
struct WorkerCounters {
  Counter connections_accepted;
  Counter connections_closed;
  Counter connections_refused;        ///< closed at once: too many of them, or no memory left
  Counter requests_refused_overload;  ///< 503: in flight, queue or memory at their bounds
  Counter requests_rate_limited;      ///< 429
  Counter answers_too_large;          ///< larger than `limits.answer`
  Counter tls_handshakes_failed;      ///< handshakes that the client began
  Counter tls_plain_http;             ///< HTTP without TLS, on a listener with TLS
  Counter logins_failed;              ///< wrong credentials in a vendor's login call
  Counter credentials_refused;        ///< missing or wrong ones, where no login is asked for
  Counter timeouts;                   ///< connections ended because the client was too slow
};

}  // namespace parley::gateway::observe
