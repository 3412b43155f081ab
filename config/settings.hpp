// The configuration as plain structs with defaults: what a file says, checked.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "schemas/shape/node.hpp"
#include "schemas/text.hpp"

namespace parley::config {

using shape::Mark;

/// A value that is never printed: `[secret]` stands for it.
struct Secret {
  String value;
  friend bool operator==(const Secret&, const Secret&) = default;
};

/// What a listener shows its clients.
struct Tls {
  String certificate;  ///< PEM file: the certificate, then those that vouch for it
  String key;          ///< PEM file: its private key
  Mark mark;
};

/// An address with the bits of it that count: 10.0.0.0/8, ::1/128. IPv4 is kept as ::ffff:a.b.c.d.
struct Network {
  std::array<std::uint8_t, 16> address{};
  std::uint8_t bits = 128;
  /// Whether an address, as text without a port, belongs to it; false for what is no address.
  [[nodiscard]] bool contains(std::string_view text) const noexcept;
  [[nodiscard]] String text() const;  ///< `10.0.0.0/8`
  friend bool operator==(const Network&, const Network&) = default;
};
/// nothing: no address, bad bits, or bits behind those that count.
[[nodiscard]] std::optional<Network> parse_network(std::string_view text);

/// HOST:PORT with a numeric address (or localhost); port 0 = any free one.
struct Endpoint {
  String host;
  std::uint16_t port = 0;
  Mark mark;
  std::optional<Tls> tls{};
  [[nodiscard]] String text() const;  ///< `127.0.0.1:8080`, `[::1]:8080`
  [[nodiscard]] bool loopback() const;
  /// The same address; what it speaks there does not count.
  friend bool operator==(const Endpoint& a, const Endpoint& b) { return a.host == b.host && a.port == b.port; }
};

/// `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080` to an endpoint without a mark; nothing where it is not of that form.
[[nodiscard]] std::optional<Endpoint> parse_endpoint(std::string_view text);

struct Limits {
  std::uint64_t body = 1024 * 1024;           ///< bytes of a request body
  std::uint64_t head = 16 * 1024;             ///< bytes of a request line with its headers
  std::chrono::milliseconds idle{75'000};     ///< a connection without a request
  std::chrono::milliseconds request{30'000};  ///< from the first byte of a request to its last
  std::chrono::milliseconds headers{
      10'000};  ///< from the first byte of a request to the end of its head; TLS handshakes too
  std::chrono::milliseconds write{30'000};  ///< each wait for a client that reads slowly
  std::uint64_t rate = 240;           ///< bytes a second that a body, or a reader, must keep up after its first seconds
  std::int64_t connections = 20'000;  ///< open at once
  std::int64_t per_client = 0;        ///< of them from one address; 0 = as many as there are
  std::int64_t in_flight = 1024;      ///< requests that wait for a backend at once
  std::int64_t queue = 1024;          ///< requests that wait for one of those places
  std::chrono::milliseconds queue_wait{1'000};  ///< how long they may
  std::uint64_t memory = 256ULL * 1024 * 1024;  ///< bytes of requests and answers held at once
  std::uint64_t answer = 16ULL * 1024 * 1024;   ///< bytes of an answer's body
};

struct Server {
  List<Endpoint> listen;
  std::int64_t workers = 0;                 ///< 0 = as many as cores
  std::chrono::milliseconds grace{10'000};  ///< that requests in flight have when the gateway stops
  List<Network> trusted;                    ///< proxies whose X-Forwarded-For is believed
  bool index = false;                       ///< whether `/` tells what is served where
  Limits limits;
};

/// The listener for operators.
struct Admin {
  std::optional<Endpoint> listen;  ///< none = there is no such listener
  Secret token;  ///< bearer that everything but /healthz and /readyz asks for; empty = nothing is asked
  Mark mark;
};

enum class LogLevel : std::uint8_t { debug, info, warn, error, off };

/// How a line of the operators' log is written: for people, or as a JSON object.
enum class LogFormat : std::uint8_t { text, json };

struct Log {
  LogLevel level = LogLevel::info;
  LogFormat format = LogFormat::text;
  String access;  ///< file that each request adds a line to; `-` is standard output, empty = none
};

/// What a connector shows an upstream. Which of them a vendor takes, its adapter says.
struct Credentials {
  bool none = false;   ///< written out: the upstream is open
  bool given = false;  ///< the file says something about auth
  String user;         ///< enghouse: with `password`; rocketchat: a login by name or e-mail, with `password`
  String email;        ///< comm100: the agent, with `api_key` or `password`
  Secret password;
  Secret api_key;
  String site_id;        ///< comm100: goes with `api_key`
  String user_id;        ///< rocketchat: goes with `token`
  Secret token;          ///< rocketchat: personal access token; enghouse: ctlivetoken
  Secret bearer;         ///< comm100: access token; enghouse: ct7Token
  Secret refresh_token;  ///< comm100
  String client_id;      ///< comm100: of the OAuth client, with `password` or `refresh_token`
  String token_url;      ///< comm100: where access tokens are had, with `client_id`
  Mark mark;
};

/// How long a connector waits for an upstream.
struct Timeouts {
  std::chrono::milliseconds connect{2'000};      ///< name, TCP and TLS
  std::chrono::milliseconds first_byte{10'000};  ///< from the last byte of the request
  std::chrono::milliseconds total{15'000};  ///< of one call, with everything it takes; a client's patience may be less
};

/// How often an upstream may be called by this process. 0 calls = as the vendor's adapter says.
struct Quota {
  std::int64_t calls = 0;
  std::chrono::milliseconds per{60'000};
};

struct Backend {
  String name;
  String kind;  ///< an adapter that brings a backend: sqlite, or a vendor's connector
  String path;  ///< sqlite: the file
  bool demo = false;
  String page_changes = "url";  ///< which kind of page change is noted: url or title
  String url;                   ///< connectors: `https://host[:port][/path]`
  Credentials auth;
  String domain;  ///< enghouse: the tenant, put into every path; empty = none
  String ca;      ///< connectors: file of the certificates trusted instead of the system's
  Timeouts timeouts;
  Quota quota;
  std::int64_t connections = 64;           ///< connectors: open at once for each worker
  std::uint64_t answer = 8 * 1024 * 1024;  ///< connectors: bytes of an answer, raw and unpacked
  Mark mark;
  Mark kind_mark;
  Mark url_mark;
};

enum class LossPolicy : std::uint8_t { warn, lossless, allow };

/// Credentials that a route accepts, in its facade's manner. Each list holds pairs or single secrets.
struct Auth {
  bool none = false;    ///< written out: the route is open
  bool given = false;   ///< the file says something about auth
  List<Secret> bearer;  ///< comm100: access tokens; enghouse: ct7Token
  struct Basic {
    String user;
    Secret password;
  };
  List<Basic> basic;    ///< comm100: e-mail and API key; enghouse: user and password
  String site_id;       ///< comm100: the siteId that goes with basic
  List<Secret> tokens;  ///< enghouse: ctlivetoken
  struct User {
    String id;
    Secret token;
  };
  List<User> users;  ///< rocketchat: X-User-Id with X-Auth-Token
  /// Who may get a token by the vendor's own call: comm100 POST /oauth/token, rocketchat POST /api/v1/login.
  struct Login {
    String id;     ///< rocketchat: the user's id; comm100: the agent's
    String name;   ///< rocketchat: the user name
    String email;  ///< comm100: what the client logs in with; rocketchat: may
    Secret password;
  };
  List<Login> logins;
  String client_id;                               ///< comm100: the OAuth client that logins come from; empty = any
  std::chrono::milliseconds session{43'200'000};  ///< how long such a token is good
  Secret
      token_key;  ///< what tokens are signed with; empty = a new one at each start, so that tokens end with the process
  Mark mark;
};

/// How often a route may be called.
struct RateLimit {
  enum class By : std::uint8_t { client, principal, route };
  std::int64_t requests = 0;  ///< 0 = as often as they like
  std::chrono::milliseconds per{60'000};
  By by = By::client;
};

/// Whether pages of other origins may call a route.
struct Cors {
  List<String> origins;  ///< `https://shop.example.com`; `*` = all; empty = none
  bool credentials = false;
  std::chrono::milliseconds max_age{600'000};  ///< how long a browser may remember the answer
};

struct Route {
  String name;
  String facade;
  String host;     ///< empty = any
  String prefix;   ///< empty, or `/crm`
  String profile;  ///< the facade's own default where empty
  String backend;
  String emit;            ///< empty = the facade's own style
  List<Endpoint> listen;  ///< empty = every listener of the server
  LossPolicy loss = LossPolicy::warn;
  bool request_id = false;  ///< whether answers carry X-Request-Id
  Auth auth;
  RateLimit rate_limit;
  Cors cors;
  List<String> custom_fields;  ///< rocketchat: the registry; empty = every field is kept
  List<String> away_statuses;  ///< comm100: custom away names; empty = any name is accepted
  bool strict_status = false;  ///< enghouse: real statuses for callers without a callback
  List<std::pair<String, String>>
      domains;  ///< enghouse: client's domain -> tenant; empty = one tenant under every domain
  Mark mark;
  Mark facade_mark;
  Mark backend_mark;
  Mark profile_mark;
  Mark emit_mark;
};

class Places;

struct Settings {
  Server server;
  Admin admin;
  Log log;
  List<Backend> backends;
  List<Route> routes;
  std::shared_ptr<const Places> places{};  ///< of the file they were read from; nullptr: of none
};

/// A `fault` keeps a configuration from being served. A `warning` is told, and served: most likely something else was meant.
enum class Severity : std::uint8_t { fault, warning };

/// What is said of a place in a configuration file: `FILE:LINE:COL: PATH: what, expected, got, hint`.
struct Fault {
  Mark mark;
  String path;  ///< `routes[2].backend`
  String what;  ///< one line: what is wrong, what was expected, what was there, the nearest known name
  Severity severity = Severity::fault;
};
using Faults = List<Fault>;

/// The settings as read, and what was found. With faults the settings are not to be used.
struct Loaded {
  Settings settings;
  Faults faults;
  Faults warnings{};
  String text{};  ///< the file as it was read, before variables are put in: what a hash of it is made of
};

/// Reads and checks a file: syntax, keys, types, names, `${VAR}`. What only an adapter can know (profiles, credentials,
/// kinds) is added by the caller. A file that cannot be opened is a fault at 0:0.
[[nodiscard]] Loaded load_file(const String& path);
/// The same from text.
[[nodiscard]] Loaded load_text(std::string_view yaml);

/// `config/gateway.yaml:12:7: routes[3].backend: …`; a warning says so: `config/gateway.yaml:12:7: warning: routes[3].prefix: …`
[[nodiscard]] String format(std::string_view file, const Fault& fault);

/// The known name nearest to `name` (edit distance at most 3 and under half its length), or nothing.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view name, const List<std::string_view>& known);

}  // namespace parley::config
