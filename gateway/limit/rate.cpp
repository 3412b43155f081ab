// Rate limits; see rate.hpp.
#include "gateway/limit/rate.hpp"

#include <algorithm>
#include <random>

namespace parley::gateway::limit {

using std::chrono::milliseconds;

Limiter::Limiter(const config::RateLimit& settings, std::size_t keys)
    : settings_(settings), keys_of_a_shard_(std::max<std::size_t>(keys / shards, 1)), begin_(Clock::now()) {
  std::random_device random;
  salt_ = (std::uint64_t{random()} << 32U | random()) | 1U;
}

Count Limiter::take(std::string_view key, Clock::time_point now) { return count(key, now, true); }
Count Limiter::look(std::string_view key, Clock::time_point now) { return count(key, now, false); }

Count Limiter::count(std::string_view key, Clock::time_point now, bool take) {
  const milliseconds per = std::max(settings_.per, milliseconds(1));
  const auto since = std::chrono::floor<milliseconds>(std::max(now - begin_, Clock::duration::zero()));
  const std::int64_t window = since / per;
  Count said{.allowed = true, .remaining = 0, .left = per * (window + 1) - since};

  Shard& shard = shards_[((Hash()(key) * salt_) >> 32U) % shards];
  const std::lock_guard lock(shard.mutex);
  if (window > shard.window) {  // a delayed thread must not go back to an old window
    shard.window = window;
    shard.pooled = 0;
    shard.counts.clear();
  }
  const auto found = shard.counts.find(key);
  const std::int64_t before = found != shard.counts.end() ? found->second : shard.pooled;
  said.allowed = before < settings_.requests;
  said.remaining = std::max<std::int64_t>(settings_.requests - before - (take ? 1 : 0), 0);
  if (!take || !said.allowed) return said;  // a refused request need not be counted
  if (found != shard.counts.end()) {
    ++found->second;
    return said;
  }
  if (shard.counts.size() >= keys_of_a_shard_) make_room(shard);
  shard.counts.emplace(String(key), before + 1);
  return said;
}

void Limiter::make_room(Shard& shard) {
  List<std::int64_t> counts;
  counts.reserve(shard.counts.size());
  for (const auto& [key, count] : shard.counts) counts.push_back(count);
  const auto middle = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
  std::nth_element(counts.begin(), middle, counts.end());
  shard.pooled = std::max(shard.pooled, *middle);  // at least half of the keys go, so this happens seldom
  std::erase_if(shard.counts, [&shard](const auto& one) { return one.second <= shard.pooled; });
}

std::shared_ptr<Limiter> limiter_of(const config::RateLimit& settings, std::shared_ptr<Limiter> previous) {
  if (settings.requests == 0) return nullptr;
  const auto same = [&settings](const config::RateLimit& other) {
    return other.requests == settings.requests && other.per == settings.per && other.by == settings.by;
  };
  return previous && same(previous->settings()) ? std::move(previous) : std::make_shared<Limiter>(settings);
}

String client_key(std::string_view address) {
  constexpr std::size_t network = 8;
  const std::optional<config::Network> parsed = config::parse_network(address);
  if (!parsed || parsed->bits != 128) return String(address);
  const char* bytes = reinterpret_cast<const char*>(parsed->address.data());
  constexpr std::string_view four("\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12);
  const std::string_view all(bytes, parsed->address.size());
  return String(all.starts_with(four) ? all.substr(four.size()) : all.substr(0, network));
}

}  // namespace parley::gateway::limit
