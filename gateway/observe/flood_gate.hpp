// Limits the log lines of each kind and route to a few a second and counts the rest, so that many failures do not flood the
// log.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string_view>

#include "schemas/error.hpp"
#include "schemas/text.hpp"

namespace parley::gateway::observe {

/// Any thread.
class FloodGate {
 public:
  static constexpr std::uint64_t most_a_second = 5;
  /// Of kinds and routes whose lines were held back; of further ones, only the kind is kept.
  static constexpr std::size_t most_routes = 64;

  /// Whether another line of this kind and route may be written in this second. If not, counts it as held back, under the names
  /// of the route and its backend. Routes share 64 counts by their hash, so a route with many failures rarely hides another.
  [[nodiscard]] bool admit(Code kind, std::string_view route, std::string_view backend, std::uint64_t second) {
    const std::size_t share = std::hash<std::string_view>{}(route) % shares;
    std::atomic<std::uint64_t>& state = told_[static_cast<std::size_t>(kind)][share];
    std::uint64_t before = state.load(std::memory_order_relaxed);
    for (;;) {
      const std::uint64_t told = before >> count_bits == second ? before & count_mask : 0;
      if (told == most_a_second) {
        hold(kind, route, backend);
        return false;
      }
      const std::uint64_t after = second << count_bits | (told + 1);
      if (state.compare_exchange_weak(before, after, std::memory_order_relaxed)) return true;
    }
  }
  /// Calls `tell(kind, route, backend, number)` for the lines that were held back since the last call. Without a name: those of
  /// routes beyond `most_routes`.
  template <class Tell>
  void take_held(const Tell& tell) {
    List<Held> held;
    {
      const std::scoped_lock lock(mutex_);
      held.swap(held_);
    }
    for (const Held& one : held) {
      tell(one.kind, std::string_view(one.route), std::string_view(one.backend), one.number);
    }
  }

 private:
  struct Held {
    Code kind;
    String route;
    String backend;
    std::uint64_t number = 0;
  };

  /// The lock is short, and taken only for lines that are not written.
  void hold(Code kind, std::string_view route, std::string_view backend) {
    const std::scoped_lock lock(mutex_);
    const auto find = [&] {
      return std::find_if(held_.begin(), held_.end(), [&](const Held& one) {
        return one.kind == kind && one.route == route && one.backend == backend;
      });
    };
    auto entry = find();
    if (entry == held_.end() && held_.size() >= most_routes) {
      route = backend = {};
      entry = find();
    }
    if (entry == held_.end()) entry = held_.insert(held_.end(), {kind, String(route), String(backend)});
    ++entry->number;
  }

  static constexpr std::size_t shares = 64;
  static constexpr unsigned count_bits = 8;
  static constexpr std::uint64_t count_mask = 0xff;

  std::array<std::array<std::atomic<std::uint64_t>, shares>, code_count> told_{};  // second and count
  std::mutex mutex_;
  List<Held> held_;
};

}  // namespace parley::gateway::observe
