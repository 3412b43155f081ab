// What requests are served with: a worker's resources, and in one revision of the configuration what all workers share and the
// worker's own part of it.
#pragma once

#include <cstdint>
#include <memory>

#include "adapters/contract/backend.hpp"
#include "adapters/http/inflate.hpp"
#include "config/settings.hpp"
#include "gateway/limit/in_flight_limiter.hpp"
#include "gateway/limit/shared_limits.hpp"
#include "gateway/observe/shard.hpp"
#include "gateway/route/router.hpp"

namespace parley::gateway::pipeline {

/// Immutable once made; shared by all workers.
struct Revision {
  std::uint64_t number = 1;  ///< counts what this process has served with, from 1
  std::unique_ptr<const route::Router> router;
  config::Limits limits;
  List<config::Network> trusted;
  /// By listener: whether it is there. A listener keeps its number over all revisions and no other gets it, so a
  /// connection knows where it belongs.
  List<bool> listeners;
  List<String> addresses;  ///< by listener: where it is, as HOST:PORT
  List<String> indexes;    ///< by listener: what `GET /` answers; empty = nothing

  /// Empty where this revision knows no such listener.
  [[nodiscard]] std::string_view address(std::size_t listener) const noexcept {
    return listener < addresses.size() ? std::string_view(addresses[listener]) : std::string_view();
  }
  [[nodiscard]] bool has(std::size_t listener) const noexcept {
    return listener < listeners.size() && listeners[listener];
  }
};

/// A backend's session on one worker: over as many revisions as the backend.
struct OpenSession {
  std::shared_ptr<contract::Backend> backend;
  std::unique_ptr<contract::BackendSession> session;  // goes before its backend
};

/// Used on its worker's thread only. A request that waits holds a reference, so that it ends with what it began with;
/// one that does not wait holds none.
struct WorkerView {
  std::shared_ptr<const Revision> revision;
  List<std::shared_ptr<OpenSession>> open;
  List<contract::BackendSession*> sessions;  ///< one for each backend of the revision
};

/// What the requests of one worker share, over all revisions. Used on its thread only.
struct WorkerResources {
  limit::SharedLimits& totals;
  limit::InFlightLimiter limiter{};                                            ///< of requests that wait for a backend
  http::Inflater inflater{};                                                   ///< of packed request bodies
  std::shared_ptr<observe::Shard> shard = std::make_shared<observe::Shard>();  ///< never nullptr
};

}  // namespace parley::gateway::pipeline
