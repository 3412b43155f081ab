// See revocations.hpp.
#include "adapters/login/revocations.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace parley::login {

void Revocations::Taken::pool(std::int64_t end) {
  pooled = std::max(pooled, end);
  lines.erase(lines.begin(), lines.upper_bound({pooled, std::numeric_limits<std::uint64_t>::max()}));
}

bool Revocations::Taken::contains(const Line& line, std::uint64_t number) const {
  if (line.end <= pooled) return true;
  const auto at = lines.find(line);
  return at != lines.end() && number <= at->second;
}

bool Revocations::take_back(const Owner& owner, const Line& line, std::uint64_t number, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  if (!owners_.contains(owner)) drop_ended(now);
  Taken& taken = owners_[owner];
  // Ended lines are pooled, not erased: if the clock is set back, they stay revoked.
  const auto first_to_live = taken.lines.upper_bound({now, std::numeric_limits<std::uint64_t>::max()});
  if (first_to_live != taken.lines.begin()) taken.pool(std::prev(first_to_live)->first.end);
  if (taken.contains(line, number)) return false;
  taken.lines.insert_or_assign(line, number);
  if (taken.lines.size() > most_) {
    const auto middle = std::next(taken.lines.begin(), static_cast<std::ptrdiff_t>(taken.lines.size() / 2));
    taken.pool(middle->first.end);
  }
  any_.store(true, std::memory_order_release);
  return true;
}

bool Revocations::contains(const Owner& owner, const Line& line, std::uint64_t number) const {
  if (!any_.load(std::memory_order_acquire)) return false;
  const std::lock_guard lock(mutex_);
  const auto at = owners_.find(owner);
  return at != owners_.end() && at->second.contains(line, number);
}

void Revocations::drop_ended(std::int64_t now) {
  std::erase_if(owners_, [now](const auto& one) {
    const Taken& taken = one.second;
    return taken.pooled <= now && (taken.lines.empty() || taken.lines.rbegin()->first.end <= now);
  });
}

std::size_t Revocations::lines() const {
  const std::lock_guard lock(mutex_);
  std::size_t all = 0;
  for (const auto& [owner, taken] : owners_) all += taken.lines.size();
  return all;
}

std::size_t Revocations::owners() const {
  const std::lock_guard lock(mutex_);
  return owners_.size();
}

}  // namespace parley::login
