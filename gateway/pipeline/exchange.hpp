// One request's context: what the steps of the pipeline hand to each other. Reused from request to request.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string_view>

#include "adapters/contract/backend.hpp"
#include "adapters/http/message.hpp"
#include "gateway/limit/in_flight_limiter.hpp"
#include "gateway/limit/memory.hpp"
#include "gateway/observe/shard.hpp"
#include "gateway/observe/stage_timer.hpp"
#include "gateway/pipeline/worker_view.hpp"

namespace parley::gateway::pipeline {

struct Exchange {
  http::Request request;
  http::Reply reply;
  route::Parameters parameters;
  route::Found found;
  std::string_view host;  ///< of the Host header; an absolute-form target wins over it
  std::size_t listener = 0;
  /// Whose credentials were accepted: a name, no secret; empty where none were asked for. Lives as long as request and route.
  std::string_view principal;
  std::optional<contract::Limit> limit;  ///< what is left of the route's, once this request was counted
  std::optional<Operation> operation;
  contract::Call call;
  const WorkerView* service = nullptr;        ///< what this request is served with
  std::shared_ptr<const WorkerView> held;     ///< the same, where the request has to wait: a reload may come meanwhile
  limit::InFlightLimiter* limiter = nullptr;  ///< the worker's, before its backends
  observe::Shard* shard = nullptr;            ///< of the worker
  observe::StageTimer watch;
  const limit::Memory* memory = nullptr;  ///< what all requests that wait hold together
  std::string_view tls;                   ///< protocol of the connection, `TLSv1.3`; empty = it is plain
  bool has_via = false;                   ///< it came through others
  std::string_view hop;                   ///< how this gateway calls itself to upstreams
  String via;                             ///< what upstreams are told of them
  std::string_view request_id;            ///< see request_id_of
  std::array<char, 32> made_id{};
  observe::Trace trace;  ///< made when a backend has to be waited for, or a log is written
  contract::Call::Upstream upstream;
  std::optional<Code> refused;  ///< why

  /// The facade of the route that was found, also after a miss; nullptr where no route is to answer.
  [[nodiscard]] const contract::Facade* own_voice() const noexcept {
    return found.mount == nullptr ? nullptr : found.mount->facade.get();
  }
};

/// Finds mount and endpoint of `x.request`. After an error `x.found.mount` is the one in whose voice it is refused.
Result<void> match(Exchange& x);

/// Writes an error into the reply: in the voice of `facade`, or in the gateway's own where that is nullptr.
void refuse(Exchange& x, const contract::Facade* facade, const Error& error);

}  // namespace parley::gateway::pipeline
