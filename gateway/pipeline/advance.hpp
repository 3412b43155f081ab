// The life of a request: let in, its body read and decoded, executed, encoded.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// What a request waits for.
enum class Next : std::uint8_t {
  answered,  ///< nothing: the reply is ready; an incomplete body was not needed
  source,    ///< the same, but that the reply's source makes its body, while the exchange lives
  upgrade,   ///< the same, and behind the reply the connection speaks the reply's upgrade
  body,      ///< all of its body: then `x.body` is complete, or the request refused
  backend,   ///< `ask_backend`
};

/// Takes a request as far as it goes without waiting. Called again after what it waited for. Where the store has the record at hand,
/// the first call answers. Throws only where the route's facade throws from `render`.
[[nodiscard]] Next advance(Exchange& x);

/// Waits for the backend: then the outcome is there, or the request is refused. `x` must outlive it.
contract::Task<void> ask_backend(Exchange& x);

}  // namespace parley::gateway::pipeline
