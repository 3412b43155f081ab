// A leaky bucket without a counter: one point in time, `next_`, says how full it is.
#include "adapters/upstream/pacing.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <ctime>

namespace parley::upstream {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t longest_retry = 3600;
constexpr milliseconds longest_hold{300'000};
constexpr std::size_t most_holds = 64;

template <class T>
bool read_number(std::string_view text, T& value) noexcept {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

std::int64_t seconds_until(std::string_view date) {
  std::tm utc{};
  const String text(date);
  const char* end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  if (end == nullptr || *end != '\0') return 0;
  return static_cast<std::int64_t>(::timegm(&utc)) - static_cast<std::int64_t>(std::time(nullptr));
}

}  // namespace

Pacer::Pacer(upstream::Quota quota) noexcept {
  if (quota.calls <= 0) return;
  const std::int64_t at_once = std::max<std::int64_t>(quota.calls / 4, 1);
  const std::int64_t evenly = std::max<std::int64_t>(quota.calls - at_once, 1);
  interval_ = std::chrono::duration_cast<Clock::duration>(quota.per) / evenly;
  burst_ = interval_ * (at_once - 1);
}

Moment Pacer::reserve(Moment now, Moment latest, std::uint64_t kind) noexcept {
  Moment at = std::max(now, held_);
  for (const Hold& hold : holds_) {
    if (hold.kind == kind) at = std::max(at, hold.until);
  }
  if (interval_ == Clock::duration::zero()) return at;
  const Moment due = std::max(next_, at);
  at = std::max(at, due - burst_);
  if (at <= latest) next_ = std::max(next_, at) + interval_;
  return at;
}

std::optional<Pacer::Quota> Pacer::quota(Moment now) const noexcept {
  if (interval_ == Clock::duration::zero()) return std::nullopt;
  Quota quota{.most = burst_ / interval_ + 1};
  const Clock::duration ahead = std::max(next_, now) - now;  // calls that were made and are not yet allowed again
  if (held_ <= now && ahead <= burst_) quota.left = (burst_ - ahead) / interval_ + 1;
  return quota;
}

void Pacer::hold(Moment until, std::uint64_t kind) {
  const Moment now = Clock::now();
  std::erase_if(holds_, [now, kind](const Hold& hold) { return hold.until <= now || hold.kind == kind; });
  if (holds_.size() < most_holds) holds_.push_back({kind, until});
}

int retry_after_of(const Response& response) {
  const std::string_view text = response.header("Retry-After").value_or("");
  std::int64_t seconds = 0;
  if (!read_number(text, seconds)) seconds = seconds_until(text);
  return static_cast<int>(std::clamp<std::int64_t>(seconds, 0, longest_retry));
}

Advice advice_of(const Response& response) {
  Advice advice;
  if (response.status == 429 || response.status == 503) {
    advice.all = std::min<milliseconds>(std::chrono::seconds(retry_after_of(response)), longest_hold);
  }
  const std::optional<std::string_view> remaining = response.header("X-RateLimit-Remaining");
  if (!remaining) return advice;
  std::uint32_t count = 0;
  if (read_number(*remaining, count)) advice.left = count;
  if (read_number(response.header("X-RateLimit-Limit").value_or(""), count)) advice.most = count;
  if (remaining == "0") {
    std::int64_t reset = 0;
    if (!read_number(response.header("X-RateLimit-Reset").value_or(""), reset)) return advice;
    const auto now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now()).time_since_epoch();
    if (reset <= now.count()) return advice;  // also avoids an overflow of the difference
    advice.kind = std::min(milliseconds(reset) - now, longest_hold);
  }
  return advice;
}

}  // namespace parley::upstream
