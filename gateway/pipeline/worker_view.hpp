// What serves requests: a worker's resources, a revision of the configuration (shared by all workers), and the worker's view of
// it.
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
  std::uint64_t number = 1;  ///< counts the revisions of this process, from 1
  std::unique_ptr<const route::Router> router;
  config::Limits limits;
  List<config::Network> trusted;
  /// By listener: whether it is open. A listener keeps its number over all revisions, and numbers are not reused, so a
  /// connection can keep the number.
  List<bool> listeners;
  List<String> addresses;  ///< by listener: its address, HOST:PORT
  List<String> indexes;    ///< by listener: the answer to `GET /`; empty = no index

  /// The address of a listener; empty if this revision does not know it.
  [[nodiscard]] std::string_view address(std::size_t listener) const noexcept {
    return listener < addresses.size() ? std::string_view(addresses[listener]) : std::string_view();
  }
  [[nodiscard]] bool has(std::size_t listener) const noexcept {
    return listener < listeners.size() && listeners[listener];
  }
};

/// The session of a backend on one worker. Lives as long as the backend, over several revisions.
struct OpenSession {
  std::shared_ptr<contract::Backend> backend;
  std::unique_ptr<contract::BackendSession> session;  // destroyed before its backend
};

/// A worker's part of a revision. Used on its worker's thread only. A request that waits holds a reference, so that it is
/// served with one view to its end; others hold none.
struct WorkerView {
  std::shared_ptr<const Revision> revision;
  List<std::shared_ptr<OpenSession>> open;
  List<contract::BackendSession*> sessions;  ///< one for each backend, in the order of the settings
};

/// What the requests of one worker share, over all revisions. Used on the worker's thread only.
struct WorkerResources {
  limit::SharedLimits& totals;
  limit::InFlightLimiter limiter{};  ///< limits requests that wait for a backend
  http::Inflater inflater{};         ///< unpacks request bodies
  std::shared_ptr<observe::Shard> shard = std::make_shared<observe::Shard>();  ///< never nullptr
};

}  // namespace parley::gateway::pipeline
