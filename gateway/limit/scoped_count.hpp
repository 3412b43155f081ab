// Counts an object for its lifetime (RAII).
#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace parley::gateway::limit {

/// `count` must outlive it.
class ScopedCount {
 public:
  ScopedCount() = default;
  explicit ScopedCount(std::atomic<std::size_t>& count) noexcept : count_(&count) {
    count.fetch_add(1, std::memory_order_relaxed);
  }
  ScopedCount(ScopedCount&& other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
  ScopedCount& operator=(ScopedCount&& other) noexcept {
    std::swap(count_, other.count_);
    return *this;
  }
  ~ScopedCount() {
    if (count_ != nullptr) count_->fetch_sub(1, std::memory_order_relaxed);
  }

 private:
  std::atomic<std::size_t>* count_ = nullptr;
};

}  // namespace parley::gateway::limit
