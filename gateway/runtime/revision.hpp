// From settings to what workers serve with.
#pragma once

#include <memory>
#include <span>

#include "gateway/observe/observer.hpp"
#include "gateway/pipeline/worker_view.hpp"
#include "gateway/runtime/backend_disposer.hpp"
#include "gateway/runtime/check.hpp"
#include "gateway/runtime/listeners.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::runtime {

using Backends = List<std::shared_ptr<contract::Backend>>;

/// Opens a backend, and loads the demo records into an empty store that asks for them. Errors: those of
/// Adapter::open_backend and Backend::load.
[[nodiscard]] Result<std::shared_ptr<contract::Backend>> open_backend(const config::Backend& settings,
                                                                      Adapters adapters, BackendDisposer& disposer);

/// The settings have passed `check`; every address that they name is among the open listeners. Opens nothing. The routes count what they answer with `observer`; their rate limits go on counting
/// where `before`, which may be nullptr, has a route of that name with the same limit.
[[nodiscard]] std::shared_ptr<const pipeline::Revision> make_revision(const config::Settings& settings,
                                                                      Adapters adapters,
                                                                      std::span<const Listener> listeners,
                                                                      std::uint64_t number, observe::Observer& observer,
                                                                      const pipeline::Revision* before = nullptr);

}  // namespace parley::gateway::runtime
