// How often a route may be called: counts by key in windows of fixed length, shared by all workers.
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

/// What a count said.
struct Count {
  bool allowed = true;
  std::int64_t remaining = 0;         ///< further requests of this key in this window
  std::chrono::milliseconds left{0};  ///< until the next window; more than 0
};

/// Any thread. A key that is let in `requests` times is refused until the next window, exactly, however many keys there are:
/// where their number is at its bound, the memory of the least busy is pooled, and who comes back, or comes new, begins with
/// the pool's count. So nobody escapes by being forgotten, and a flood of keys can only make the limit stricter.
class Limiter {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t shards = 16;

  /// `settings.requests` is more than 0. `keys`: how many are counted apart.
  explicit Limiter(const config::RateLimit& settings, std::size_t keys = 65'536);

  [[nodiscard]] const config::RateLimit& settings() const noexcept { return settings_; }

  /// Counts a request.
  Count take(std::string_view key, Clock::time_point now = Clock::now());
  /// What `take` would say, nothing counted.
  [[nodiscard]] Count look(std::string_view key, Clock::time_point now = Clock::now());

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
  };
  struct Shard {
    std::mutex mutex;
    std::int64_t window = -1;
    std::int64_t pooled = 0;  ///< what a key that is not in `counts` may have had at most
    std::unordered_map<String, std::int64_t, Hash, std::equal_to<>> counts;
  };

  Count count(std::string_view key, Clock::time_point now, bool take);
  static void make_room(Shard& shard);

  config::RateLimit settings_;
  std::size_t keys_of_a_shard_;
  Clock::time_point begin_;
  std::uint64_t salt_;  ///< nobody knows whose keys share a shard with whose
  std::array<Shard, shards> shards_;
};

/// What a route with logins allows each client besides: logins that fail. Good ones are not counted.
inline constexpr config::RateLimit failed_logins{.requests = 20, .per = std::chrono::minutes(1)};

/// The limiter of a route: nullptr where it has no limit, `previous` with its counts where that has the same one.
[[nodiscard]] std::shared_ptr<Limiter> limiter_of(const config::RateLimit& settings,
                                                  std::shared_ptr<Limiter> previous = nullptr);

/// Whose requests are counted together: an IPv4 address, the /64 of an IPv6 address, since that is what one client gets; other
/// text as it is.
[[nodiscard]] String client_key(std::string_view address);

}  // namespace parley::gateway::limit
