// How a worker's cache knows, without asking the database, that what it holds is still true.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace parley::store {

/// What kind of record a key names; `token` is a visitor's.
enum class Kind : std::uint8_t { chat, visitor, token, agent };
inline constexpr std::size_t kind_count = 4;

/// A place among the 4096 that records share by hash. Two records in one place only cost a reading too many.
using Slot = std::uint16_t;
inline constexpr std::size_t slot_count = 4096;

[[nodiscard]] inline Slot slot_of(Kind kind, std::string_view key) noexcept {
  const std::size_t hash = std::hash<std::string_view>{}(key) + static_cast<std::size_t>(kind) * 0x9E3779B97F4A7C15U;
  return static_cast<Slot>((hash ^ (hash >> 32U)) % slot_count);
}

/// Numbers of commits: the latest, and the latest that changed something in each slot. One thread publishes, all read.
///
/// Note `now()` before reading a record: the record is then at least as new as that number. It is still true as long as none of its
/// slots has a greater one. A publisher sets the slots before the number, so who sees a number sees its slots.
class Versions {
 public:
  using Number = std::uint64_t;

  [[nodiscard]] Number now() const noexcept { return latest_.load(std::memory_order_acquire); }

  /// Whether nothing in `slots` has changed since `since`; if so, `since` moves up to now.
  [[nodiscard]] bool unchanged(const std::vector<Slot>& slots, Number& since) const noexcept {
    const Number current = now();
    if (current == since) return true;
    for (const Slot slot : slots) {
      if (slots_[slot].load(std::memory_order_acquire) > since) return false;
    }
    since = current;
    return true;
  }

  /// After a commit, before anybody is told of it.
  void publish(const std::vector<Slot>& slots) noexcept {
    const Number next = latest_.load(std::memory_order_relaxed) + 1;
    for (const Slot slot : slots) slots_[slot].store(next, std::memory_order_release);
    latest_.store(next, std::memory_order_release);
  }

 private:
  alignas(64) std::atomic<Number> latest_{1};
  alignas(64) std::array<std::atomic<Number>, slot_count> slots_{};
};

}  // namespace parley::store
