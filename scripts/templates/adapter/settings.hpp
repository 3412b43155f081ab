// The keys of the configuration for routes of @NAME@. A key that only this vendor has is a member with a default, and a row.
#pragma once

#include "config/own_table.hpp"

namespace parley::@NAME@ {

struct RouteSettings {
  bool hide_status = false;  ///< agents are shown without their status

  friend bool operator==(const RouteSettings&, const RouteSettings&) = default;
};

/// Credentials that a route accepts.
struct RouteAuth {
  List<config::Secret> bearer;  ///< access tokens

  friend bool operator==(const RouteAuth&, const RouteAuth&) = default;
};

inline constexpr auto route_settings = config::section<RouteSettings, "@NAME@.route">(
    config::row<&RouteSettings::hide_status>("hide_status", config::Need::optional, "Shows agents without their status."));

inline constexpr auto route_auth = config::section<RouteAuth, "@NAME@.auth">(
    config::row<&RouteAuth::bearer, config::OneOrMany<config::SecretCodec>>("bearer", config::Need::optional,
                                                                            "Access tokens."));

}  // namespace parley::@NAME@

namespace parley {

template <>
inline constexpr auto config::own_table<@NAME@::RouteSettings> =
    config::make_own<@NAME@::route_settings>(config::At::route);
template <>
inline constexpr auto config::own_table<@NAME@::RouteAuth> =
    config::make_own<@NAME@::route_auth>(config::At::route_auth);

}  // namespace parley
