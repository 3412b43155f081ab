// Makes mounts from settings, and finds the listeners of each route.
#pragma once

#include "adapters/contract/adapter.hpp"
#include "config/settings.hpp"
#include "gateway/route/mount.hpp"
#include "gateway/runtime/check.hpp"

namespace parley::gateway::runtime {

/// All addresses to listen on, each once: those of `server.listen`, then those of routes.
[[nodiscard]] List<config::Endpoint> listeners_of(const config::Settings& settings);

/// Whether a route is served on `listener`.
[[nodiscard]] bool serves(const config::Settings& settings, const config::Route& route,
                          const config::Endpoint& listener);

/// The adapter with this name, or nullptr.
[[nodiscard]] const contract::Adapter* find_adapter(Adapters adapters, std::string_view name) noexcept;

/// The files that a backend reads or writes; empty if its kind is not known.
[[nodiscard]] List<contract::BackendFile> files_of(const config::Backend& backend, Adapters adapters);

/// The index of the backend with this name; the number of backends if there is none.
[[nodiscard]] std::size_t find_backend(const config::Settings& settings, std::string_view name) noexcept;

/// Makes the mount of a route, with its facades and endpoints. Opens no backend: what it supports comes from its adapter's
/// table. The settings must have passed `check`. `before`: the same route before a reload; its limiters keep their counts if
/// the limit is the same.
[[nodiscard]] std::unique_ptr<route::Mount> make_mount(const config::Settings& settings, const config::Route& route,
                                                       Adapters adapters, const route::Mount* before = nullptr);

}  // namespace parley::gateway::runtime
