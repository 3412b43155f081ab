// The counters and logs of one worker. Its thread writes them without locks; a scrape reads them.
#pragma once

#include <memory>

#include "gateway/observe/access_log.hpp"
#include "gateway/observe/counter.hpp"
#include "gateway/observe/loss_counts.hpp"
#include "gateway/observe/series.hpp"
#include "gateway/observe/trace.hpp"

namespace parley::gateway::observe {

/// Used on its worker's thread only, except the counts.
struct Shard {
  /// For a worker without an observer: it counts, but writes no log.
  Shard() : losses(std::make_shared<LossNames>()) {}
  Shard(std::size_t number, std::shared_ptr<LossNames> names, std::shared_ptr<LineFile> file, Series& rest)
      : worker(number), losses(std::move(names)), access(std::move(file)), unrouted(&rest) {}

  std::size_t worker = 0;  ///< index of the worker in each series
  WorkerCounters counters;
  LossCounts losses;
  AccessLines access;
  Tracer tracer;
  Series* unrouted = nullptr;  ///< for requests that belong to no route
};

}  // namespace parley::gateway::observe
