// Blocks signals while threads start, and while code prepares for a signal. Only the main thread handles signals.
#pragma once

#include <pthread.h>

#include <csignal>

namespace parley::io {

/// Blocks signals for this thread during its lifetime (RAII). Threads started meanwhile keep them blocked for ever. A
/// signal that arrives meanwhile is delivered afterwards.
class BlockedSignals {
 public:
  /// Blocks all signals.
  BlockedSignals() noexcept {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  /// Blocks this one signal.
  explicit BlockedSignals(int number) noexcept {
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, number);
    pthread_sigmask(SIG_BLOCK, &one, &before_);
  }
  ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace parley::io
