// The running gateway: facades, backends, listeners and one worker for each core.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>

#include "config/settings.hpp"
#include "gateway/runtime/check.hpp"
#include "schemas/error.hpp"

namespace parley::gateway {

/// A listener as it was bound.
struct Bound {
  config::Endpoint endpoint;  ///< with the real port
  List<String> routes;        ///< names of the routes that it serves
};

class Gateway {
 public:
  /// Makes the facades, opens the backends (loading the demo records into an empty store that asks for them) and binds every
  /// listener; serves nothing yet. The settings must have passed `check`. Errors: unavailable, the message says which
  /// backend or address and why.
  [[nodiscard]] static Result<std::unique_ptr<Gateway>> open(const config::Settings& settings,
                                                             Adapters adapters = adapters::registry());
  /// Stops and joins what runs.
  ~Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  [[nodiscard]] std::span<const Bound> listeners() const noexcept;

  /// Starts the workers and returns.
  void start();
  /// Stops accepting, lets requests in flight finish for at most `grace`, joins the workers. Any thread but a worker's.
  void stop(std::chrono::milliseconds grace = std::chrono::seconds(5));
  /// `start`, wait for SIGINT or SIGTERM, `stop`. A second signal ends the process at once (exit code 1).
  void run_until_signal();

 private:
  struct Parts;
  explicit Gateway(std::unique_ptr<Parts> parts) noexcept;
  std::unique_ptr<Parts> parts_;
};

}  // namespace parley::gateway
