// A circuit breaker and a budget for retries. Plain values; the caller locks.
#pragma once

#include <array>
#include <cstdint>

#include "adapters/contract/upstream_news.hpp"
#include "adapters/upstream/pacing.hpp"

namespace parley::upstream {

enum class Verdict : std::uint8_t {
  good,
  bad,          ///< no answer, or a 5xx
  unreachable,  ///< no connection
  none,         ///< the caller gave up: this says nothing about the upstream
};

/// Opens if at least half of 20 or more calls within 10 seconds were bad, or if 5 connections in a row failed. For the
/// next 5 seconds no call is let through. After that, one call at a time is, until one is good.
class Breaker {
 public:
  static constexpr std::chrono::seconds rest{5};
  using State = contract::BreakerState;

  /// Whether a call may go. After true, the caller must `report` how it went.
  [[nodiscard]] bool admit(Moment now) noexcept;
  void report(Moment now, Verdict verdict) noexcept;
  /// Seconds until another call is worthwhile; 0 = now.
  [[nodiscard]] int retry_after(Moment now) const noexcept;
  [[nodiscard]] State state() const noexcept { return state_; }
  /// When the breaker entered this state.
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

/// Limits retries to a fifth of the calls, plus ten at first.
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
