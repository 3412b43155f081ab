// What a route does about fields that an answer cannot carry.
#pragma once

#include "adapters/contract/facade.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::pipeline {

/// The names of the lost members, each once, comma-separated, cut short after some hundred bytes; visible ASCII only.
[[nodiscard]] String list_losses(const shape::Losses& losses);

/// The refusal of a `lossless` route. `losses` must not be empty.
[[nodiscard]] Error lossy(const shape::Losses& losses);

/// Whether `facade` can answer with `outcome`, and lose nothing where `lossless` is set: asked before a write is committed.
/// Any thread. Errors: lossy, or what encoding gave.
[[nodiscard]] Result<void> vet(const contract::Facade& facade, const Outcome& outcome, const http::Request& request,
                               bool lossless);

}  // namespace parley::gateway::pipeline
