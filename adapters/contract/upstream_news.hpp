// What connectors report about the servers that they call: events as they happen, and their state on request.
// Connectors see the servers; the gateway has the log and the state page.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "adapters/contract/store_news.hpp"
#include "schemas/text.hpp"

namespace parley::contract {

/// Whether a server is called. closed: calls go through. probing: one call at a time, as a test. open: no call goes
/// through.
enum class BreakerState : std::uint8_t { closed, probing, open };

/// The name of a state as operators see it: `closed`, `trying`, `open`.
[[nodiscard]] constexpr std::string_view name_of(BreakerState state) noexcept {
  constexpr std::string_view names[] = {"closed", "trying", "open"};
  return names[static_cast<std::size_t>(state)];
}

/// A breaker changed its state. The texts live only during the call.
struct BreakerChange {
  std::string_view backend;  ///< its name in the configuration
  std::string_view server;   ///< `host:port`
  BreakerState before = BreakerState::closed;
  BreakerState now = BreakerState::closed;
  std::chrono::milliseconds down{};  ///< time since it was last closed; 0 if it was closed until now
  std::chrono::milliseconds rest{};  ///< if open: how long no call goes through
  std::string_view why;              ///< if open: how the last call failed; contains no secrets
};

/// Receives events of backends.
class EventSink {
 public:
  virtual ~EventSink() = default;
  /// Called on any thread. Must not block.
  virtual void breaker_changed(const BreakerChange& change) noexcept = 0;
  /// As breaker_changed.
  virtual void store_swept(const StoreSwept& swept) noexcept = 0;
};

/// The present state of one server.
struct UpstreamStatus {
  String server;  ///< `host:port`
  bool secure = false;
  BreakerState breaker = BreakerState::closed;
  std::chrono::system_clock::time_point since{};  ///< when the breaker entered that state
  std::int64_t quota_calls = 0;                   ///< 0 = no limit
  std::chrono::milliseconds quota_per{};
};

}  // namespace parley::contract
