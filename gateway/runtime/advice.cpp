// The tables of the adapters say which keys each adapter reads.
#include "gateway/runtime/advice.hpp"

#include <algorithm>

#include "adapters/upstream/settings.hpp"
#include "config/places.hpp"
#include "gateway/runtime/mounting.hpp"
#include "schemas/ascii.hpp"

namespace parley::gateway::runtime {
namespace {

using config::AdapterKeys;
using config::At;
using config::Places;

class Advice {
 public:
  Advice(const config::Settings& settings, Adapters adapters, config::Faults& found)
      : settings_(settings), adapters_(adapters), keys_(contract::keys_of(adapters)), found_(found) {}

  void run() {
    check_use();
    check_trusted();
    check_limits();
    check_log();
    for (const config::Backend& backend : settings_.backends) check_backend(backend);
    for (std::size_t i = 0; i < settings_.routes.size(); ++i) {
      check_route(settings_.routes[i], "routes[" + std::to_string(i) + ']');
    }
  }

 private:
  void warn(config::Mark mark, String path, String what) {
    found_.push_back({mark, std::move(path), std::move(what), config::Severity::warning});
  }
  /// Whether `inner` is `outer` or below it.
  static bool within(std::string_view inner, std::string_view outer) {
    return inner.starts_with(outer) &&
           (inner.size() == outer.size() || inner[outer.size()] == '.' || inner[outer.size()] == '[');
  }
  template <class Matches>
  [[nodiscard]] bool has_fault(Matches matches) const {
    return std::any_of(found_.begin(), found_.end(), [&matches](const config::Fault& one) {
      return one.severity == config::Severity::fault && matches(one.path);
    });
  }
  /// Whether there is a fault at `path` or above it.
  [[nodiscard]] bool faulty_at_or_above(std::string_view path) const {
    return has_fault([path](std::string_view fault) { return within(path, fault); });
  }
  /// Whether there is a fault at `path` or below it.
  [[nodiscard]] bool faulty_at_or_below(std::string_view path) const {
    return has_fault([path](std::string_view fault) { return within(fault, path); });
  }

  void check_use() {
    if (settings_.routes.empty()) {
      warn(config::place_of(settings_, "routes", {1, 1}), "routes",
           "there is no route: every request is answered with 404");
      return;
    }
    const auto used = [this](const config::Backend& backend) {
      return std::any_of(settings_.routes.begin(), settings_.routes.end(),
                         [&backend](const config::Route& route) { return route.backend == backend.name; });
    };
    const bool misspelt = std::any_of(settings_.routes.begin(), settings_.routes.end(), [this](const auto& route) {
      return find_backend(settings_, route.backend) == settings_.backends.size();
    });
    if (misspelt) return;  // the misspelt name may mean the unused backend
    for (const config::Backend& backend : settings_.backends) {
      if (!used(backend)) warn(backend.mark, "backends." + backend.name, "no route uses it");
    }
  }

  /// Warns of networks larger than the largest private ones, 10.0.0.0/8 and fc00::/7.
  void check_trusted() {
    for (std::size_t i = 0; i < settings_.server.trusted.size(); ++i) {
      const config::Network& network = settings_.server.trusted[i];
      const bool four = network.bits >= 96 && network.text().find(':') == String::npos;
      if (network.bits >= (four ? 96 + 8 : 7)) continue;
      const String path = "server.trusted[" + std::to_string(i) + ']';
      warn(config::place_of(settings_, path), path,
           network.text() +
               " is not a network of proxies: every caller from it can choose the address that it is known by");
    }
  }

  /// Warns of a key, if the file has it.
  void warn_of(const String& path, String what) {
    if (config::is_written(settings_, path)) warn(config::place_of(settings_, path), path, std::move(what));
  }

  void check_limits() {
    const config::Limits& limits = settings_.server.limits;
    if (limits.body > limits.memory)
      warn_of("server.limits.body", "is larger than memory: no body of that size is ever taken");
    if (limits.answer > limits.memory)
      warn_of("server.limits.answer", "is larger than memory: no answer of that size is ever sent");
    if (limits.headers > limits.request)
      warn_of("server.limits.headers", "is longer than request, which ends the head, too");
  }

  void check_log() {
    const String& log = settings_.log.access;
    check_file("log.access", log);
    if (log == "stdout" || log == "stderr" || log == "console")
      warn_of("log.access", "is a file of that name; `-` is standard output");
  }

  /// Paths are used as they stand: unlike shells and other programs, Parley does not interpret `~`, URLs or `:memory:`.
  void check_file(const String& path, const String& file) {
    if (file.starts_with('~')) {
      warn_of(path, "`~` is the name of a folder here and no home: write the whole path");
    } else if (file == ":memory:") {
      warn_of(path, "is a file of that name: a store always keeps its data");
    } else if (file.find("://") != String::npos) {
      // A fault: other messages would show the URL, and it may hold a secret.
      found_.push_back({config::place_of(settings_, path), path, "expected the path of a file, got a URL"});
    } else if (const auto scheme = std::string_view(file).substr(0, file.find(':'));
               scheme.size() < file.size() && (scheme == "file" || find_adapter(adapters_, scheme) != nullptr)) {
      warn_of(path, "is a path and no URL: write it without the scheme");
    }
  }

  void check_backend(const config::Backend& backend) {
    const String path = "backends." + backend.name;
    const contract::Adapter* adapter = find_adapter(adapters_, backend.kind);
    if (adapter == nullptr) return;
    for (const contract::BackendFile& file : files_of(backend, adapters_)) {
      if (file.store) check_file(path + '.' + String(file.key), file.path);
    }
    const String where = "kind: " + backend.kind;
    const AdapterKeys* reader = keys_of(adapter);
    check_keys(path, where, At::backend, {reader}, config::Severity::warning);
    if (reader->reads(At::backend, "auth"))
      check_keys(path + ".auth", where, At::backend_auth, {reader}, config::Severity::fault);
    const upstream::Timeouts& times = config::settings_of<upstream::Settings>(backend).timeouts;
    const auto check_wait = [&](const char* key, std::chrono::milliseconds wait) {
      if (wait <= times.total) return;
      warn_of(path + ".timeouts." + key, std::to_string(wait.count()) +
                                             "ms is longer than total, which ends the call after " +
                                             std::to_string(times.total.count()) + "ms");
    };
    check_wait("connect", times.connect);
    check_wait("first_byte", times.first_byte);
  }

  void check_route(const config::Route& route, const String& path) {
    const contract::Adapter* adapter = find_adapter(adapters_, route.facade);
    if (adapter == nullptr || adapter->make_facade == nullptr) return;
    const contract::Adapter* emitter = route.emit.empty() ? adapter : find_adapter(adapters_, route.emit);
    const String where = "facade: " + route.facade;
    check_keys(path, where, At::route, {keys_of(adapter), keys_of(emitter)}, config::Severity::warning);
    check_keys(path + ".auth", where, At::route_auth, {keys_of(adapter)}, config::Severity::fault);
    if (route.auth.none && route.rate_limit.by == config::RateLimit::By::principal)
      warn_of(path + ".rate_limit.by", "nobody shows credentials to an open route: each client is counted");
    if (!route.prefix.empty() && !faulty_at_or_above(path) && !faulty_at_or_below(path))
      check_prefix(route, *adapter->make_facade(route), path + ".prefix");
  }

  /// Warns of `/v4` in front of `/v4/livechat/…`: the native paths are added to the prefix.
  void check_prefix(const config::Route& route, const contract::Facade& facade, const String& path) {
    for (const contract::Endpoint& endpoint : facade.endpoints()) {
      const std::string_view native = endpoint.pattern;
      for (std::size_t end = native.find('/', 1);; end = native.find('/', end + 1)) {
        const std::string_view own = native.substr(0, end);
        if (own.find(':') != own.npos) break;
        if (route.prefix.size() >= own.size() &&
            ascii::same_ignoring_case(std::string_view(route.prefix).substr(route.prefix.size() - own.size()), own)) {
          return warn(config::place_of(settings_, path, route.mark), path,
                      "repeats the vendor's own path: clients would have to call " + route.prefix + String(native));
        }
        if (end == native.npos) break;
      }
    }
  }

  /// The keys that an adapter reads; nullptr for nullptr.
  [[nodiscard]] const AdapterKeys* keys_of(const contract::Adapter* adapter) const {
    const auto at = std::find(adapters_.begin(), adapters_.end(), adapter);
    return at != adapters_.end() ? &keys_[static_cast<std::size_t>(at - adapters_.begin())] : nullptr;
  }

  /// Reports the keys at `path` that other adapters read, but none of `readers`. A credential without effect is a fault, since
  /// the operator relies on it.
  void check_keys(const String& path, const String& where, At at, std::initializer_list<const AdapterKeys*> readers,
                  config::Severity severity) {
    const Places::Place* place = settings_.places != nullptr ? settings_.places->find(path) : nullptr;
    if (place == nullptr) return;
    for (const Places::Place* child : settings_.places->below(*place)) {
      String others;
      for (const AdapterKeys& one : keys_) {
        if (one.reads(at, child->key)) others.append(others.empty() ? "" : ", ").append(one.name);
      }
      const auto reads = [&](const AdapterKeys* one) { return one != nullptr && one->reads(at, child->key); };
      const bool common = others.empty();  // a key of the gateway, for every adapter
      if (common || std::any_of(readers.begin(), readers.end(), reads)) continue;
      // Credentials that lack something are a fault at `auth`, and this one may be the reason.
      const bool reported =
          severity == config::Severity::fault ? faulty_at_or_below(child->path) : faulty_at_or_above(child->path);
      if (reported) continue;
      found_.push_back(
          {child->key_mark, String(child->path), "has no effect with `" + where + "`; it is for " + others, severity});
    }
  }

  const config::Settings& settings_;
  Adapters adapters_;
  List<AdapterKeys> keys_;  // by adapter
  config::Faults& found_;
};

}  // namespace

void advise(const config::Settings& settings, Adapters adapters, config::Faults& found) {
  Advice(settings, adapters, found).run();
}

}  // namespace parley::gateway::runtime
