// Checks a configuration without serving it; see check.hpp.
#include "gateway/runtime/check.hpp"

#include <algorithm>
#include <tuple>

#include "config/places.hpp"
#include "gateway/runtime/advice.hpp"
#include "gateway/runtime/backend_identity.hpp"
#include "gateway/runtime/loops.hpp"
#include "gateway/runtime/mounting.hpp"

namespace parley::gateway::runtime {
namespace {

String unknown(std::string_view what, std::string_view got, const List<std::string_view>& known) {
  String text = "unknown " + String(what) + " \"" + String(got) + "\"; known: ";
  for (std::size_t i = 0; i < known.size(); ++i) text.append(i == 0 ? "" : ", ").append(known[i]);
  if (known.empty()) text += "none";
  if (const auto near = config::nearest(got, known)) text.append("; did you mean \"").append(*near).append("\"?");
  return text;
}

/// The names of the adapters that have a facade, or a backend.
List<std::string_view> names(Adapters adapters, bool facades) {
  List<std::string_view> result;
  for (const contract::Adapter* adapter : adapters) {
    if (facades ? adapter->make_facade != nullptr : adapter->open_backend != nullptr) result.push_back(adapter->name);
  }
  return result;
}

bool among(const List<std::string_view>& known, std::string_view name) {
  return std::find(known.begin(), known.end(), name) != known.end();
}

/// Refuses two backends on one store.
void check_stores(const config::Settings& settings, Adapters adapters, config::Faults& faults) {
  for (std::size_t i = 1; i < settings.backends.size(); ++i) {
    const config::Backend& backend = settings.backends[i];
    for (std::size_t j = 0; j < i; ++j) {
      const config::Backend& other = settings.backends[j];
      const std::optional<contract::BackendFile> store = same_store(other, backend, adapters);
      if (!store) continue;
      const String path = "backends." + backend.name + '.' + String(store->key);
      faults.push_back({config::place_of(settings, path, backend.mark), path,
                        store->store ? "is the store of backends." + other.name +
                                           ", and one backend alone can have it open: let routes use that one"
                                     : "uses a file of the store of backends." + other.name + ": name another file"});
      break;
    }
  }
}

void check_route(const config::Settings& settings, std::size_t index, Adapters adapters, config::Faults& faults) {
  const config::Route& route = settings.routes[index];
  const String path = "routes[" + std::to_string(index) + "]";
  const List<std::string_view> facades = names(adapters, true);
  if (!among(facades, route.facade)) {
    faults.push_back({route.facade_mark, path + ".facade", unknown("facade", route.facade, facades)});
  } else if (const auto* adapter = find_adapter(adapters, route.facade); adapter->check_route != nullptr) {
    config::Faults own;
    adapter->check_route(route, own);
    // The adapter of `emit` reads the same route, except its credentials.
    if (const auto* emitter = find_adapter(adapters, route.emit);
        emitter != nullptr && emitter != adapter && emitter->check_route != nullptr) {
      config::Faults theirs;
      emitter->check_route(route, theirs);
      std::erase_if(theirs, [](const config::Fault& fault) { return fault.path.starts_with("auth"); });
      own.insert(own.end(), theirs.begin(), theirs.end());
    }
    for (config::Fault& fault : own) {  // an adapter's paths are relative to its route
      fault.path.insert(0, path + '.');
      fault.mark = config::place_of(settings, fault.path, fault.mark);
      faults.push_back(std::move(fault));
    }
  }
  if (!route.emit.empty() && !among(facades, route.emit)) {
    faults.push_back({route.emit_mark, path + ".emit", unknown("style", route.emit, facades)});
  }
  if (find_backend(settings, route.backend) == settings.backends.size()) {
    List<std::string_view> known;
    for (const config::Backend& backend : settings.backends) known.push_back(backend.name);
    faults.push_back({route.backend_mark, path + ".backend", unknown("backend", route.backend, known)});
  }
}

}  // namespace

config::Faults check(const config::Settings& settings, Adapters adapters) {
  config::Faults faults;
  const List<std::string_view> kinds = names(adapters, false);
  for (std::size_t i = 0; i < settings.backends.size(); ++i) {
    const config::Backend& backend = settings.backends[i];
    if (!among(kinds, backend.kind)) {
      const String path = "backends." + backend.name + ".kind";
      faults.push_back({backend.kind_mark, path, unknown("kind of backend", backend.kind, kinds)});
    } else if (const auto* adapter = find_adapter(adapters, backend.kind); adapter->check_backend != nullptr) {
      const std::size_t before = faults.size();
      adapter->check_backend(backend, faults);
      std::for_each(faults.begin() + static_cast<std::ptrdiff_t>(before), faults.end(),
                    [&](config::Fault& fault) { fault.mark = config::place_of(settings, fault.path, fault.mark); });
    }
  }
  check_stores(settings, adapters, faults);
  check_loops(settings, adapters, faults);
  for (std::size_t i = 0; i < settings.routes.size(); ++i) check_route(settings, i, adapters, faults);
  advise(settings, adapters, faults);
  std::stable_sort(faults.begin(), faults.end(), [](const config::Fault& a, const config::Fault& b) {
    return std::tie(a.mark.line, a.mark.column) < std::tie(b.mark.line, b.mark.column);
  });
  return faults;
}

List<RouteRow> list_routes(const config::Settings& settings, Adapters adapters) {
  List<RouteRow> rows;
  for (const config::Route& route : settings.routes) {
    const std::unique_ptr<route::Mount> mount = make_mount(settings, route, adapters);
    for (const config::Endpoint& listener : listeners_of(settings)) {
      if (!serves(settings, route, listener)) continue;
      for (const contract::Endpoint& endpoint : mount->facade->endpoints()) {
        const auto mounted =
            std::find_if(mount->endpoints.begin(), mount->endpoints.end(),
                         [&endpoint](const route::MountedEndpoint& one) { return one.endpoint == &endpoint; });
        RouteRow& row = rows.emplace_back();
        row.route = route.name;
        row.listener = listener.text();
        row.host = route.host;
        row.method = name_of(endpoint.method);
        for (const String& segment : mount->prefix) row.path.append("/").append(segment);
        row.path += endpoint.pattern;
        row.style = find_adapter(adapters, route.facade)->name;
        row.emit = route.emit;
        row.operation = endpoint.what();
        if (endpoint.answer != nullptr) continue;  // the facade answers
        row.backend = route.backend;
        row.why_not = mounted->unsupported;
        row.supported = row.why_not.empty();
      }
      const contract::Adapter* adapter = find_adapter(adapters, route.facade);
      for (const contract::UnservedCall& call : adapter->unserved) {
        RouteRow& row = rows.emplace_back();
        row.route = route.name;
        row.listener = listener.text();
        row.host = route.host;
        row.method = http::name_of(call.method);
        for (const String& segment : mount->prefix) row.path.append("/").append(segment);
        row.path += call.pattern;
        row.style = adapter->name;
        row.emit = route.emit;
        row.supported = false;
        row.why_not = call.why;
      }
    }
  }
  return rows;
}

bool uses_demo_credentials(const config::Settings& settings, Adapters adapters) {
  const auto is_demo = [adapters](const config::NamedSecret& secret) {
    return std::any_of(adapters.begin(), adapters.end(), [&secret](const contract::Adapter* adapter) {
      const auto demo = adapter->demo_credentials;
      return std::find(demo.begin(), demo.end(), secret.value) != demo.end();
    });
  };
  return std::any_of(settings.routes.begin(), settings.routes.end(), [&is_demo](const config::Route& route) {
    const List<config::NamedSecret> secrets = config::secrets_of(route.own);
    return std::any_of(secrets.begin(), secrets.end(), is_demo);
  });
}

}  // namespace parley::gateway::runtime
