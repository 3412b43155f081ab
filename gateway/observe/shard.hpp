// What one worker notes about what it does: written by its thread, without locks, and read by whoever scrapes.
#pragma once

#include "gateway/observe/counter.hpp"

namespace parley::observe {

struct Shard {
  WorkerCounters counters;
};

}  // namespace parley::observe
