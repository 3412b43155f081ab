// The configuration as plain structs with defaults: what a file says, checked.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

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

/// A secret that the file gives, with its key below `backends.NAME` or `routes[N]`: `auth.token`, `auth.users[0].token`.
struct NamedSecret {
  String key;
  std::string_view value;  ///< lives as long as the settings it is of
};

struct OwnTable;

/// The table of T, a struct of settings that only some adapters have. Specialise it next to the struct (own_table.hpp).
template <class T>
inline constexpr auto own_table = nullptr;

/// What the adapters' own tables read of a backend or a route: for each struct of settings one value, which nobody changes.
/// Copies share the values.
class OwnSettings {
 public:
  /// The value of T; what the file leaves out has its default. Lives as long as any copy of this that is not edited.
  template <class T>
  [[nodiscard]] const T& get() const {
    static_assert(!std::is_null_pointer_v<std::remove_cv_t<decltype(own_table<T>)>>, "T has no table of its own");
    static const T defaults{};
    const void* value = find(own_table<T>);
    return value != nullptr ? *static_cast<const T*>(value) : defaults;
  }
  /// A copy of the value of T that the caller may change before anybody else has this object.
  template <class T>
  T& edit() {
    auto copy = std::make_shared<T>(get<T>());
    T& value = *copy;
    put(own_table<T>, std::move(copy));
    return value;
  }
  /// Whether all values are the same. Where only one of them has a value, it is compared with the defaults.
  friend bool operator==(const OwnSettings& a, const OwnSettings& b);

 private:
  friend class OwnReader;
  friend List<NamedSecret> secrets_of(const OwnSettings& own);

  struct Value {
    const OwnTable* table;
    std::shared_ptr<const void> value;  ///< of the struct that the table is for
  };
  [[nodiscard]] const void* find(const OwnTable& table) const noexcept;
  void put(const OwnTable& table, std::shared_ptr<const void> value);

  List<Value> values_;
};

/// The secrets of one backend or route that are not empty, in the order of the adapters' tables.
[[nodiscard]] List<NamedSecret> secrets_of(const OwnSettings& own);

/// `auth` of a backend or a route: the word `none`, or credentials, whose keys are the adapters' own.
struct Auth {
  bool none = false;   ///< written out: an upstream that asks for nothing, a route that is open to everybody
  bool given = false;  ///< the file says something about auth
  Mark mark;
};

struct Backend {
  String name;
  String kind;  ///< an adapter that brings a backend
  Auth auth;    ///< what an upstream is shown
  OwnSettings own;
  Mark mark;
  Mark kind_mark;
};

enum class LossPolicy : std::uint8_t { warn, lossless, allow };

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
  Auth auth;                ///< what clients have to show
  RateLimit rate_limit;
  Cors cors;
  OwnSettings own;  ///< of the facade, and of the style of `emit`
  Mark mark;
  Mark facade_mark;
  Mark backend_mark;
  Mark profile_mark;
  Mark emit_mark;
};

/// The settings of a backend or route that one adapter's table reads.
template <class T>
[[nodiscard]] const T& settings_of(const Backend& backend) {
  return backend.own.get<T>();
}
template <class T>
[[nodiscard]] const T& settings_of(const Route& route) {
  return route.own.get<T>();
}

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

struct AdapterKeys;

/// Reads and checks a file: syntax, keys, types, names, `${VAR}`. A backend's or route's own keys are read by the tables of
/// `adapters`. What only an adapter can know (profiles, which credentials are enough, kinds) is added by the caller. A file
/// that cannot be opened is a fault at 0:0.
[[nodiscard]] Loaded load_file(const String& path, std::span<const AdapterKeys> adapters);
/// The same from text.
[[nodiscard]] Loaded load_text(std::string_view yaml, std::span<const AdapterKeys> adapters);

/// `config/gateway.yaml:12:7: routes[3].backend: …`; a warning says so: `config/gateway.yaml:12:7: warning: routes[3].prefix: …`
[[nodiscard]] String format(std::string_view file, const Fault& fault);

/// The known name nearest to `name` (edit distance at most 3 and under half its length), or nothing.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view name, const List<std::string_view>& known);

}  // namespace parley::config
