// One request, served: match, admit, read the body, decode, execute, encode.
#pragma once

#include "gateway/net/body_reader.hpp"
#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// How far a request came without waiting.
enum class Progress : std::uint8_t { answered, needs_body, needs_backend };

/// The straight line, as far as it goes without waiting: a read that the store has at hand is answered here, with no coroutine
/// at all. `x.request` holds method, target, headers and peer; `x.reply` is the answer or refusal after `answered`, which may
/// leave the body unread. Throws only where a facade or backend breaks its contract.
[[nodiscard]] Progress serve(Exchange& x, net::BodyReader& body);

/// The rest of the line: reads the body, asks the backend. Leaves no answer when the body was lost.
contract::Task<void> serve_waiting(Exchange& x, net::BodyReader& body, Progress progress);

}  // namespace parley::gateway::pipeline
