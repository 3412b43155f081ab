// What connectors tell, in the operators' log.
#pragma once

#include <memory>

#include "adapters/contract/upstream_news.hpp"

namespace parley::gateway::observe {

/// Writes each change of a breaker to the log: that it has opened is an error, that it stays open a warning.
[[nodiscard]] std::shared_ptr<contract::EventSink> upstream_events();

}  // namespace parley::gateway::observe
