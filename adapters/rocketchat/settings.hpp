// Rocket.Chat's keys in the configuration: of routes, and of the credentials of routes and backends.
#pragma once

#include "adapters/login/settings.hpp"

namespace parley::rocketchat {

struct RouteSettings {
  List<String> custom_fields;  ///< the names of the custom fields that the route keeps; empty = every field

  friend bool operator==(const RouteSettings&, const RouteSettings&) = default;
};

/// Credentials that a route accepts in addition to `login::Settings`.
struct RouteAuth {
  struct User {
    String id;
    config::Secret token;

    friend bool operator==(const User&, const User&) = default;
  };
  List<User> users;  ///< X-User-Id with X-Auth-Token

  friend bool operator==(const RouteAuth&, const RouteAuth&) = default;
};

/// The credentials that the connector sends: a user id with a token, or a login by name or e-mail address.
struct BackendAuth {
  String user_id;
  config::Secret token;  ///< personal access token
  String user;
  config::Secret password;

  friend bool operator==(const BackendAuth&, const BackendAuth&) = default;
};

inline constexpr auto route_settings = config::section<RouteSettings, "rocketchat.route">(
    config::row<&RouteSettings::custom_fields, config::OneOrMany<config::NameCodec>>(
        "custom_fields", config::Need::optional, "The custom fields that are kept; every field where it is left out."));

inline constexpr auto user = config::section<RouteAuth::User, "user">(
    config::row<&RouteAuth::User::id, config::UserCodec>("id", config::Need::required,
                                                         "What clients send as `X-User-Id`."),
    config::row<&RouteAuth::User::token, config::SecretCodec>("token", config::Need::required,
                                                              "What clients send as `X-Auth-Token`."));

inline constexpr auto route_auth = config::section<RouteAuth, "rocketchat.auth">(
    config::row<&RouteAuth::users, config::OneOrMany<config::Section<user>>>("users", config::Need::optional,
                                                                             "Users with their tokens."));

inline constexpr auto backend_auth = config::section<BackendAuth, "rocketchat.credentials">(
    config::row<&BackendAuth::user_id, config::UserCodec>("user_id", config::Need::optional,
                                                          "`X-User-Id`, with `token`."),
    config::row<&BackendAuth::token, config::SecretCodec>("token", config::Need::optional, "`X-Auth-Token`."),
    config::row<&BackendAuth::user, config::UserCodec>("user", config::Need::optional, "A user, with `password`."),
    config::row<&BackendAuth::password, config::SecretCodec>("password", config::Need::optional, "Logs in as `user`."));

inline constexpr config::Synonym backend_auth_synonyms[] = {{"username", "user"}};
inline constexpr config::TableBelow route_auth_below[] = {
    {config::keys_of<user>(), "routes[].auth.users[]", "{id: ID, token: {file: PATH}}"}};

/// Adds a fault for an unknown profile, and for missing or incomplete credentials.
void check_route(const config::Route& route, config::Faults& faults);

}  // namespace parley::rocketchat

namespace parley {

template <>
inline constexpr auto config::own_table<rocketchat::RouteSettings> =
    config::make_own<rocketchat::route_settings>(config::At::route);
template <>
inline constexpr auto config::own_table<rocketchat::RouteAuth> =
    config::make_own<rocketchat::route_auth>(config::At::route_auth, {.below = rocketchat::route_auth_below});
template <>
inline constexpr auto config::own_table<rocketchat::BackendAuth> = config::make_own<rocketchat::backend_auth>(
    config::At::backend_auth, {.synonyms = rocketchat::backend_auth_synonyms});

}  // namespace parley
