// What a route does about fields that an answer cannot carry.
#pragma once

#include "gateway/pipeline/exchange.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::pipeline {

/// The names of the lost members, each once, comma-separated, cut short after some hundred bytes; visible ASCII only.
[[nodiscard]] String list_losses(const shape::Losses& losses);

/// The refusal of a `lossless` route. `losses` must not be empty.
[[nodiscard]] Error lossy(const shape::Losses& losses);

/// Whether a request can be answered with `outcome`, and nothing is lost where its call is lossless: asked before a write is
/// committed. Any thread. Errors: lossy, or what showing it gave.
[[nodiscard]] Result<void> vet(const Exchange& x, const Outcome& outcome);

}  // namespace parley::gateway::pipeline
