// One request, served: match, admit, read the body, decode, execute, encode.
#pragma once

#include "gateway/net/body_reader.hpp"
#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway {

/// Fills `x.reply` with the answer or a refusal. `x.request` holds method, target, headers and peer. May leave the body
/// unread; leaves no answer when the body was lost. Throws only where a facade or backend breaks its contract.
adapters::Task<void> serve(Exchange& x, BodyReader& body);

}  // namespace parley::gateway
