// The parts of a gateway, for gateway.cpp, which starts and stops it, and reload.cpp, which changes it.
#pragma once

#include <mutex>

#include "gateway/runtime/gateway.hpp"
#include "gateway/runtime/revision.hpp"
#include "gateway/runtime/worker.hpp"

namespace parley::gateway::runtime {

/// In the order in which they are made; see ~Gateway for the order of their end.
struct Gateway::Parts {
  Adapters adapters;
  std::unique_ptr<observe::Observer> observer;
  BackendDisposer disposer;
  List<Activated> activated;
  std::mutex changing;  ///< held during open, reload and stop; never by a worker
  limit::SharedLimits totals;
  List<std::unique_ptr<Worker>> workers;
  bool started = false;
  bool stopped = false;

  mutable std::mutex shown;  ///< held briefly; guards the members below
  config::Settings settings;
  List<Listener> listeners;
  Backends backends;
  std::shared_ptr<const pipeline::Revision> revision;
  std::chrono::system_clock::time_point since;

  /// Runs `what(worker, number)` on each worker's thread and waits for all. `what` must not throw. Allocates nothing. Returns
  /// false if the gateway is stopping and a worker did not run it before the deadline.
  template <class F>
  bool on_all(F what) {
    if (!started) {
      for (std::size_t i = 0; i < workers.size(); ++i) what(*workers[i], i);
      return true;
    }
    struct Task {
      F& what;
      List<std::unique_ptr<Worker>>& workers;
    } task{what, workers};
    const auto call = [](void* given, std::size_t i) {
      const Task& task = *static_cast<Task*>(given);
      task.what(*task.workers[i], i);
    };
    for (std::size_t i = 0; i < workers.size(); ++i) workers[i]->begin(call, &task, i);
    bool all = true;
    for (const std::unique_ptr<Worker>& worker : workers) all = worker->finish() && all;
    return all;
  }

  [[nodiscard]] std::chrono::milliseconds grace() const {
    const std::lock_guard lock(shown);
    return settings.server.grace;
  }

  /// Serves with other settings. If it returns faults, nothing has changed.
  config::Faults change(const config::Settings& next);
};

}  // namespace parley::gateway::runtime
