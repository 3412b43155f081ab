// Opens backends and makes revisions from settings.
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

/// Opens a backend, and loads the demo records into an empty store with `demo`. Errors: those of Adapter::open_backend and
/// Backend::load.
[[nodiscard]] Result<std::shared_ptr<contract::Backend>> open_backend(const config::Backend& settings,
                                                                      Adapters adapters, BackendDisposer& disposer);

/// Makes a revision. The settings must have passed `check`, and `listeners` must have every address that they name. Opens
/// nothing. The routes count their answers with `observer`. `before`, the previous revision, may be nullptr: a route of the
/// same name and limit keeps the counts of its rate limit.
[[nodiscard]] std::shared_ptr<const pipeline::Revision> make_revision(const config::Settings& settings,
                                                                      Adapters adapters,
                                                                      std::span<const Listener> listeners,
                                                                      std::uint64_t number, observe::Observer& observer,
                                                                      const pipeline::Revision* before = nullptr);

}  // namespace parley::gateway::runtime
