// The metrics of a backend that calls two servers of its vendor: Prometheus allows each sample once.
#pragma once

#include "adapters/upstream/client.hpp"

namespace parley::upstream {

/// Adds the figures of both servers as those of one: `second` serves the calls to `first`, as a token host does. Counts, times and
/// connections are sums. The breaker is the one that lets fewer calls through. The quota is that of `first`. Any thread.
void measure_both(const Upstream& first, const Upstream& second, List<contract::Figure>& figures);
/// The same for the times of calls.
void measure_times_of_both(const Upstream& first, const Upstream& second, List<contract::Timing>& timings);

}  // namespace parley::upstream
