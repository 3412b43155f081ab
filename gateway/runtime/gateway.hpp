// The running gateway: facades, backends, listeners and, by default, one worker for each core.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "config/settings.hpp"
#include "gateway/observe/observer.hpp"
#include "gateway/pipeline/worker_view.hpp"
#include "gateway/runtime/check.hpp"
#include "gateway/runtime/systemd_sockets.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::runtime {

/// A bound listener.
struct Bound {
  config::Endpoint endpoint;  ///< with the real port
  std::optional<std::chrono::system_clock::time_point> certificate_ends{};
  List<String> routes;  ///< names of the routes that it serves
};

/// The current state of a gateway.
struct State {
  config::Settings settings;  ///< holds secrets: do not print it as a whole
  std::shared_ptr<const pipeline::Revision> revision;
  List<std::shared_ptr<contract::Backend>> backends;  ///< in the order of the settings
  List<Bound> listeners;
  std::chrono::system_clock::time_point since;  ///< start of this revision
  std::size_t workers = 0;
};

class Gateway {
 public:
  /// Makes the facades, opens the backends (and loads the demo records into an empty store with `demo`) and binds every
  /// listener, or uses the socket in `activated` for that address. Serves nothing yet. The settings must have passed `check`.
  /// Errors: unavailable, with the message of the first fault; `found`, if given, gets all faults with their places.
  [[nodiscard]] static Result<std::unique_ptr<Gateway>> open(const config::Settings& settings,
                                                             Adapters adapters = contract::registry(),
                                                             List<Activated> activated = {},
                                                             config::Faults* found = nullptr);
  /// Stops and joins the workers.
  ~Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  /// The current state. Any thread.
  [[nodiscard]] State state() const;
  [[nodiscard]] List<Bound> listeners() const;
  /// Current use of what `server.limits` limits. Any thread.
  struct Held {
    std::size_t in_flight = 0;
    std::size_t queued = 0;
    std::uint64_t memory = 0;  ///< bytes
  };
  [[nodiscard]] Held held() const noexcept;
  /// The counters and logs. Any thread.
  [[nodiscard]] observe::Observer& observer() const noexcept;

  /// Starts the workers and returns.
  void start();
  /// Serves with other settings, which must have passed `check`. Requests that have begun finish with the old ones. Unchanged
  /// backends and listeners stay open. Everything that can fail is done first: if faults are returned, nothing has changed.
  /// Returns when every worker uses the new settings. Any thread but a worker's.
  [[nodiscard]] config::Faults reload(const config::Settings& settings);
  /// Closes the listeners, lets requests in flight finish for at most `grace` (default: `server.grace`), and joins the workers.
  /// Waits longer for a worker that is busy. Any thread but a worker's.
  void stop(std::optional<std::chrono::milliseconds> grace = {});

 private:
  struct Parts;
  explicit Gateway(std::unique_ptr<Parts> parts) noexcept;
  std::unique_ptr<Parts> parts_;
};

}  // namespace parley::gateway::runtime
