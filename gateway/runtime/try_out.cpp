// Turns errors into faults of the file in one place, so that `check`, `serve` and a reload report the same.
#include "gateway/runtime/try_out.hpp"

#include <algorithm>
#include <tuple>

#include "config/file.hpp"
#include "config/places.hpp"
#include "gateway/observe/line_file.hpp"
#include "gateway/runtime/mounting.hpp"

namespace parley::gateway::runtime {
namespace {

/// The path of the first key that has this address.
String path_of(const config::Settings& settings, const config::Endpoint& endpoint) {
  const auto within = [&endpoint](const List<config::Endpoint>& listen, const String& path) {
    const auto at = std::find(listen.begin(), listen.end(), endpoint);
    return at == listen.end() ? String() : path + '[' + std::to_string(at - listen.begin()) + ']';
  };
  String path = within(settings.server.listen, "server.listen");
  for (std::size_t i = 0; path.empty() && i < settings.routes.size(); ++i) {
    path = within(settings.routes[i].listen, "routes[" + std::to_string(i) + "].listen");
  }
  if (path.empty() && settings.admin.listen && *settings.admin.listen == endpoint) path = "admin.listen";
  return path;
}

/// A fault at a key, or at `path` if the file does not have the key.
config::Fault fault_at(const config::Settings& settings, String path, std::string_view key, config::Mark otherwise,
                       String what) {
  const String full = key.empty() ? path : path + '.' + String(key);
  if (config::is_written(settings, full)) return {config::place_of(settings, full), full, std::move(what)};
  return {otherwise, std::move(path), std::move(what)};
}

/// Message and detail of an error.
String text_of(const Error& error) {
  return error.detail.empty() ? error.message : error.message + ": " + error.detail;
}

/// Refuses an access log that is also the file of a backend or certificate: lines would be appended to it.
void check_log(const config::Settings& settings, Adapters adapters, config::Faults& faults) {
  const String& log = settings.log.access;
  if (log == "-") return;
  if (const Result<void> opens = observe::LineFile::try_open(log); !opens) {
    faults.push_back(log_fault(settings, opens.error()));
  }
  bool refused = false;  // a store has several files, and one fault is enough
  const auto refuse = [&](const String& other, const String& path) {
    if (refused || !config::same_file(log, other)) return;
    refused = true;
    faults.push_back(log_fault(settings, {.message = "is the file of " + path + ", which lines would be added to"}));
  };
  for (const config::Backend& backend : settings.backends) {
    for (const contract::BackendFile& file : files_of(backend, adapters)) {
      refuse(file.path, "backends." + backend.name + '.' + String(file.key));
    }
  }
  for (const config::Endpoint& listener : listeners_of(settings)) {
    if (!listener.tls) continue;
    refuse(listener.tls->certificate, path_of(settings, listener) + ".tls.certificate");
    refuse(listener.tls->key, path_of(settings, listener) + ".tls.key");
  }
}

void sort(config::Faults& faults) {
  std::stable_sort(faults.begin(), faults.end(), [](const config::Fault& a, const config::Fault& b) {
    return std::tie(a.mark.line, a.mark.column) < std::tie(b.mark.line, b.mark.column);
  });
}

}  // namespace

config::Fault listener_fault(const config::Settings& settings, const config::Endpoint& listener, const Error& error) {
  if (listener.mark.line == 0) {  // from the command line, or the default
    return {{}, config::is_written(settings, "server.listen") ? "--listen" : "server.listen", text_of(error)};
  }
  return fault_at(settings, path_of(settings, listener), error.field.empty() ? "" : "tls." + error.field, listener.mark,
                  text_of(error));
}

config::Fault backend_fault(const config::Settings& settings, const config::Backend& backend, const Error& error) {
  return fault_at(settings, "backends." + backend.name, error.field, backend.mark, text_of(error));
}

config::Fault log_fault(const config::Settings& settings, const Error& error) {
  return {config::place_of(settings, "log.access"), "log.access", text_of(error)};
}

config::Faults try_files(const config::Settings& settings, Adapters adapters) {
  config::Faults faults;
  for (const config::Endpoint& listener : listeners_of(settings)) {
    const auto& shown = listener.tls;  // a file that can be read only once is left for serving
    if (shown && (config::can_be_read_once(shown->certificate) || config::can_be_read_once(shown->key))) continue;
    if (const auto tls = net::open_tls(listener); !tls)
      faults.push_back(listener_fault(settings, listener, tls.error()));
  }
  for (const config::Backend& backend : settings.backends) {
    const contract::Adapter* adapter = find_adapter(adapters, backend.kind);
    if (adapter == nullptr || adapter->try_backend == nullptr) continue;
    if (const Result<void> opens = adapter->try_backend(backend); !opens) {
      faults.push_back(backend_fault(settings, backend, opens.error()));
    }
  }
  if (!settings.log.access.empty()) check_log(settings, adapters, faults);
  sort(faults);
  return faults;
}

config::Faults try_addresses(const config::Settings& settings) {
  config::Faults faults;
  List<config::Endpoint> all = listeners_of(settings);
  if (settings.admin.listen) all.push_back(*settings.admin.listen);
  for (const config::Endpoint& listener : all) {
    if (listener.host.empty()) continue;  // the address could not be parsed, which is a fault already
    if (const Result<void> here = net::try_listen(listener); !here) {
      faults.push_back(listener_fault(settings, listener, here.error()));
    }
  }
  sort(faults);
  return faults;
}

}  // namespace parley::gateway::runtime
