// What connectors tell an operator about the servers that they call: as it happens, and when asked. The contract between
// connectors, which see the servers, and the gateway, which has the log and the state page.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::contract {

/// Whether a server is called. closed: calls go. probing: one at a time, to see. open: none goes.
enum class BreakerState : std::uint8_t { closed, probing, open };

/// `closed`, `trying`, `open`.
[[nodiscard]] constexpr std::string_view name_of(BreakerState state) noexcept {
  constexpr std::string_view names[] = {"closed", "trying", "open"};
  return names[static_cast<std::size_t>(state)];
}

/// A breaker has gone from one state to another. The texts live for the time of the call.
struct BreakerChange {
  std::string_view backend;  ///< its name in the configuration
  std::string_view server;   ///< `host:port`
  BreakerState before = BreakerState::closed;
  BreakerState now = BreakerState::closed;
  std::chrono::milliseconds down{};  ///< since it was last closed; 0 where it was until now
  std::chrono::milliseconds rest{};  ///< for how long no call goes, where it is open
  std::string_view why;              ///< how the last call failed, where it is open; without secrets
};

/// Who is told.
class EventSink {
 public:
  virtual ~EventSink() = default;
  /// Called on any thread. Must not wait.
  virtual void breaker_changed(const BreakerChange& change) noexcept = 0;
};

/// How a server is called at the moment.
struct UpstreamStatus {
  String server;  ///< `host:port`
  bool secure = false;
  BreakerState breaker = BreakerState::closed;
  std::chrono::system_clock::time_point since{};  ///< of that state of the breaker
  std::int64_t quota_calls = 0;                   ///< 0 = no limit
  std::chrono::milliseconds quota_per{};
};

}  // namespace parley::contract
