// What a configuration may say and most likely does not mean.
#pragma once

#include "gateway/runtime/check.hpp"

namespace parley::gateway::runtime {

/// Adds warnings, which keep nothing from being served: no route, a backend that no route uses, proxies that are everybody, a prefix
/// that repeats the vendor's own path, a wait that is longer than the whole, keys that have no effect where they stand. The last two are
/// told of what stands in a file only. A key without effect below `auth` is a fault. What is a fault in `found` is not told again.
void advise(const config::Settings& settings, Adapters adapters, config::Faults& found);

}  // namespace parley::gateway::runtime
