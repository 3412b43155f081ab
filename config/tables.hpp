// The configuration file, key by key. The loader, the schema and the reference use these tables.
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
                                            "How long they may wait; then they are refused with 503."),
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

/// `none`, or a map of credentials. The adapters' own tables read the credentials.
struct AuthCodec {
  static constexpr Fidelity fidelity = Fidelity::exact;
  static void write(const Auth& value, Writer& writer) { writer.string(value.none ? "none" : "[secret]"); }
  static bool empty(const Auth& value) { return !value.given; }

 protected:
  /// `open`: the hint of a fault that explains what `none` means here.
  static Fit read(const Node& node, Auth& value, std::string_view open, Reading& reading);
};
/// Credentials for an upstream.
struct BackendAuthCodec : AuthCodec {
  static constexpr Type type{.form = Form::object};
  static Fit read(const Node& node, Auth& value, Reading& reading) {
    return AuthCodec::read(node, value, "write none for an upstream that asks for none", reading);
  }
};
/// Credentials that clients must send.
struct RouteAuthCodec : AuthCodec {
  static constexpr Type type{.form = Form::object};
  static Fit read(const Node& node, Auth& value, Reading& reading);
};

using BackendOthers =
    Others<Aside<&Backend::name>, Aside<&Backend::own>, Place<&Backend::mark>, Place<&Backend::kind_mark, "kind">>;
inline constexpr auto backend = section<Backend, "backend", BackendOthers>(
    row<&Backend::kind, NameCodec>(
        "kind", Need::required, "The adapter that executes operations: a store, or the vendor of the server at `url`."),
    row<&Backend::auth, BackendAuthCodec>("auth", Need::optional,
                                          "Connectors: what the upstream is shown, or `none`."));

inline constexpr auto rate_limit = section<RateLimit, "rate_limit">(
    row<&RateLimit::requests, Whole<1, 1'000'000'000>>("requests", Need::required, "How many requests."),
    row<&RateLimit::per, DurationCodec>("per", Need::required, "The time in which so many are allowed."),
    row<&RateLimit::by>("by", Need::optional,
                        "Counted for each `client` address, each `principal` (whose credentials came; calls without "
                        "and wrong ones apart, "
                        "for the client), or for the whole `route`."));

inline constexpr auto cors = section<Cors, "cors">(
    row<&Cors::origins, OneOrMany<NameCodec>>(
        "origins", Need::required, "Origins whose pages may call, such as `https://shop.example.com`; `*` = all."),
    row<&Cors::credentials>("credentials", Need::optional, "Whether those pages may send the browser's credentials."),
    row<&Cors::max_age, DurationCodec>("max_age", Need::optional, "How long a browser may remember that."));

using RouteOthers = Others<Aside<&Route::own>, Place<&Route::mark>, Place<&Route::facade_mark, "facade">,
                           Place<&Route::backend_mark, "backend">, Place<&Route::profile_mark, "profile">,
                           Place<&Route::emit_mark, "emit">>;
inline constexpr auto route = section<Route, "route", RouteOthers>(
    row<&Route::name, LineCodec>("name", Need::optional,
                                 "For logs and listings; unique. The facade's name where it is left out."),
    row<&Route::facade, NameCodec>("facade", Need::required, "The style that clients speak, at its native paths."),
    row<&Route::host, HostCodec>("host", Need::optional,
                                 "Answers only requests for this host; any host where it is left out."),
    row<&Route::prefix, PrefixCodec>("prefix", Need::optional, "A path in front of the native paths."),
    row<&Route::profile>("profile", Need::optional, "Which version of the vendor's API, where the vendor has several."),
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
    row<&Route::auth, RouteAuthCodec>(
        "auth", Need::optional,
        "Credentials that the route accepts, or `none`. Required where the vendor requires them."),
    row<&Route::rate_limit, Section<rate_limit>>(
        "rate_limit", Need::optional,
        "How often the route may be called; as often as clients like where it is left out. Paths and methods that it "
        "does not have count, too; OPTIONS does not. Logins that fail are bounded anyway: 20 a minute for a client."),
    row<&Route::cors, Section<cors>>("cors", Need::optional,
                                     "Whether pages of other origins may call; what the vendor's own server says where "
                                     "it is left out."));

inline constexpr auto settings = section<Settings, "config", Others<Aside<&Settings::places>>>(
    row<&Settings::server, Section<server>>("server", Need::optional, "Where and how the gateway listens."),
    row<&Settings::admin, Section<admin, AdminOthers>>("admin", Need::optional, "The listener for operators."),
    row<&Settings::log, Section<log>>("log", Need::optional, "What is logged, and where."),
    row<&Settings::backends, MapOf<&Backend::name, CommonSection<backend, BackendOthers>>>(
        "backends", Need::optional, "What routes execute on, by name."),
    row<&Settings::routes, shape::ListOf<CommonSection<route, RouteOthers>>>(
        "routes", Need::optional, "Which vendor's API is answered where, by which backend."));

}  // namespace config
}  // namespace parley
