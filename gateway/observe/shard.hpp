// What one worker notes about what it does: written by its thread, without locks, and read by whoever scrapes.
#pragma once

#include <memory>

#include "gateway/observe/access_log.hpp"
#include "gateway/observe/counter.hpp"
#include "gateway/observe/loss_counts.hpp"
#include "gateway/observe/series.hpp"
#include "gateway/observe/trace.hpp"

namespace parley::gateway::observe {

/// But for the counts, used on its worker's thread only.
struct Shard {
  /// Of a worker that nobody observes: counts for itself, and writes no log.
  Shard() : losses(std::make_shared<LossNames>()) {}
  Shard(std::size_t number, std::shared_ptr<LossNames> names, std::shared_ptr<LineFile> file, Series& rest)
      : worker(number), losses(std::move(names)), access(std::move(file)), unrouted(&rest) {}

  std::size_t worker = 0;  ///< its place in each series
  WorkerCounters counters;
  LossCounts losses;
  AccessLines access;
  Tracer tracer;
  Series* unrouted = nullptr;  ///< of requests that are no route's
};

}  // namespace parley::gateway::observe
