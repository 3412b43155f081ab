// Durations, counted by length: the data of a Prometheus histogram.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

namespace parley::contract {

struct Durations {
  /// Upper bounds in milliseconds. They range from a server in the next rack to beyond the longest default timeout.
  static constexpr std::array<std::uint32_t, 14> bounds = {1,   2,   5,    10,   25,   50,    100,
                                                           250, 500, 1000, 2500, 5000, 10000, 30000};
  static constexpr std::size_t slots = bounds.size() + 1;
  /// The slot of a duration: the first whose bound is not exceeded. The last slot is for durations above all bounds.
  [[nodiscard]] static std::size_t slot_of(std::chrono::microseconds time) noexcept {
    const auto below = [](std::uint32_t bound, std::chrono::microseconds one) {
      return std::chrono::milliseconds(bound) < one;
    };
    return static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), time, below) - bounds.begin());
  }

  std::array<std::uint64_t, slots> counts{};  ///< of each slot alone, not cumulative
  std::chrono::microseconds sum{};

  [[nodiscard]] bool empty() const noexcept {
    return std::all_of(counts.begin(), counts.end(), [](std::uint64_t count) { return count == 0; });
  }
};

}  // namespace parley::contract
