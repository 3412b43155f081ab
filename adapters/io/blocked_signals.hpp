// For starting threads, and for what has to be ready before a signal comes: signals are the main thread's.
#pragma once

#include <pthread.h>

#include <csignal>

namespace parley::io {

/// While one lives, this thread blocks signals, and a thread that it starts blocks them for ever. One that comes meanwhile is
/// heard afterwards.
class BlockedSignals {
 public:
  /// All of them.
  BlockedSignals() noexcept {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  /// That one.
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
