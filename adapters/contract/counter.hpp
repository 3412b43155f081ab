// Numbers that one thread changes and any thread reads.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace parley::contract {

/// One thread adds, any thread reads. Needs no locked instruction, because only one thread writes.
class Counter {
 public:
  void add(std::uint64_t more = 1) noexcept {
    value_.store(value_.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// The same for a number that also goes down.
class Level {
 public:
  void add() noexcept { value_.store(value() + 1, std::memory_order_relaxed); }
  void take() noexcept { value_.store(value() - 1, std::memory_order_relaxed); }
  [[nodiscard]] std::size_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::size_t> value_{0};
};

}  // namespace parley::contract
