// Rate limits: counts requests by key in windows of fixed length, for all workers together.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "config/settings.hpp"

namespace parley::gateway::limit {

/// The result of a count.
struct Count {
  bool allowed = true;
  std::int64_t remaining = 0;         ///< further requests of this key in this window
  std::chrono::milliseconds left{0};  ///< until the next window; more than 0
};

/// Any thread. A key that has had `requests` requests is refused until the next window, however many keys there are. If a shard
/// is full, it forgets the keys with the lowest counts and remembers the highest of these counts as `pooled`. A key that is new
/// or forgotten starts with `pooled`. So nobody escapes the limit by being forgotten; a flood of keys can only make it
/// stricter.
class Limiter {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t shards = 16;

  /// `settings.requests` must be more than 0. `keys`: how many keys are counted separately.
  explicit Limiter(const config::RateLimit& settings, std::size_t keys = 65'536);

  [[nodiscard]] const config::RateLimit& settings() const noexcept { return settings_; }

  /// Counts a request if it is allowed. `remaining` is the number after it.
  Count take(std::string_view key, Clock::time_point now = Clock::now());
  /// Says whether a request would be allowed, and counts nothing. `remaining` is the number before it.
  [[nodiscard]] Count look(std::string_view key, Clock::time_point now = Clock::now());

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
  };
  struct Shard {
    std::mutex mutex;
    std::int64_t window = -1;
    std::int64_t pooled = 0;  ///< the most that a key missing in `counts` may have had
    std::unordered_map<String, std::int64_t, Hash, std::equal_to<>> counts;
  };

  Count count(std::string_view key, Clock::time_point now, bool take);
  static void make_room(Shard& shard);

  config::RateLimit settings_;
  std::size_t keys_of_a_shard_;
  Clock::time_point begin_;
  std::uint64_t salt_;  ///< secret, so that nobody can aim keys at one shard
  std::array<Shard, shards> shards_;
};

/// The limit of failed logins for each client, on every route with logins. Successful logins are not counted.
inline constexpr config::RateLimit failed_logins{.requests = 20, .per = std::chrono::minutes(1)};

/// Returns the limiter of a route: nullptr if it has no limit; `previous`, with its counts, if that has the same limit.
[[nodiscard]] std::shared_ptr<Limiter> limiter_of(const config::RateLimit& settings,
                                                  std::shared_ptr<Limiter> previous = nullptr);

/// The key under which a client's requests are counted: an IPv4 address, or the /64 of an IPv6 address, since one client has
/// all of a /64. Other text is returned as it is.
[[nodiscard]] String client_key(std::string_view address);

}  // namespace parley::gateway::limit
