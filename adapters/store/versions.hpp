// Tells a worker's cache, without a query to the database, whether its records are still current.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace parley::store {

/// The kind of record that a key names; `token` names a visitor, `messages` a query on the messages of a chat.
enum class Kind : std::uint8_t { chat, visitor, token, agent, messages };
inline constexpr std::size_t kind_count = 5;

/// One of 4096 slots, which records share by hash. If two records share a slot, the only cost is an unnecessary read.
using Slot = std::uint16_t;
inline constexpr std::size_t slot_count = 4096;

[[nodiscard]] inline Slot slot_of(Kind kind, std::string_view key) noexcept {
  const std::size_t hash = std::hash<std::string_view>{}(key) + static_cast<std::size_t>(kind) * 0x9E3779B97F4A7C15U;
  return static_cast<Slot>((hash ^ (hash >> 32U)) % slot_count);
}

/// Commit numbers: the latest, and for each slot the latest commit that changed a record in it. One thread publishes, all threads read.
///
/// Note `now()` before reading a record: the record is at least as new as that commit. It is current while none of its
/// slots has a higher number. The publisher sets the slots before the number, so whoever sees a number also sees its slots.
class Versions {
 public:
  using Number = std::uint64_t;

  [[nodiscard]] Number now() const noexcept { return latest_.load(std::memory_order_acquire); }

  /// Whether nothing in `slots` has changed since `since`. If so, sets `since` to the present number.
  [[nodiscard]] bool unchanged(const std::vector<Slot>& slots, Number& since) const noexcept {
    const Number current = now();
    if (current == since) return true;
    for (const Slot slot : slots) {
      if (slots_[slot].load(std::memory_order_acquire) > since) return false;
    }
    since = current;
    return true;
  }

  /// Call this after a commit, before anybody is told of the commit.
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
