// Limits the log lines of each kind and route to a few a second and counts the rest, so that many failures do not flood the
// log.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>

#include "schemas/error.hpp"

namespace parley::gateway::observe {

/// Any thread.
class FloodGate {
 public:
  static constexpr std::uint64_t most_a_second = 5;

  /// Whether another line of this kind and route may be written in this second. If not, counts it as held back. Routes share 64
  /// counts by their hash, so a route with many failures rarely hides another.
  [[nodiscard]] bool admit(Code kind, std::string_view route, std::uint64_t second) noexcept {
    const std::size_t share = std::hash<std::string_view>{}(route) % shares;
    std::atomic<std::uint64_t>& state = told_[static_cast<std::size_t>(kind)][share];
    std::uint64_t before = state.load(std::memory_order_relaxed);
    for (;;) {
      const std::uint64_t told = before >> count_bits == second ? before & count_mask : 0;
      if (told == most_a_second) {
        held_[static_cast<std::size_t>(kind)].fetch_add(1, std::memory_order_relaxed);
        return false;
      }
      const std::uint64_t after = second << count_bits | (told + 1);
      if (state.compare_exchange_weak(before, after, std::memory_order_relaxed)) return true;
    }
  }
  /// The number of lines of a kind that were held back since the last call.
  [[nodiscard]] std::uint64_t take_held(Code kind) noexcept {
    std::atomic<std::uint64_t>& held = held_[static_cast<std::size_t>(kind)];
    return held.load(std::memory_order_relaxed) == 0 ? 0 : held.exchange(0, std::memory_order_relaxed);
  }

 private:
  static constexpr std::size_t shares = 64;
  static constexpr unsigned count_bits = 8;
  static constexpr std::uint64_t count_mask = 0xff;

  std::array<std::array<std::atomic<std::uint64_t>, shares>, code_count> told_{};  // second and count
  std::array<std::atomic<std::uint64_t>, code_count> held_{};
};

}  // namespace parley::gateway::observe
