// Opens backends and makes revisions; see revision.hpp.
#include "gateway/runtime/revision.hpp"

#include "adapters/contract/store_settings.hpp"
#include "gateway/observe/upstream_events.hpp"
#include "gateway/route/index.hpp"
#include "gateway/runtime/mounting.hpp"

namespace parley::gateway::runtime {
namespace {

/// The route with this name, or nullptr.
const route::Mount* find_route(const pipeline::Revision* before, const String& route) {
  if (before == nullptr) return nullptr;
  for (const std::unique_ptr<route::Mount>& mount : before->router->mounts()) {
    if (mount->name == route) return mount.get();
  }
  return nullptr;
}

/// Makes the index of each listener.
List<String> make_indexes(const List<std::unique_ptr<route::Mount>>& mounts, const List<List<std::size_t>>& served) {
  List<String> indexes;
  for (const List<std::size_t>& here : served) {
    List<const route::Mount*> shown;
    for (const std::size_t i : here) shown.push_back(mounts[i].get());
    indexes.push_back(route::index_of(shown));
  }
  return indexes;
}

}  // namespace

Result<std::shared_ptr<contract::Backend>> open_backend(const config::Backend& settings, Adapters adapters,
                                                        BackendDisposer& disposer) {
  Result<std::unique_ptr<contract::Backend>> opened = find_adapter(adapters, settings.kind)->open_backend(settings);
  if (!opened) return opened.error();
  (*opened)->report_to(observe::upstream_events());
  if (config::settings_of<contract::StoreSettings>(settings).demo && (*opened)->empty()) {
    contract::Records records;
    for (const contract::Adapter* adapter : adapters) {
      if (adapter->demo != nullptr) adapter->demo(records);
    }
    if (const Result<void> loaded = (*opened)->load(records); !loaded) {
      Error error = loaded.error();
      error.message.insert(0, "cannot load the demo records: ");
      return error;
    }
  }
  return disposer.share(std::move(*opened));
}

std::shared_ptr<const pipeline::Revision> make_revision(const config::Settings& settings, Adapters adapters,
                                                        std::span<const Listener> listeners, std::uint64_t number,
                                                        observe::Observer& observer, const pipeline::Revision* before) {
  auto revision = std::make_shared<pipeline::Revision>();
  revision->number = number;
  revision->limits = settings.server.limits;
  revision->trusted = settings.server.trusted;
  for (const Listener& listener : listeners) {
    revision->listeners.push_back(listener.open);
    revision->addresses.push_back(listener.bound.text());
  }

  List<std::unique_ptr<route::Mount>> mounts;
  List<List<std::size_t>> served(listeners.size());
  for (std::size_t i = 0; i < settings.routes.size(); ++i) {
    std::unique_ptr<route::Mount> mount =
        make_mount(settings, settings.routes[i], adapters, find_route(before, settings.routes[i].name));
    route::attach_series(*mount, observer);
    mounts.push_back(std::move(mount));
    for (std::size_t k = 0; k < listeners.size(); ++k) {
      if (listeners[k].open && serves(settings, settings.routes[i], listeners[k].configured)) served[k].push_back(i);
    }
  }
  if (settings.server.index) revision->indexes = make_indexes(mounts, served);
  revision->router = std::make_unique<const route::Router>(std::move(mounts), served);
  return revision;
}

}  // namespace parley::gateway::runtime
