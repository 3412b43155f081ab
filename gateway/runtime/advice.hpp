// Warnings about a configuration that is valid but probably not meant.
#pragma once

#include "gateway/runtime/check.hpp"

namespace parley::gateway::runtime {

/// Adds warnings, which do not prevent serving: no route; a backend that no route uses; trusted proxies that are a public
/// network; limits and time-outs that contradict each other; the path of a log or store that looks like something else; a
/// prefix that repeats the vendor's own path; keys that have no effect where they stand. Faults instead of warnings: a URL as
/// the path of a log or store, and a key below `auth` without effect. Warnings about keys need a file. What is a fault in
/// `found` already is not reported again.
void advise(const config::Settings& settings, Adapters adapters, config::Faults& found);

}  // namespace parley::gateway::runtime
