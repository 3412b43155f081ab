// One that is counted as long as it lives, however it ends.
#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace parley::gateway {

/// The count must outlive it.
class Counted {
 public:
  Counted() = default;
  explicit Counted(std::atomic<std::size_t>& count) noexcept : count_(&count) {
    count.fetch_add(1, std::memory_order_relaxed);
  }
  Counted(Counted&& other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
  Counted& operator=(Counted&& other) noexcept {
    std::swap(count_, other.count_);
    return *this;
  }
  ~Counted() {
    if (count_ != nullptr) count_->fetch_sub(1, std::memory_order_relaxed);
  }

 private:
  std::atomic<std::size_t>* count_ = nullptr;
};

}  // namespace parley::gateway
