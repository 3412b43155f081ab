// The loss policy of a route: what happens to fields that an answer cannot carry.
#pragma once

#include "gateway/pipeline/exchange.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::pipeline {

/// The names of the lost members: each once, comma-separated, in visible ASCII, cut off after about 512 bytes.
[[nodiscard]] String list_losses(const shape::Losses& losses);

/// The error of a `lossless` route. `losses` must not be empty. `written`: what the client wanted was done, and only the answer is
/// refused; the message says so.
[[nodiscard]] Error lossy(const shape::Losses& losses, bool written = false);

/// Checks that `outcome` can be encoded, and without loss if the call is lossless. Called before a write is committed, while the
/// exchange waits for it. Any thread. Errors: lossy, with the losses in `x.not_kept`; those of the encoder.
[[nodiscard]] Result<void> vet(Exchange& x, const Outcome& outcome);

}  // namespace parley::gateway::pipeline
