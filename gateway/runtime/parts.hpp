// What a gateway is made of: for gateway.cpp, which starts and ends it, and reload.cpp, which changes it.
#pragma once

#include <latch>
#include <mutex>

#include "gateway/runtime/gateway.hpp"
#include "gateway/runtime/revision.hpp"
#include "gateway/runtime/worker.hpp"

namespace parley::gateway {

/// In the order in which they are made; see ~Gateway for that of their end.
struct Gateway::Parts {
  Adapters adapters;
  std::unique_ptr<observe::Observer> observer;
  Reaper reaper;
  List<Activated> activated;
  std::mutex changing;  ///< held by whoever opens, reloads or stops: never by a worker
  Totals totals;
  List<std::unique_ptr<Worker>> workers;
  bool started = false;
  bool stopped = false;

  mutable std::mutex shown;  ///< held for moments: over what follows
  config::Settings settings;
  List<Listener> listeners;
  Backends backends;
  std::shared_ptr<const Revision> revision;
  std::chrono::system_clock::time_point since;

  /// Runs `what(worker, its number)` on each worker's thread and waits for all of them.
  template <class F>
  void on_all(F what) {
    if (!started) {
      for (std::size_t i = 0; i < workers.size(); ++i) what(*workers[i], i);
      return;
    }
    std::latch done(static_cast<std::ptrdiff_t>(workers.size()));
    for (std::size_t i = 0; i < workers.size(); ++i) {
      workers[i]->post([&, i] {
        what(*workers[i], i);
        done.count_down();
      });
    }
    done.wait();
  }

  /// Serves with other settings. With faults nothing has changed.
  config::Faults change(const config::Settings& next);
};

}  // namespace parley::gateway
