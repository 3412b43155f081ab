// From settings to what workers serve with.
#pragma once

#include <memory>
#include <span>

#include "gateway/observe/observer.hpp"
#include "gateway/pipeline/service.hpp"
#include "gateway/runtime/check.hpp"
#include "gateway/runtime/listeners.hpp"
#include "gateway/runtime/reaper.hpp"
#include "schemas/error.hpp"

namespace parley::gateway {

using Backends = List<std::shared_ptr<adapters::Backend>>;

/// Opens a backend, and loads the demo records into an empty store that asks for them. Errors: those of
/// Adapter::open_backend and Backend::load.
[[nodiscard]] Result<std::shared_ptr<adapters::Backend>> open_backend(const config::Backend& settings,
                                                                      Adapters adapters, Reaper& reaper);

/// `backends` are those of the settings, in their order. The settings have passed `check`; every address that they name is
/// among the open listeners. Opens nothing. The routes count what they answer with `observer`; their rate limits go on counting
/// where `before`, which may be nullptr, has a route of that name with the same limit.
[[nodiscard]] std::shared_ptr<const Revision> make_revision(const config::Settings& settings, Adapters adapters,
                                                            const Backends& backends,
                                                            std::span<const Listener> listeners, std::uint64_t number,
                                                            observe::Observer& observer,
                                                            const Revision* before = nullptr);

}  // namespace parley::gateway
