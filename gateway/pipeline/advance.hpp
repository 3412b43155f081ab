// The life of a request: admit it, read and decode its body, execute it, encode the answer.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// What a request waits for.
enum class Next : std::uint8_t {
  answered,  ///< nothing: the reply is complete; the body, if incomplete, was not needed
  source,    ///< nothing, but the reply's source makes the body; keep the exchange meanwhile
  upgrade,   ///< nothing; after the reply the connection speaks the protocol of its upgrade
  body,      ///< the whole body: set `x.body`, or refuse the request
  pieces,    ///< the pieces of the body: call the functions of receiving.hpp, or refuse the request
  backend,   ///< the backend: call `ask_backend`
};

/// Takes a request as far as possible without waiting, and returns what it waits for. Call it again after the wait. If the
/// store has the record in memory, the first call completes the answer. Throws only if the facade's `render` throws.
[[nodiscard]] Next advance(Exchange& x);

/// Asks the backend and waits for it. Sets the outcome, or refuses the request. `x` must outlive the task.
contract::Task<void> ask_backend(Exchange& x);

}  // namespace parley::gateway::pipeline
