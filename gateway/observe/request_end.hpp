// The end of a request: it is counted, and written to the access log where there is one.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::observe {

/// Called once for each answer, when it is ready. `received` and `sent` are bytes of head and body. The watch of `x`
/// goes on with the next request of the burst. On the worker's thread; no lock and no heap but where a log is written.
void note(pipeline::Exchange& x, Shard& shard, std::uint64_t received, std::uint64_t sent);

}  // namespace parley::gateway::observe
