// The running gateway: facades, backends, listeners and one worker for each core.
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

/// A listener as it was bound.
struct Bound {
  config::Endpoint endpoint;  ///< with the real port
  std::optional<std::chrono::system_clock::time_point> certificate_ends{};
  List<String> routes;  ///< names of the routes that it serves
};

/// What a gateway serves with at the moment.
struct State {
  config::Settings settings;  ///< with its secrets: nothing to print as a whole
  std::shared_ptr<const pipeline::Revision> revision;
  List<std::shared_ptr<contract::Backend>> backends;  ///< in the order of the settings
  List<Bound> listeners;
  std::chrono::system_clock::time_point since;  ///< of this revision
  std::size_t workers = 0;
};

class Gateway {
 public:
  /// Makes the facades, opens the backends (loading the demo records into an empty store that asks for them) and binds every
  /// listener, or takes an activated socket of that address; serves nothing yet. The settings must have passed `check`.
  /// Errors: unavailable, the message is that of the first fault; `found`, where given, has all of them with their places.
  [[nodiscard]] static Result<std::unique_ptr<Gateway>> open(const config::Settings& settings,
                                                             Adapters adapters = contract::registry(),
                                                             List<Activated> activated = {},
                                                             config::Faults* found = nullptr);
  /// Stops and joins what runs.
  ~Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  /// What it serves with. Any thread.
  [[nodiscard]] State state() const;
  [[nodiscard]] List<Bound> listeners() const;
  /// How much there is at the moment of what `server.limits` bounds. Any thread.
  struct Held {
    std::size_t in_flight = 0;
    std::size_t queued = 0;
    std::uint64_t memory = 0;  ///< bytes
  };
  [[nodiscard]] Held held() const noexcept;
  /// What it counts and logs. Any thread.
  [[nodiscard]] observe::Observer& observer() const noexcept;

  /// Starts the workers and returns.
  void start();
  /// Serves with other settings, which must have passed `check`: requests that have begun end with the old ones. Backends and
  /// listeners that have not changed stay as they are. What can fail is done before anything is changed: with faults, nothing
  /// is. Returns when every worker has gone over. Any thread but a worker's.
  [[nodiscard]] config::Faults reload(const config::Settings& settings);
  /// Closes the listeners, lets requests in flight finish for at most `grace` (that of the settings) from now, joins the
  /// workers; a worker that is busy beyond that is waited for. Any thread but a worker's.
  void stop(std::optional<std::chrono::milliseconds> grace = {});

 private:
  struct Parts;
  explicit Gateway(std::unique_ptr<Parts> parts) noexcept;
  std::unique_ptr<Parts> parts_;
};

}  // namespace parley::gateway::runtime
