// Counts the bytes that waiting requests and answers hold, for all workers together.
#pragma once

#include <atomic>
#include <cstdint>

namespace parley::gateway::limit {

class Memory {
 public:
  /// Any thread.
  [[nodiscard]] std::uint64_t used() const noexcept { return used_.load(std::memory_order_relaxed); }

  /// The bytes that one connection holds. A request that is served without waiting never sets its share.
  class Share {
   public:
    Share() = default;
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    ~Share() { release(); }

    /// Sets the bytes that it holds now. `memory` must outlive the share.
    void set(Memory& memory, std::uint64_t bytes) noexcept {
      if (bytes == bytes_) return;
      memory_ = &memory;
      memory.used_.fetch_add(bytes - bytes_, std::memory_order_relaxed);  // unsigned: wraps if `bytes` is less
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
