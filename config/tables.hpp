// The configuration file, key by key: what is read, what the schema says and what the reference tells come from here.
#pragma once

#include "config/section.hpp"

namespace parley {

template <>
inline constexpr auto shape::words_of<config::LossPolicy> = shape::words("warn", "lossless", "allow");
template <>
inline constexpr auto shape::words_of<config::LogLevel> = shape::words("debug", "info", "warn", "error", "off");
template <>
inline constexpr auto shape::words_of<config::LogFormat> = shape::words("text", "json");
template <>
inline constexpr auto shape::words_of<config::RateLimit::By> = shape::words("client", "principal", "route");

namespace config {

using shape::Need;
using shape::row;

inline constexpr auto limits = section<Limits, "limits">(
    row<&Limits::body, Size<1, 1U << 30U>>("body", Need::optional,
                                           "Bytes of a request body, as it is sent and unpacked."),
    row<&Limits::head, Size<128, 1U << 20U>>("head", Need::optional, "Bytes of a request line with its headers."),
    row<&Limits::idle, DurationCodec>("idle", Need::optional, "How long a connection may wait without a request."),
    row<&Limits::request, DurationCodec>("request", Need::optional,
                                         "How long a request may take from its first byte to its last."),
    row<&Limits::headers, DurationCodec>("headers", Need::optional,
                                         "How long a head may take, and how long a TLS handshake."),
    row<&Limits::write, DurationCodec>("write", Need::optional, "How long a client may keep an answer waiting."),
    row<&Limits::rate, Size<0, 1U << 30U>>(
        "rate", Need::optional,
        "Bytes a second that a client must send or read, after five seconds; `0B` = as slow as it likes."),
    row<&Limits::connections, Whole<1, 10'000'000>>("connections", Need::optional, "Connections open at once."),
    row<&Limits::per_client, Whole<0, 10'000'000>>("per_client", Need::optional,
                                                   "Connections from one address; 0 = as many as there are."),
    row<&Limits::in_flight, Whole<1, 1'000'000>>("in_flight", Need::optional,
                                                 "Requests that wait for a backend at once."),
    row<&Limits::queue, Whole<0, 1'000'000>>("queue", Need::optional, "Requests that wait for one of those places."),
    row<&Limits::queue_wait, DurationCodec>("queue_wait", Need::optional,
                                            "How long they may; then they are refused with 503."),
    row<&Limits::memory, Size<(1U << 20U), (1ULL << 40U)>>("memory", Need::optional,
                                                           "Bytes of requests and answers held at once."),
    row<&Limits::answer, Size<1024, 1U << 30U>>("answer", Need::optional,
                                                "Bytes of an answer's body. A read whose answer would be larger is "
                                                "refused in the vendor's style; the client can ask for less, page by "
                                                "page where the vendor's call has pages."));

inline constexpr auto server = section<Server, "server">(
    row<&Server::listen, OneOrMany<ListenCodec>>(
        "listen", Need::optional,
        "Addresses that every route without its own answers on; `127.0.0.1:8080` where it is left out."),
    row<&Server::workers, Whole<0, 1024>>("workers", Need::optional,
                                          "Threads that serve; 0 = as many as there are cores."),
    row<&Server::grace, DurationCodec>("grace", Need::optional,
                                       "How long requests in flight may take when the gateway stops."),
    row<&Server::trusted, OneOrMany<NetworkCodec>>(
        "trusted", Need::optional,
        "Networks of the proxies in front, such as `10.0.0.0/8`: their `X-Forwarded-For` is believed."),
    row<&Server::index>(
        "index", Need::optional,
        "Whether `GET /` answers with the listener's routes as JSON: names, facades, hosts, prefixes and an example "
        "path each. For a demo: it tells everybody what is served."),
    row<&Server::limits, Section<limits>>("limits", Need::optional, "What clients may ask for."));

using AdminOthers = Others<Place<&Admin::mark>>;
inline constexpr auto admin = section<Admin, "admin", AdminOthers>(
    row<&Admin::listen, OptionalListen>("listen", Need::required,
                                        "Where `/healthz`, `/readyz`, `/metrics` and `/state` answer, such as "
                                        "`127.0.0.1:9090`; never where clients connect."),
    row<&Admin::token, SecretCodec>(
        "token", Need::optional,
        "Bearer token that all but `/healthz` and `/readyz` ask for; required where the address is not loopback."));

inline constexpr auto log = section<Log, "log">(
    row<&Log::level>("level", Need::optional, "What is logged to standard error: this and what is worse."),
    row<&Log::format>("format", Need::optional,
                      "How those lines are written: `text` for people, `json` for programs, one object a line."),
    row<&Log::access, LineCodec>("access", Need::optional,
                                 "A file that each request adds a line of JSON to; `-` is standard output."));

using CredentialsOthers = Others<Aside<&Credentials::none>, Aside<&Credentials::given>, Place<&Credentials::mark>>;
inline constexpr auto credentials = section<Credentials, "credentials", CredentialsOthers>(
    row<&Credentials::user, UserCodec>("user", Need::optional, "enghouse, rocketchat: a user, with `password`."),
    row<&Credentials::email, UserCodec>("email", Need::optional,
                                        "comm100: the agent's e-mail address, with `api_key` or `password`."),
    row<&Credentials::password, SecretCodec>("password", Need::optional,
                                             "enghouse: sent as it is; rocketchat, comm100: a login is made with it."),
    row<&Credentials::api_key, SecretCodec>("api_key", Need::optional, "comm100: the agent's API key."),
    row<&Credentials::site_id, UserCodec>("site_id", Need::optional, "comm100: the `siteId` that goes with `api_key`."),
    row<&Credentials::user_id, UserCodec>("user_id", Need::optional, "rocketchat: `X-User-Id`, with `token`."),
    row<&Credentials::token, SecretCodec>("token", Need::optional,
                                          "rocketchat: `X-Auth-Token`; enghouse: `ctlivetoken`."),
    row<&Credentials::bearer, SecretCodec>("bearer", Need::optional, "comm100: an access token; enghouse: `ct7Token`."),
    row<&Credentials::refresh_token, SecretCodec>("refresh_token", Need::optional,
                                                  "comm100: access tokens are had with it."),
    row<&Credentials::client_id, UserCodec>("client_id", Need::optional,
                                            "comm100: the OAuth client, with `password` or `refresh_token`."),
    row<&Credentials::token_url, NameCodec>("token_url", Need::optional,
                                            "comm100: where access tokens are had, with `client_id`."));

/// The word `none`, or the credentials.
struct CredentialsCodec : Section<credentials, CredentialsOthers> {
  static Fit read(const Node& node, Credentials& value, Reading& reading);
  static void write(const Credentials& value, Writer& writer);
  static bool empty(const Credentials& value) { return !value.given; }
};

inline constexpr auto timeouts = section<Timeouts, "timeouts">(
    row<&Timeouts::connect, DurationCodec>("connect", Need::optional, "Until a connection stands, TLS included."),
    row<&Timeouts::first_byte, DurationCodec>("first_byte", Need::optional,
                                              "From the last byte of a request to the first of its answer."),
    row<&Timeouts::total, DurationCodec>(
        "total", Need::optional, "For one operation, whatever it takes; under Enghouse's facade never more than 4s."));

inline constexpr auto quota =
    section<Quota, "quota">(row<&Quota::calls, Whole<1, 1'000'000>>("calls", Need::required, "How many calls."),
                            row<&Quota::per, DurationCodec>("per", Need::required, "In how long a time."));

using BackendOthers = Others<Aside<&Backend::name>, Place<&Backend::mark>, Place<&Backend::kind_mark, "kind">,
                             Place<&Backend::url_mark, "url">>;
inline constexpr auto backend = section<Backend, "backend", BackendOthers>(
    row<&Backend::kind, NameCodec>(
        "kind", Need::required,
        "The adapter that executes operations: `sqlite`, or the vendor of the server at `url`: `enghouse`, `comm100`, "
        "`rocketchat`."),
    row<&Backend::url, UrlCodec>(
        "url", Need::optional,
        "Connectors: the vendor's server, `https://HOST[:PORT][/PATH]`, without the API's path."),
    row<&Backend::auth, CredentialsCodec>("auth", Need::optional, "Connectors: what the upstream is shown, or `none`."),
    row<&Backend::domain, NameCodec>("domain", Need::optional, "Connector enghouse: the tenant, as paths have it."),
    row<&Backend::ca, NameCodec>("ca", Need::optional,
                                 "Connectors: a PEM file of the certificates to trust instead of the system's."),
    row<&Backend::timeouts, Section<timeouts>>("timeouts", Need::optional,
                                               "Connectors: how long an upstream may take."),
    row<&Backend::quota, Section<quota>>(
        "quota", Need::optional,
        "Connectors: how often the upstream may be called; comm100: 300 in `5m` where it "
        "is left out, others: as often as they like."),
    row<&Backend::connections, Whole<1, 10'000>>("connections", Need::optional,
                                                 "Connectors: connections that each worker may have open."),
    row<&Backend::answer, Size<1024, 1U << 30U>>("answer", Need::optional,
                                                 "Connectors: bytes of an answer, as it comes and unpacked."),
    row<&Backend::path, NameCodec>("path", Need::optional, "sqlite: the file; its folder is made where it is missing."),
    row<&Backend::demo>("demo", Need::optional, "Loads the demo records while the store is empty."),
    row<&Backend::page_changes, OneOf<"url", "title">>("page_changes", Need::optional,
                                                       "Which kind of page change is noted as a page visit."));

inline constexpr auto basic = section<Auth::Basic, "basic">(
    row<&Auth::Basic::user, UserCodec>("user", Need::required,
                                       "enghouse: the user; comm100: the agent's e-mail address."),
    row<&Auth::Basic::password, SecretCodec>("password", Need::required,
                                             "enghouse: the password; comm100: the API key."));

inline constexpr auto user = section<Auth::User, "user">(
    row<&Auth::User::id, UserCodec>("id", Need::required, "What clients send as `X-User-Id`."),
    row<&Auth::User::token, SecretCodec>("token", Need::required, "What clients send as `X-Auth-Token`."));

inline constexpr auto login = section<Auth::Login, "login">(
    row<&Auth::Login::id, UserCodec>("id", Need::optional, "rocketchat: the user's id; comm100: the agent's."),
    row<&Auth::Login::name, UserCodec>("name", Need::optional, "rocketchat: the user name."),
    row<&Auth::Login::email, UserCodec>("email", Need::optional,
                                        "comm100: what the client logs in with; rocketchat: may."),
    row<&Auth::Login::password, SecretCodec>("password", Need::required, "The password."));

using AuthOthers = Others<Aside<&Auth::none>, Aside<&Auth::given>, Place<&Auth::mark>>;
inline constexpr auto auth = section<Auth, "auth", AuthOthers>(
    row<&Auth::tokens, OneOrMany<SecretCodec>>("tokens", Need::optional, "enghouse: values of `ctlivetoken`."),
    row<&Auth::bearer, OneOrMany<SecretCodec>>("bearer", Need::optional,
                                               "comm100: access tokens; enghouse: values of `ct7Token`."),
    row<&Auth::basic, OneOrMany<Section<basic>>>("basic", Need::optional, "enghouse, comm100: users with passwords."),
    row<&Auth::site_id, UserCodec>("site_id", Need::optional, "comm100: the `siteId` that goes with basic."),
    row<&Auth::users, OneOrMany<Section<user>>>("users", Need::optional, "rocketchat: users with their tokens."),
    row<&Auth::logins, OneOrMany<Section<login>>>(
        "logins", Need::optional,
        "Who gets a token by the vendor's own call: comm100 `POST /oauth/token`, rocketchat `POST /api/v1/login`."),
    row<&Auth::client_id, UserCodec>("client_id", Need::optional,
                                     "comm100: the OAuth client that logins must name; any where it is left out."),
    row<&Auth::session, DurationCodec>("session", Need::optional, "How long a token of a login is good."),
    row<&Auth::token_key, SecretCodec>("token_key", Need::optional,
                                       "What such tokens are signed with, 32 bytes or more: the same on several "
                                       "gateways lets each accept the others'. A "
                                       "new one at each start where it is left out. With one, tokens outlive a "
                                       "restart, which forgets logouts and used refresh tokens."));

/// The word `none`, or the credentials.
struct AuthCodec : Section<auth, AuthOthers> {
  static Fit read(const Node& node, Auth& value, Reading& reading);
  static void write(const Auth& value, Writer& writer);
  static bool empty(const Auth& value) { return !value.given; }
};

inline constexpr auto rate_limit = section<RateLimit, "rate_limit">(
    row<&RateLimit::requests, Whole<1, 1'000'000'000>>("requests", Need::required, "How many requests."),
    row<&RateLimit::per, DurationCodec>("per", Need::required, "In how long a time."),
    row<&RateLimit::by>("by", Need::optional,
                        "Counted for each `client` address, each `principal` (whose credentials came; calls without "
                        "and wrong ones apart, "
                        "for the client), or for the whole `route`."));

inline constexpr auto cors = section<Cors, "cors">(
    row<&Cors::origins, OneOrMany<NameCodec>>(
        "origins", Need::required, "Origins whose pages may call, such as `https://shop.example.com`; `*` = all."),
    row<&Cors::credentials>("credentials", Need::optional, "Whether those pages may send the browser's credentials."),
    row<&Cors::max_age, DurationCodec>("max_age", Need::optional, "How long a browser may remember that."));

using RouteOthers =
    Others<Place<&Route::mark>, Place<&Route::facade_mark, "facade">, Place<&Route::backend_mark, "backend">,
           Place<&Route::profile_mark, "profile">, Place<&Route::emit_mark, "emit">>;
inline constexpr auto route = section<Route, "route", RouteOthers>(
    row<&Route::name, LineCodec>("name", Need::optional,
                                 "For logs and listings; unique. The facade's name where it is left out."),
    row<&Route::facade, NameCodec>(
        "facade", Need::required,
        "The style that clients speak: `enghouse`, `comm100` or `rocketchat`, at its native paths."),
    row<&Route::host, HostCodec>("host", Need::optional,
                                 "Answers only requests for this host; any host where it is left out."),
    row<&Route::prefix, PrefixCodec>("prefix", Need::optional, "A path in front of the native paths."),
    row<&Route::profile>("profile", Need::optional,
                         "Which version of the vendor's API; rocketchat: `8` (default) or `0.70`, which is Pimenta."),
    row<&Route::listen, OneOrMany<ListenCodec>>(
        "listen", Need::optional, "Answers only on these addresses, which are opened beside those of the server."),
    row<&Route::backend, NameCodec>("backend", Need::required, "The name of the backend that executes the operations."),
    row<&Route::emit>("emit", Need::optional, "Answers in this style instead of the facade's own."),
    row<&Route::loss>("loss", Need::optional,
                      "What happens when an answer cannot carry a field: `warn` tells in a header, `lossless` refuses, "
                      "`allow` says nothing."),
    row<&Route::request_id>("request_id", Need::optional,
                            "Whether answers, lines of the access log and upstream calls carry `X-Request-Id`: the "
                            "client's where it is 1 to 128 visible ASCII characters, else a new one."),
    row<&Route::auth, AuthCodec>(
        "auth", Need::optional,
        "Credentials that the route accepts, or `none`. Required where the vendor requires them."),
    row<&Route::rate_limit, Section<rate_limit>>(
        "rate_limit", Need::optional,
        "How often the route may be called; as often as clients like where it is left out. Paths and methods that it "
        "does not have count, too; OPTIONS does not. Logins that fail are bounded anyway: 20 a minute for a client."),
    row<&Route::cors, Section<cors>>("cors", Need::optional,
                                     "Whether pages of other origins may call; what the vendor's own server says where "
                                     "it is left out."),
    row<&Route::custom_fields, OneOrMany<NameCodec>>(
        "custom_fields", Need::optional,
        "rocketchat: the custom fields that are kept; every field where it is left out."),
    row<&Route::away_statuses, OneOrMany<NameCodec>>(
        "away_statuses", Need::optional, "comm100: the custom away statuses; any name where it is left out."),
    row<&Route::strict_status>("strict_status", Need::optional,
                               "enghouse: real HTTP statuses for errors to callers without a callback."),
    row<&Route::domains, PairsCodec>(
        "domains", Need::optional,
        "enghouse: the tenant of each domain in the path; one tenant where it is left out."));

inline constexpr auto settings = section<Settings, "config", Others<Aside<&Settings::places>>>(
    row<&Settings::server, Section<server>>("server", Need::optional, "Where and how the gateway listens."),
    row<&Settings::admin, Section<admin, AdminOthers>>("admin", Need::optional, "The listener for operators."),
    row<&Settings::log, Section<log>>("log", Need::optional, "What is logged, and where."),
    row<&Settings::backends, MapOf<&Backend::name, Section<backend, BackendOthers>>>(
        "backends", Need::optional, "What routes execute on, by name."),
    row<&Settings::routes, shape::ListOf<Section<route, RouteOthers>>>(
        "routes", Need::optional, "Which vendor's API is answered where, by which backend."));

}  // namespace config
}  // namespace parley
