// What can be said of a configuration without serving it: shared by `parley check`, `parley routes` and `parley serve`.
#pragma once

#include <span>
#include <string_view>

#include "adapters/contract/adapter.hpp"
#include "config/settings.hpp"

namespace parley::gateway::runtime {

using Adapters = std::span<const contract::Adapter* const>;

/// What only the adapters, or all parts together, can tell. Faults: unknown facade, backend kind or emit style (with the nearest known
/// name), what each adapter finds wrong in its routes and backends, two routes that would answer the same requests, two
/// backends on one store, an upstream that is the gateway itself. And warnings: see `advise`. Opens nothing. In the order of the file.
[[nodiscard]] config::Faults check(const config::Settings& settings, Adapters adapters = contract::registry());

/// One endpoint of one route on one listener.
struct RouteRow {
  String route;
  String listener;  ///< `127.0.0.1:8080`
  String host;      ///< empty = any
  std::string_view method;
  String path;  ///< prefix and pattern
  std::string_view style;
  String emit;     ///< empty = the style itself
  String backend;  ///< empty = the facade answers by itself
  std::string_view operation;
  bool supported = true;
  String why_not;
};

/// Every endpoint that the settings mount. The settings must have passed `check`. Opens nothing.
[[nodiscard]] List<RouteRow> list_routes(const config::Settings& settings, Adapters adapters = contract::registry());

/// True where a route accepts one of the published demo credentials: not to be shown beyond loopback.
[[nodiscard]] bool uses_demo_credentials(const config::Settings& settings, Adapters adapters = contract::registry());

}  // namespace parley::gateway::runtime
