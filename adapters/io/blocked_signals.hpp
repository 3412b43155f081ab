// For starting threads: signals are the main thread's.
#pragma once

#include <pthread.h>

#include <csignal>

namespace parley::io {

/// While one lives, this thread blocks all signals, and a thread that it starts blocks them for ever.
class BlockedSignals {
 public:
  BlockedSignals() noexcept {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace parley::io
