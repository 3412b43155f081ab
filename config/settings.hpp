// The configuration as plain structs with defaults, and the functions that read and check a file.
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

/// The certificate and key of a listener.
struct Tls {
  String certificate;  ///< PEM file: the certificate, then its chain
  String key;          ///< PEM file: its private key
  Mark mark;
};

/// An address and the length of its prefix in bits: 10.0.0.0/8, ::1/128. IPv4 is stored as ::ffff:a.b.c.d, with 96 bits more.
struct Network {
  std::array<std::uint8_t, 16> address{};
  std::uint8_t bits = 128;
  /// Whether the network contains an address (text without a port). False if the text is not an address.
  [[nodiscard]] bool contains(std::string_view text) const noexcept;
  [[nodiscard]] String text() const;  ///< `10.0.0.0/8`
  friend bool operator==(const Network&, const Network&) = default;
};
/// nullopt: not an address, a bad number of bits, or an address with bits after the prefix.
[[nodiscard]] std::optional<Network> parse_network(std::string_view text);

/// HOST:PORT with a numeric address or localhost. Port 0 = any free port.
struct Endpoint {
  String host;
  std::uint16_t port = 0;
  Mark mark;
  std::optional<Tls> tls{};
  [[nodiscard]] String text() const;  ///< `127.0.0.1:8080`, `[::1]:8080`
  [[nodiscard]] bool loopback() const;
  /// Compares host and port only, not TLS.
  friend bool operator==(const Endpoint& a, const Endpoint& b) { return a.host == b.host && a.port == b.port; }
};

/// Parses `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`. The mark stays empty. nullopt: the text has no such form.
[[nodiscard]] std::optional<Endpoint> parse_endpoint(std::string_view text);

struct Limits {
  std::uint64_t body = 1024 * 1024;           ///< bytes of a request body
  std::uint64_t head = 16 * 1024;             ///< bytes of a request line with its headers
  std::chrono::milliseconds idle{75'000};     ///< time that a connection may wait without a request
  std::chrono::milliseconds request{30'000};  ///< from the first byte of a request to its last
  /// From the first byte of a request to the end of its head; also for TLS handshakes.
  std::chrono::milliseconds headers{10'000};
  std::chrono::milliseconds write{30'000};      ///< each wait for a client to read
  std::uint64_t rate = 240;                     ///< least bytes a second that a client sends or reads, after 5 s
  std::int64_t connections = 20'000;            ///< open at the same time
  std::int64_t per_client = 0;                  ///< of these, from one address; 0 = no limit
  std::int64_t in_flight = 1024;                ///< requests that wait for a backend at once
  std::int64_t queue = 1024;                    ///< requests that wait for one of those places
  std::chrono::milliseconds queue_wait{1'000};  ///< time that a request may wait in the queue
  std::uint64_t memory = 256ULL * 1024 * 1024;  ///< bytes of requests and answers held at once
  std::uint64_t answer = 16ULL * 1024 * 1024;   ///< bytes of an answer's body
};

struct Server {
  List<Endpoint> listen;
  std::int64_t workers = 0;                 ///< threads that serve; 0 = one for each core
  std::chrono::milliseconds grace{10'000};  ///< time for requests in flight when the gateway stops
  List<Network> trusted;                    ///< proxies whose X-Forwarded-For is believed
  bool index = false;                       ///< whether `/` lists what is served where
  Limits limits;
};

/// The listener for operators.
struct Admin {
  std::optional<Endpoint> listen;  ///< nullopt = no such listener
  Secret token;                    ///< bearer token for all but /healthz and /readyz; empty = none needed
  Mark mark;
};

enum class LogLevel : std::uint8_t { debug, info, warn, error, off };

/// The form of a line of the operators' log: text for people, or a JSON object.
enum class LogFormat : std::uint8_t { text, json };

struct Log {
  LogLevel level = LogLevel::info;
  LogFormat format = LogFormat::text;
  String access;  ///< file that gets a line for each request; `-` = standard output, empty = none
};

/// A secret of the file, with its key below `backends.NAME` or `routes[N]`: `auth.token`, `auth.users[0].token`.
struct NamedSecret {
  String key;
  std::string_view value;  ///< valid as long as its settings
};

struct OwnTable;

/// The table of T, a settings struct of an adapter. Specialise it next to the struct (own_table.hpp).
template <class T>
inline constexpr auto own_table = nullptr;

/// The values that the adapters' own tables read of a backend or a route: one immutable value for each settings struct. Copies share
/// the values.
class OwnSettings {
 public:
  /// The value of T, with defaults for what the file leaves out. Valid as long as a copy of this object whose T is not edited.
  template <class T>
  [[nodiscard]] const T& get() const {
    static_assert(!std::is_null_pointer_v<std::remove_cv_t<decltype(own_table<T>)>>, "T has no table of its own");
    static const T defaults{};
    const void* value = find(own_table<T>);
    return value != nullptr ? *static_cast<const T*>(value) : defaults;
  }
  /// Replaces the value of T by a copy and returns it. Change it only before this object is copied or shared.
  template <class T>
  T& edit() {
    auto copy = std::make_shared<T>(get<T>());
    T& value = *copy;
    put(own_table<T>, std::move(copy));
    return value;
  }
  /// Whether all values are equal. A value that only one of the two has is compared with the defaults.
  friend bool operator==(const OwnSettings& a, const OwnSettings& b);

 private:
  friend class OwnReader;
  friend List<NamedSecret> secrets_of(const OwnSettings& own);

  struct Value {
    const OwnTable* table;
    std::shared_ptr<const void> value;  ///< an object of the table's struct
  };
  [[nodiscard]] const void* find(const OwnTable& table) const noexcept;
  void put(const OwnTable& table, std::shared_ptr<const void> value);

  List<Value> values_;
};

/// The secrets of a backend or route that are not empty, in the order of the adapters' tables.
[[nodiscard]] List<NamedSecret> secrets_of(const OwnSettings& own);

/// `auth` of a backend or a route: the word `none`, or credentials. The credentials are the adapters' own keys.
struct Auth {
  bool none = false;   ///< `auth: none`: the upstream asks for nothing; the route is open to everybody
  bool given = false;  ///< the file has the key `auth`
  Mark mark;
};

struct Backend {
  String name;
  String kind;  ///< name of an adapter that has a backend
  Auth auth;    ///< credentials for the upstream
  OwnSettings own;
  Mark mark;
  Mark kind_mark;
};

enum class LossPolicy : std::uint8_t { warn, lossless, allow };

/// How often clients may call a route.
struct RateLimit {
  enum class By : std::uint8_t { client, principal, route };
  std::int64_t requests = 0;  ///< 0 = no limit
  std::chrono::milliseconds per{60'000};
  By by = By::client;
};

/// Whether pages of other origins may call a route.
struct Cors {
  List<String> origins;  ///< `https://shop.example.com`; `*` = all; empty = none
  bool credentials = false;
  std::chrono::milliseconds max_age{600'000};  ///< how long a browser may cache the answer
};

struct Route {
  String name;
  String facade;
  String host;     ///< empty = any
  String prefix;   ///< empty, or `/crm`
  String profile;  ///< empty = the facade's default
  String backend;
  String emit;            ///< empty = the facade's own style
  List<Endpoint> listen;  ///< empty = every listener of the server
  LossPolicy loss = LossPolicy::warn;
  bool request_id = false;  ///< whether answers have X-Request-Id
  Auth auth;                ///< credentials of clients
  RateLimit rate_limit;
  Cors cors;
  OwnSettings own;  ///< of the facade and of `emit`
  Mark mark;
  Mark facade_mark;
  Mark backend_mark;
  Mark profile_mark;
  Mark emit_mark;
};

/// The settings struct T of a backend or route.
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
  std::shared_ptr<const Places> places{};  ///< of the file that they were read from; nullptr = no file
};

/// A configuration with a `fault` is not served. One with a `warning` is served, but probably something else was meant.
enum class Severity : std::uint8_t { fault, warning };

/// A fault or warning about a place in a configuration file. Printed as `FILE:LINE:COL: PATH: what` (see `format`).
struct Fault {
  Mark mark;
  String path;  ///< `routes[2].backend`
  String what;  ///< one line: what is wrong, what was expected, what was there, what to write
  Severity severity = Severity::fault;
};
using Faults = List<Fault>;

/// The result of reading a file. Do not use the settings if there are faults.
struct Loaded {
  Settings settings;
  Faults faults;
  Faults warnings{};
  String text{};  ///< the text of the file, before variables are replaced; for a hash of it
};

struct AdapterKeys;

/// Reads and checks a file: syntax, keys, types, names, `${VAR}`. Reads adapters' own keys by the tables of `adapters`. The caller must
/// check what only an adapter knows: kinds, profiles, which credentials are enough. A file that cannot be read is a fault at 0:0.
[[nodiscard]] Loaded load_file(const String& path, std::span<const AdapterKeys> adapters);
/// The same for the text of a file.
[[nodiscard]] Loaded load_text(std::string_view yaml, std::span<const AdapterKeys> adapters);

/// `config/gateway.yaml:12:7: routes[3].backend: …`, or for a warning `config/gateway.yaml:12:7: warning: routes[3].prefix: …`.
[[nodiscard]] String format(std::string_view file, const Fault& fault);

/// The known name that is most similar to `name`, or nullopt. Its edit distance is at most 3 and less than half the length of `name`. Case
/// is ignored.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view name, const List<std::string_view>& known);

}  // namespace parley::config
