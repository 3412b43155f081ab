// Whether an upstream answers at all, and whether it may be asked once more. Plain values; the caller locks.
#pragma once

#include <array>
#include <cstdint>

#include "adapters/contract/upstream_news.hpp"
#include "adapters/upstream/pacing.hpp"

namespace parley::upstream {

enum class Verdict : std::uint8_t {
  good,
  bad,          ///< no answer, or a 5xx
  unreachable,  ///< not even a connection
  none,         ///< given up by the caller: says nothing about the upstream
};

/// Opens when half of at least 20 calls within 10 seconds were bad, or 5 connections in a row failed. Then nobody is let
/// through for 5 seconds; after that one call at a time, until one is good.
class Breaker {
 public:
  static constexpr std::chrono::seconds rest{5};
  using State = contract::BreakerState;

  /// Whether a call may go. Who may has to `report`.
  [[nodiscard]] bool admit(Moment now) noexcept;
  void report(Moment now, Verdict verdict) noexcept;
  /// Seconds until it is worth asking again; 0 = now.
  [[nodiscard]] int retry_after(Moment now) const noexcept;
  [[nodiscard]] State state() const noexcept { return state_; }
  /// When it came to that state.
  [[nodiscard]] Moment since() const noexcept { return since_; }

 private:
  static constexpr std::size_t seconds = 10;
  struct Second {
    std::int64_t number = 0;
    std::uint32_t all = 0;
    std::uint32_t bad = 0;
  };

  void count(Moment now, bool bad) noexcept;
  void open(Moment now) noexcept;
  void enter(State state, Moment now) noexcept;

  std::array<Second, seconds> window_{};
  Moment since_ = Clock::now();
  Moment until_{};
  Moment probed_{};
  std::uint32_t in_a_row_ = 0;
  State state_ = State::closed;
  bool probe_out_ = false;
};

/// Retries may be a fifth of the calls, and a few more at first.
class RetryBudget {
 public:
  void earn() noexcept { balance_ = std::min(balance_ + 1, most); }
  [[nodiscard]] bool spend() noexcept {
    if (balance_ < price) return false;
    balance_ -= price;
    return true;
  }

 private:
  static constexpr int price = 5;
  static constexpr int most = 50 * price;
  int balance_ = 10 * price;
};

}  // namespace parley::upstream
