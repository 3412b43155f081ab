// Makes mounts from settings; see mounting.hpp.
#include "gateway/runtime/mounting.hpp"

#include <algorithm>

#include "gateway/limit/rate.hpp"

namespace parley::gateway::runtime {
namespace {

template <class Answer>
struct Empty {
  static Outcome make() { return Answer{}; }
};
/// A default-constructed Ref has no record, and an encoder would read it.
template <class Record>
struct Empty<Ref<Record>> {
  static Outcome make() { return Ref<Record>(Record{}); }
};

template <>
struct Empty<PostedMessage> {
  static Outcome make() { return PostedMessage{Ref<Message>(Message{}), true}; }
};
template <>
struct Empty<Transcript> {
  static Outcome make() { return Transcript{Ref<Chat>(Chat{}), {}}; }
};
template <>
struct Empty<OpenedChat> {
  static Outcome make() { return OpenedChat(Chat{}, false); }
};
template <>
struct Empty<OpenedFile> {
  static Outcome make() { return OpenedFile{Ref<File>(File{}), nullptr}; }
};

/// An empty outcome of that kind, to test whether a style has a document for it.
Outcome empty_outcome(OperationKind kind) {
  static constexpr auto makers = Operations::table([]<class Op>() { return &Empty<typename Op::Answer>::make; });
  return makers[static_cast<std::size_t>(kind)]();
}

/// Marks endpoints as unsupported if the style of `emit` has no document for their answer. Otherwise a client could write and
/// then get an error.
void note_what_cannot_be_shown(route::Mount& mount) {
  for (route::MountedEndpoint& endpoint : mount.endpoints) {
    if (endpoint.endpoint->answer != nullptr) continue;
    const http::Request request;
    http::Reply reply;
    const Result<void> encoded = mount.emitter->encode(empty_outcome(endpoint.endpoint->operation), request, reply);
    if (!encoded && encoded.error().code == Code::unsupported_operation) {
      endpoint.unsupported = "the style of `emit` has no document for the answer";
    }
  }
}

void note_what_cannot_be_done(route::Mount& mount, const contract::Support& backend) {
  for (route::MountedEndpoint& endpoint : mount.endpoints) {
    if (endpoint.endpoint->answer != nullptr) continue;
    const std::string_view why_not = backend.why_not(endpoint.endpoint->operation);
    if (!why_not.empty()) endpoint.unsupported = why_not;
  }
}

}  // namespace

List<config::Endpoint> listeners_of(const config::Settings& settings) {
  List<config::Endpoint> all;
  const auto add = [&all](const List<config::Endpoint>& more) {
    for (const config::Endpoint& one : more) {
      if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
    }
  };
  add(settings.server.listen);
  for (const config::Route& route : settings.routes) add(route.listen);
  return all;
}

bool serves(const config::Settings& settings, const config::Route& route, const config::Endpoint& listener) {
  const List<config::Endpoint>& on = route.listen.empty() ? settings.server.listen : route.listen;
  return std::find(on.begin(), on.end(), listener) != on.end();
}

const contract::Adapter* find_adapter(Adapters adapters, std::string_view name) noexcept {
  for (const contract::Adapter* adapter : adapters) {
    if (adapter->name == name) return adapter;
  }
  return nullptr;
}

List<contract::BackendFile> files_of(const config::Backend& backend, Adapters adapters) {
  List<contract::BackendFile> files;
  const contract::Adapter* adapter = find_adapter(adapters, backend.kind);
  if (adapter != nullptr && adapter->files != nullptr) adapter->files(backend, files);
  return files;
}

std::size_t find_backend(const config::Settings& settings, std::string_view name) noexcept {
  const auto at = std::find_if(settings.backends.begin(), settings.backends.end(),
                               [name](const config::Backend& backend) { return backend.name == name; });
  return static_cast<std::size_t>(at - settings.backends.begin());
}

std::unique_ptr<route::Mount> make_mount(const config::Settings& settings, const config::Route& route,
                                         Adapters adapters, const route::Mount* before) {
  auto mount = std::make_unique<route::Mount>();
  mount->name = route.name;
  mount->style = route.facade;
  mount->backend_name = route.backend;
  mount->host = route.host;
  for (const std::string_view segment : route::split_path(route.prefix)) {
    if (segment.empty()) continue;
    mount->prefix.emplace_back(segment);
    mount->prefix_size += segment.size() + 1;
  }
  mount->facade = find_adapter(adapters, route.facade)->make_facade(route);
  if (!route.emit.empty() && route.emit != route.facade) {
    mount->emitter = find_adapter(adapters, route.emit)->make_facade(route);
  }
  mount->backend = find_backend(settings, route.backend);
  mount->loss = route.loss;
  mount->limiter = limit::limiter_of(route.rate_limit, before != nullptr ? before->limiter : nullptr);
  mount->cors = route.cors;
  mount->request_id = route.request_id;
  route::mount_endpoints(*mount);
  const auto logs_in = [](const route::MountedEndpoint& one) { return route::is_login(*one.endpoint); };
  if (std::any_of(mount->endpoints.begin(), mount->endpoints.end(), logs_in)) {
    mount->failed_logins = limit::limiter_of(limit::failed_logins, before != nullptr ? before->failed_logins : nullptr);
  }
  if (mount->emitter) note_what_cannot_be_shown(*mount);
  note_what_cannot_be_done(*mount, *find_adapter(adapters, settings.backends[mount->backend].kind)->support);
  return mount;
}

}  // namespace parley::gateway::runtime
