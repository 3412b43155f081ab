// The end of a request: counts it and writes it to the access log, if there is one.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// Called once for each answer, when it is complete. `received` and `sent` are bytes of head and body. Restarts the timer of
/// `x` for the next pipelined request. Takes no lock, and allocates only if a log is written.
void note_end(Exchange& x, std::uint64_t received, std::uint64_t sent);

}  // namespace parley::gateway::pipeline
