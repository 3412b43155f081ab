// A counter that one thread raises and any thread reads.
#pragma once

#include <atomic>
#include <cstdint>

namespace parley::adapters {

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

}  // namespace parley::adapters
