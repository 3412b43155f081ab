// How often an upstream may be called: its quota, and what it asks for in its answers. Plain values; the caller locks.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "adapters/upstream/message.hpp"
#include "adapters/upstream/settings.hpp"

namespace parley::upstream {

using Clock = std::chrono::steady_clock;
using Moment = Clock::time_point;

/// Spreads calls so that no window of the quota's length has more than the quota: a quarter of them may go at once, the
/// others evenly.
class Pacer {
 public:
  explicit Pacer(upstream::Quota quota) noexcept;

  /// When a call of `kind` may go: `now`, or a later moment that is kept for it, unless that is after `latest`.
  Moment reserve(Moment now, Moment latest, std::uint64_t kind) noexcept;
  /// Calls that may go at once, without waiting for a turn, and how many that are after a long rest; nothing = no quota.
  struct Quota {
    std::int64_t left = 0;
    std::int64_t most = 0;
  };
  [[nodiscard]] std::optional<Quota> quota(Moment now) const noexcept;
  /// The upstream asks for rest: all calls, until then.
  void hold(Moment until) noexcept { held_ = std::max(held_, until); }
  /// The same for one kind of call.
  void hold(Moment until, std::uint64_t kind);

 private:
  struct Hold {
    std::uint64_t kind;
    Moment until;
  };
  Clock::duration interval_{};  // 0 = no quota
  Clock::duration burst_{};
  Moment next_{};  // when the next call would be due, were all evenly spread
  Moment held_{};
  List<Hold> holds_;
};

/// Retry-After in seconds, also where it is a date; 0 = not there, or no sense in it. At most an hour.
[[nodiscard]] int retry_after_of(const Response& response);

/// What an answer says about the next calls.
struct Advice {
  std::chrono::milliseconds all{};    ///< no call at all for so long
  std::chrono::milliseconds kind{};   ///< no call of this kind
  std::optional<std::uint32_t> left;  ///< how many it will answer, where it says so
  std::optional<std::uint32_t> most;  ///< how many there were at first
};
/// Retry-After of a 429 or 503; X-RateLimit-Remaining, with X-RateLimit-Limit; where it is 0, X-RateLimit-Reset in epoch
/// milliseconds. At most five minutes.
[[nodiscard]] Advice advice_of(const Response& response);

}  // namespace parley::upstream
