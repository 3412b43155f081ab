// How often an upstream may be called, by its quota and by what its answers ask for. Plain values; the caller locks.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "adapters/upstream/message.hpp"
#include "adapters/upstream/settings.hpp"

namespace parley::upstream {

using Clock = std::chrono::steady_clock;
using Moment = Clock::time_point;

/// Spreads calls so that no window of the quota's length has more calls than the quota. A quarter of them may go at
/// once, the others at even intervals.
class Pacer {
 public:
  explicit Pacer(upstream::Quota quota) noexcept;

  /// When a call of `kind` may go: `now` or later. Reserves that time for it, unless it is after `latest`.
  Moment reserve(Moment now, Moment latest, std::uint64_t kind) noexcept;
  /// `left`: calls that may go at once without waiting for a turn. `most`: the value of `left` after a long rest.
  /// `quota` returns nullopt if there is no quota.
  struct Quota {
    std::int64_t left = 0;
    std::int64_t most = 0;
  };
  [[nodiscard]] std::optional<Quota> quota(Moment now) const noexcept;
  /// Lets no call go before `until`, because the upstream asks for a pause.
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
  Moment next_{};  // when the next call would be due if all were evenly spread
  Moment held_{};
  List<Hold> holds_;
};

/// Retry-After in seconds; a date is converted. 0 = missing, in the past or malformed. At most an hour.
[[nodiscard]] int retry_after_of(const Response& response);

/// What an answer says about further calls.
struct Advice {
  std::chrono::milliseconds all{};    ///< make no call for this time
  std::chrono::milliseconds kind{};   ///< make no call of this kind for this time
  std::optional<std::uint32_t> left;  ///< calls that it will still answer, if it says so
  std::optional<std::uint32_t> most;  ///< calls that a whole window has, if it says so
};
/// Reads Retry-After of a 429 or 503, and X-RateLimit-Remaining with X-RateLimit-Limit. If the remaining number is 0,
/// also reads X-RateLimit-Reset (milliseconds since 1970). Each pause is at most five minutes.
[[nodiscard]] Advice advice_of(const Response& response);

}  // namespace parley::upstream
