// How long one worker's calls took, by operation. The worker's thread writes without a lock; any thread reads.
#pragma once

#include <array>
#include <optional>

#include "adapters/contract/counter.hpp"
#include "adapters/contract/durations.hpp"
#include "schemas/operation.hpp"

namespace parley::upstream {

class CallTimes {
 public:
  /// One element for each operation. The last one is for the gateway's own calls.
  using Sums = std::array<contract::Durations, operation_count + 1>;

  /// On the worker's thread. Ignores a negative time: that call was given up before its turn.
  template <class Duration>
  void add(std::optional<OperationKind> operation, Duration time) noexcept {
    if (time < Duration::zero()) return;
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(time);
    One& one = all_[operation ? static_cast<std::size_t>(*operation) : operation_count];
    one.counts[contract::Durations::slot_of(whole)].add();
    one.microseconds.add(static_cast<std::uint64_t>(whole.count()));
  }
  /// Adds this worker's times to `sums`. Any thread.
  void add_to(Sums& sums) const noexcept {
    for (std::size_t i = 0; i < sums.size(); ++i) {
      for (std::size_t slot = 0; slot < contract::Durations::slots; ++slot) {
        sums[i].counts[slot] += all_[i].counts[slot].value();
      }
      sums[i].sum += std::chrono::microseconds(all_[i].microseconds.value());
    }
  }

 private:
  struct One {
    std::array<contract::Counter, contract::Durations::slots> counts;
    contract::Counter microseconds;
  };
  std::array<One, operation_count + 1> all_;
};

}  // namespace parley::upstream
