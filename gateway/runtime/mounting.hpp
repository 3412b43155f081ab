// From settings to mounts: which listeners there are, and what each route puts on them.
#pragma once

#include "adapters/contract/adapter.hpp"
#include "config/settings.hpp"
#include "gateway/route/mount.hpp"
#include "gateway/runtime/check.hpp"

namespace parley::gateway::runtime {

/// Every address to listen on: the server's, then those that only routes name. None twice.
[[nodiscard]] List<config::Endpoint> listeners_of(const config::Settings& settings);

/// Whether a route is served on a listener.
[[nodiscard]] bool serves(const config::Settings& settings, const config::Route& route,
                          const config::Endpoint& listener);

/// The adapter of that name among `adapters`, or nullptr.
[[nodiscard]] const contract::Adapter* find_adapter(Adapters adapters, std::string_view name) noexcept;

/// The files that a backend reads or writes; none where its kind is not known.
[[nodiscard]] List<contract::BackendFile> files_of(const config::Backend& backend, Adapters adapters);

/// The index of a backend by name; the number of backends where there is none.
[[nodiscard]] std::size_t find_backend(const config::Settings& settings, std::string_view name) noexcept;

/// A route with its facades and endpoints; what its backend can do is not asked. The settings have passed `check`. `before` is the
/// same route before a reload: what limits it goes on counting where the limit has not changed.
[[nodiscard]] std::unique_ptr<route::Mount> make_mount(const config::Settings& settings, const config::Route& route,
                                                       Adapters adapters, const route::Mount* before = nullptr);

}  // namespace parley::gateway::runtime
