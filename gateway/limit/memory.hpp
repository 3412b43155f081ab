// How many bytes requests and answers hold while somebody is waited for: all workers count together.
#pragma once

#include <atomic>
#include <cstdint>

namespace parley::gateway::limit {

class Memory {
 public:
  /// Any thread.
  [[nodiscard]] std::uint64_t used() const noexcept { return used_.load(std::memory_order_relaxed); }

  /// What one connection holds of it. A request that is served without waiting never sets one.
  class Share {
   public:
    Share() = default;
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    ~Share() { release(); }

    /// It holds `bytes` now. `memory` must outlive the share.
    void set(Memory& memory, std::uint64_t bytes) noexcept {
      if (bytes == bytes_) return;
      memory_ = &memory;
      memory.used_.fetch_add(bytes - bytes_, std::memory_order_relaxed);  // wraps where it is less
      bytes_ = bytes;
    }
    void release() noexcept {
      if (memory_ != nullptr) set(*memory_, 0);
    }

   private:
    Memory* memory_ = nullptr;
    std::uint64_t bytes_ = 0;
  };

 private:
  std::atomic<std::uint64_t> used_{0};
};

}  // namespace parley::gateway::limit
