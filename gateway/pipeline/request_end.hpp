// The end of a request: it is counted, and written to the access log where there is one.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// Called once for each answer, when it is ready. `received` and `sent` are bytes of head and body. The timer of `x` goes on with the
/// next request that has come. Takes no lock, and no memory unless a log is written.
void note_end(Exchange& x, std::uint64_t received, std::uint64_t sent);

}  // namespace parley::gateway::pipeline
