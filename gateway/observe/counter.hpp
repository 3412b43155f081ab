// A counter that one thread raises and any thread reads, and those of a worker that are about no single route.
#pragma once

#include <atomic>
#include <cstdint>

namespace parley::observe {

/// One thread adds, any thread reads. No locked instruction: only the one writer stores.
class Counter {
 public:
  void add(std::uint64_t more = 1) noexcept {
    value_.store(value_.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// What a worker counts beside the answers to its requests. Raised on its thread only.
struct WorkerCounters {
  Counter connections_accepted;
  Counter connections_refused;        ///< closed at once: too many of them, or no memory left
  Counter requests_refused_overload;  ///< 503: in flight, queue or memory at their bounds
  Counter requests_rate_limited;      ///< 429
  Counter timeouts;                   ///< connections ended because the client was too slow
};

}  // namespace parley::observe
