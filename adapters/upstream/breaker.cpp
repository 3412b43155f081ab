// A ring of ten counters, one per second. A counter is reset when its place is needed for a new second.
#include "adapters/upstream/breaker.hpp"

#include <algorithm>

namespace parley::upstream {
namespace {

constexpr std::uint32_t enough_calls = 20;
constexpr std::uint32_t most_in_a_row = 5;
constexpr std::chrono::seconds longest_probe{30};  // after this, another call may probe

std::int64_t second_of(Moment now) noexcept {
  return std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
}

}  // namespace

bool Breaker::admit(Moment now) noexcept {
  if (state_ == State::closed) return true;
  if (now < until_) return false;
  if (probe_out_ && now - probed_ < longest_probe) return false;
  if (state_ != State::probing) enter(State::probing, now);
  probe_out_ = true;
  probed_ = now;
  return true;
}

void Breaker::enter(State state, Moment now) noexcept {
  state_ = state;
  since_ = now;
}

void Breaker::open(Moment now) noexcept {
  enter(State::open, now);
  until_ = now + rest;
  probe_out_ = false;
}

void Breaker::report(Moment now, Verdict verdict) noexcept {
  if (verdict == Verdict::none) {
    probe_out_ = false;
    return;
  }
  if (state_ == State::open) return;  // a call that began before the breaker opened
  const bool bad = verdict != Verdict::good;
  if (state_ == State::probing) {
    if (bad) return open(now);
    enter(State::closed, now);
    probe_out_ = false;
    window_ = {};
    in_a_row_ = 0;
  }
  in_a_row_ = verdict == Verdict::unreachable ? in_a_row_ + 1 : 0;
  count(now, bad);
}

void Breaker::count(Moment now, bool bad) noexcept {
  const std::int64_t number = second_of(now);
  Second& present = window_[static_cast<std::size_t>(number) % seconds];
  if (present.number != number) present = {.number = number};
  ++present.all;
  if (!bad) return;
  ++present.bad;
  std::uint32_t all = 0;
  std::uint32_t failed = 0;
  for (const Second& second : window_) {
    if (number - second.number >= static_cast<std::int64_t>(seconds)) continue;
    all += second.all;
    failed += second.bad;
  }
  if (in_a_row_ < most_in_a_row && (all < enough_calls || failed * 2 < all)) return;
  window_ = {};
  in_a_row_ = 0;
  open(now);
}

int Breaker::retry_after(Moment now) const noexcept {
  if (state_ == State::closed) return 0;
  const auto left = std::chrono::ceil<std::chrono::seconds>(until_ - now).count();
  return static_cast<int>(std::max<std::int64_t>(left, 1));
}

}  // namespace parley::upstream
