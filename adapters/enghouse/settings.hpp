// Enghouse's keys in the configuration: of routes, of backends, and of the credentials of both.
#pragma once

#include "adapters/login/settings.hpp"

namespace parley::enghouse {

struct RouteSettings {
  bool strict_status = false;               ///< real statuses for callers without a callback
  List<std::pair<String, String>> domains;  ///< domain in the path -> tenant; empty = every domain is the one tenant

  friend bool operator==(const RouteSettings&, const RouteSettings&) = default;
};

/// Credentials that a route accepts.
struct RouteAuth {
  List<config::Secret> tokens;  ///< values of `ctlivetoken`
  List<config::Secret> bearer;  ///< values of `ct7Token`
  List<login::Basic> basic;

  friend bool operator==(const RouteAuth&, const RouteAuth&) = default;
};

struct BackendSettings {
  String domain;  ///< the tenant, put into every path; empty = none

  friend bool operator==(const BackendSettings&, const BackendSettings&) = default;
};

/// The credentials that the connector sends: one of user with password, token, or bearer.
struct BackendAuth {
  config::Secret token;   ///< ctlivetoken
  config::Secret bearer;  ///< ct7Token
  String user;
  config::Secret password;

  friend bool operator==(const BackendAuth&, const BackendAuth&) = default;
};

inline constexpr auto route_settings = config::section<RouteSettings, "enghouse.route">(
    config::row<&RouteSettings::strict_status>("strict_status", config::Need::optional,
                                               "Real HTTP statuses for errors to callers without a callback."),
    config::row<&RouteSettings::domains, config::PairsCodec>(
        "domains", config::Need::optional, "The tenant of each domain in the path; one tenant where it is left out."));

inline constexpr auto route_auth = config::section<RouteAuth, "enghouse.auth">(
    config::row<&RouteAuth::tokens, config::OneOrMany<config::SecretCodec>>("tokens", config::Need::optional,
                                                                            "Values of `ctlivetoken`."),
    config::row<&RouteAuth::bearer, config::OneOrMany<config::SecretCodec>>("bearer", config::Need::optional,
                                                                            "Values of `ct7Token`."),
    config::row<&RouteAuth::basic, config::OneOrMany<config::Section<login::basic>>>("basic", config::Need::optional,
                                                                                     "Users with passwords."));

inline constexpr auto backend_settings =
    config::section<BackendSettings, "enghouse.backend">(config::row<&BackendSettings::domain, config::NameCodec>(
        "domain", config::Need::optional, "The tenant, as paths have it."));

inline constexpr auto backend_auth = config::section<BackendAuth, "enghouse.credentials">(
    config::row<&BackendAuth::token, config::SecretCodec>("token", config::Need::optional, "A `ctlivetoken`."),
    config::row<&BackendAuth::bearer, config::SecretCodec>("bearer", config::Need::optional, "A `ct7Token`."),
    config::row<&BackendAuth::user, config::UserCodec>("user", config::Need::optional, "A user, with `password`."),
    config::row<&BackendAuth::password, config::SecretCodec>("password", config::Need::optional, "Sent as it is."));

inline constexpr config::Synonym backend_synonyms[] = {{"tenant", "domain"}};
inline constexpr config::Synonym route_auth_synonyms[] = {{"username", "basic"}, {"password", "basic"}};
inline constexpr config::Synonym backend_auth_synonyms[] = {{"username", "user"}};
inline constexpr config::TableBelow route_auth_below[] = {login::basic_below};

/// Adds a fault for a domain that is mapped twice.
void check_route(const config::Route& route, config::Faults& faults);
/// Adds a fault for a missing or wrong url, and for missing, incomplete or several credentials.
void check_backend(const config::Backend& settings, config::Faults& faults);

}  // namespace parley::enghouse

namespace parley {

template <>
inline constexpr auto config::own_table<enghouse::RouteSettings> =
    config::make_own<enghouse::route_settings>(config::At::route);
template <>
inline constexpr auto config::own_table<enghouse::RouteAuth> = config::make_own<enghouse::route_auth>(
    config::At::route_auth, {.synonyms = enghouse::route_auth_synonyms, .below = enghouse::route_auth_below});
template <>
inline constexpr auto config::own_table<enghouse::BackendSettings> =
    config::make_own<enghouse::backend_settings>(config::At::backend, {.synonyms = enghouse::backend_synonyms});
template <>
inline constexpr auto config::own_table<enghouse::BackendAuth> =
    config::make_own<enghouse::backend_auth>(config::At::backend_auth, {.synonyms = enghouse::backend_auth_synonyms});

}  // namespace parley
