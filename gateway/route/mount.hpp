// A route of the configuration, ready to serve: its facade with the endpoints at their place in the path.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "adapters/contract/facade.hpp"
#include "config/settings.hpp"
#include "gateway/limit/rate.hpp"
#include "gateway/observe/observer.hpp"

namespace parley::gateway::route {

/// One segment of a pattern.
struct Step {
  bool parameter = false;
  std::string_view literal;
};

struct MountedEndpoint {
  const contract::Endpoint* endpoint = nullptr;
  List<Step> steps;
  std::string_view unsupported;       ///< why the backend cannot do it; empty = it can
  observe::Series* series = nullptr;  ///< where its answers are counted; nullptr = nowhere
};

/// Immutable once made; shared by all workers.
struct Mount {
  String name;
  String style;                 ///< the facade's name
  String host;                  ///< lower case; empty = any
  List<String> prefix;          ///< segments
  std::size_t prefix_size = 0;  ///< bytes of the prefix with its slashes
  std::unique_ptr<contract::Facade> facade;
  std::unique_ptr<contract::Facade> emitter;  ///< of a route with `emit`; nullptr = the facade itself
  std::size_t backend = 0;                    ///< index into the settings' backends
  String backend_name;
  observe::Series* missed = nullptr;  ///< of requests that are this route's and no endpoint's; nullptr = not counted
  config::LossPolicy loss = config::LossPolicy::warn;
  std::shared_ptr<limit::Limiter> limiter;        ///< nullptr = as often as they like; a reload may hand it on
  std::shared_ptr<limit::Limiter> failed_logins;  ///< nullptr = nobody logs in here; a reload hands it on
  config::Cors cors;
  bool request_id = false;          ///< answers carry X-Request-Id
  List<MountedEndpoint> endpoints;  ///< a pattern with literals before one with parameters
  List<String> native;              ///< literal first segments of the patterns

  [[nodiscard]] const contract::Facade& voice() const noexcept { return emitter ? *emitter : *facade; }
  /// Shows the outcome of a request to one of these endpoints, as far as it is decoded: by the endpoint, or in the style of
  /// `emit`. Errors: those of the two.
  Result<void> show(const http::Request& request, const contract::Decoded& decoded, const Outcome& outcome,
                    http::Reply& reply) const {
    if (emitter) return emitter->encode(outcome, request, reply);
    return request.endpoint->encode(*facade, decoded, outcome, reply);
  }
};

/// The segments of a path: `/a/b` is a, b; `/a/` is a and an empty one.
[[nodiscard]] List<std::string_view> split_path(std::string_view path);

/// Whether an endpoint lets anybody show credentials, to be given others for them.
[[nodiscard]] inline bool is_login(const contract::Endpoint& endpoint) noexcept {
  return endpoint.answer != nullptr && endpoint.access == contract::Access::open;
}

/// Fills in what follows from the facade: endpoints and native segments.
void mount_endpoints(Mount& mount);

/// Gives a route and its endpoints the series in which their answers are counted. Before it serves.
void attach_series(Mount& mount, observe::Observer& observer);

}  // namespace parley::gateway::route
