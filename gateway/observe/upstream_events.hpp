// Writes the events of connectors and stores to the operators' log.
#pragma once

#include <memory>

#include "adapters/contract/upstream_news.hpp"

namespace parley::gateway::observe {

/// The sink that logs each change of a breaker (error when it opens, warn when it stays open, else info), and what a store has removed
/// (info).
[[nodiscard]] std::shared_ptr<contract::EventSink> upstream_events();

}  // namespace parley::gateway::observe
