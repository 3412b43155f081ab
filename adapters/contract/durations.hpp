// Durations, counted by how long they were: what a histogram of Prometheus is made of.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

namespace parley::contract {

struct Durations {
  /// Upper bounds in milliseconds: from a server in the next rack to the longest default patience.
  static constexpr std::array<std::uint32_t, 14> bounds = {1,   2,   5,    10,   25,   50,    100,
                                                           250, 500, 1000, 2500, 5000, 10000, 30000};
  static constexpr std::size_t slots = bounds.size() + 1;
  /// Where a duration is counted: one on a bound belongs below it, the last place is above all of them.
  [[nodiscard]] static std::size_t slot_of(std::chrono::microseconds time) noexcept {
    const auto below = [](std::uint32_t bound, std::chrono::microseconds one) {
      return std::chrono::milliseconds(bound) < one;
    };
    return static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), time, below) - bounds.begin());
  }

  std::array<std::uint64_t, slots> counts{};  ///< of each place alone
  std::chrono::microseconds sum{};

  [[nodiscard]] bool empty() const noexcept {
    return std::all_of(counts.begin(), counts.end(), [](std::uint64_t count) { return count == 0; });
  }
};

}  // namespace parley::contract
