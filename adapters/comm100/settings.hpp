// Comm100's keys in the configuration: of routes, of backends, and of the credentials of both.
#pragma once

#include "adapters/login/settings.hpp"

namespace parley::comm100 {

struct RouteSettings {
  List<String> away_statuses;   ///< custom away names; empty = any name is accepted
  String visitors = "on_site";  ///< whom the list of visitors shows: on_site or all

  friend bool operator==(const RouteSettings&, const RouteSettings&) = default;
};

/// Credentials that a route accepts in addition to `login::Settings`.
struct RouteAuth {
  List<config::Secret> bearer;  ///< access tokens
  List<login::Basic> basic;     ///< e-mail address and API key
  String site_id;               ///< the siteId that a request with `basic` must name
  String client_id;             ///< the OAuth client that a login must name; empty = any

  friend bool operator==(const RouteAuth&, const RouteAuth&) = default;
};

/// The credentials that the connector sends: a bearer token, an API key, or a grant that gets access tokens.
struct BackendAuth {
  config::Secret bearer;  ///< access token
  String email;           ///< the agent, with `api_key` or `password`
  config::Secret api_key;
  String site_id;  ///< with `api_key`
  config::Secret refresh_token;
  config::Secret password;
  String client_id;  ///< of the OAuth client, with `password` or `refresh_token`
  String token_url;  ///< gives access tokens; with `client_id`

  friend bool operator==(const BackendAuth&, const BackendAuth&) = default;
};

inline constexpr auto route_settings = config::section<RouteSettings, "comm100.route">(
    config::row<&RouteSettings::away_statuses, config::OneOrMany<config::NameCodec>>(
        "away_statuses", config::Need::optional, "The custom away statuses; any name where it is left out."),
    config::row<&RouteSettings::visitors, config::OneOf<"on_site", "all">>(
        "visitors", config::Need::optional,
        "Whom `GET livechat/visitors` lists: the visitors on the site now, or all of the store. A vendor's server "
        "decides "
        "by itself."));

inline constexpr auto route_auth = config::section<RouteAuth, "comm100.auth">(
    config::row<&RouteAuth::bearer, config::OneOrMany<config::SecretCodec>>("bearer", config::Need::optional,
                                                                            "Access tokens."),
    config::row<&RouteAuth::basic, config::OneOrMany<config::Section<login::basic>>>(
        "basic", config::Need::optional, "Agents' e-mail addresses with their API keys."),
    config::row<&RouteAuth::site_id, config::UserCodec>("site_id", config::Need::optional,
                                                        "The `siteId` that goes with basic."),
    config::row<&RouteAuth::client_id, config::UserCodec>(
        "client_id", config::Need::optional,
        "The OAuth client that logins (`POST /oauth/token`) must name; any where it is left out."));

inline constexpr auto backend_auth = config::section<BackendAuth, "comm100.credentials">(
    config::row<&BackendAuth::bearer, config::SecretCodec>("bearer", config::Need::optional, "An access token."),
    config::row<&BackendAuth::email, config::UserCodec>("email", config::Need::optional,
                                                        "The agent's e-mail address, with `api_key` or `password`."),
    config::row<&BackendAuth::api_key, config::SecretCodec>("api_key", config::Need::optional, "The agent's API key."),
    config::row<&BackendAuth::site_id, config::UserCodec>("site_id", config::Need::optional,
                                                          "The `siteId` that goes with `api_key`."),
    config::row<&BackendAuth::refresh_token, config::SecretCodec>("refresh_token", config::Need::optional,
                                                                  "Requests access tokens."),
    config::row<&BackendAuth::password, config::SecretCodec>("password", config::Need::optional,
                                                             "Logs in with `email`."),
    config::row<&BackendAuth::client_id, config::UserCodec>("client_id", config::Need::optional,
                                                            "The OAuth client, with `password` or `refresh_token`."),
    config::row<&BackendAuth::token_url, config::NameCodec>("token_url", config::Need::optional,
                                                            "Where access tokens are had, with `client_id`."));

inline constexpr config::Synonym route_auth_synonyms[] = {{"username", "basic"}, {"password", "basic"}};
inline constexpr config::Synonym backend_auth_synonyms[] = {{"client", "client_id"}};
inline constexpr config::TableBelow route_auth_below[] = {login::basic_below};

/// Adds a fault for missing or incomplete credentials, and for keys of logins that do not fit this vendor.
void check_route(const config::Route& route, config::Faults& faults);

}  // namespace parley::comm100

namespace parley {

template <>
inline constexpr auto config::own_table<comm100::RouteSettings> =
    config::make_own<comm100::route_settings>(config::At::route);
template <>
inline constexpr auto config::own_table<comm100::RouteAuth> = config::make_own<comm100::route_auth>(
    config::At::route_auth,
    {.example = "bearer: {file: PATH}", .synonyms = comm100::route_auth_synonyms, .below = comm100::route_auth_below});
template <>
inline constexpr auto config::own_table<comm100::BackendAuth> = config::make_own<comm100::backend_auth>(
    config::At::backend_auth, {.example = "bearer: {file: PATH}", .synonyms = comm100::backend_auth_synonyms});

}  // namespace parley
