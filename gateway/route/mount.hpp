// A mount: a route of the configuration with its facade and endpoints, ready to serve.
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
  std::string_view unsupported;       ///< why the backend does not support it; empty = it does
  observe::Series* series = nullptr;  ///< counts its answers; nullptr = not counted
};

/// Immutable once made; shared by all workers.
struct Mount {
  String name;
  String style;                 ///< the facade's name
  String host;                  ///< lower case; empty = any
  List<String> prefix;          ///< segments
  std::size_t prefix_size = 0;  ///< bytes of the prefix with its slashes
  std::unique_ptr<contract::Facade> facade;
  std::unique_ptr<contract::Facade> emitter;  ///< the facade of `emit`; nullptr = no `emit`
  std::size_t backend = 0;                    ///< index into the settings' backends
  String backend_name;
  observe::Series* missed = nullptr;  ///< counts the route's requests without an endpoint; nullptr = not counted
  config::LossPolicy loss = config::LossPolicy::warn;
  std::shared_ptr<limit::Limiter> limiter;        ///< nullptr = no limit; a reload may pass it on
  std::shared_ptr<limit::Limiter> failed_logins;  ///< nullptr = the route has no login; a reload passes it on
  config::Cors cors;
  bool request_id = false;          ///< answers carry X-Request-Id
  List<MountedEndpoint> endpoints;  ///< patterns with literals before those with parameters
  List<String> native;              ///< literal first segments of the patterns

  [[nodiscard]] const contract::Facade& voice() const noexcept { return emitter ? *emitter : *facade; }
  /// Encodes the outcome of a decoded request into `reply`: by the endpoint, or in the style of `emit`. Errors: those of the
  /// encoder.
  Result<void> show(const http::Request& request, const contract::Decoded& decoded, const Outcome& outcome,
                    http::Reply& reply) const {
    if (emitter) return emitter->encode(outcome, request, reply);
    return request.endpoint->encode(*facade, decoded, outcome, reply);
  }
};

/// The segments of a path: `/a/b` has a and b; `/a/` has a and an empty one.
[[nodiscard]] List<std::string_view> split_path(std::string_view path);

/// Whether an endpoint is a login: anybody may call it with credentials, to get others for them. Facades name it so.
[[nodiscard]] inline bool is_login(const contract::Endpoint& endpoint) noexcept {
  return endpoint.answer != nullptr && endpoint.answers == "Login";
}

/// Fills in `endpoints` and `native` from the facade.
void mount_endpoints(Mount& mount);

/// Sets the series that count the answers of the route and its endpoints. Call it before the route serves.
void attach_series(Mount& mount, observe::Observer& observer);

}  // namespace parley::gateway::route
