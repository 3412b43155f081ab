// Checks a configuration and lists its routes without serving it: for `parley check`, `parley routes` and `parley serve`.
#pragma once

#include <span>
#include <string_view>

#include "adapters/contract/adapter.hpp"
#include "config/settings.hpp"

namespace parley::gateway::runtime {

using Adapters = std::span<const contract::Adapter* const>;

/// Finds faults that need the adapters or several parts of the file: an unknown facade, backend, kind of backend or style of
/// emit (with the nearest known name); what each adapter finds wrong in its routes and backends; two backends on one
/// store; an upstream that is the gateway itself. Adds warnings: see `advise`. Opens nothing. In the order of the file.
[[nodiscard]] config::Faults check(const config::Settings& settings, Adapters adapters = contract::registry());

/// An endpoint of a route on a listener.
struct RouteRow {
  String route;
  String listener;  ///< `127.0.0.1:8080`
  String host;      ///< empty = any
  std::string_view method;
  String path;  ///< prefix and pattern
  std::string_view style;
  String emit;                 ///< empty = the answers have the route's own style
  String backend;              ///< empty = the facade answers by itself
  std::string_view operation;  ///< empty = the facade does not have this call of its vendor
  bool supported = true;
  String why_not;
};

/// Lists every endpoint of the settings, which must have passed `check`. Opens nothing.
[[nodiscard]] List<RouteRow> list_routes(const config::Settings& settings, Adapters adapters = contract::registry());

/// Whether a route accepts one of the published demo credentials, so that it must listen on loopback only.
[[nodiscard]] bool uses_demo_credentials(const config::Settings& settings, Adapters adapters = contract::registry());

}  // namespace parley::gateway::runtime
