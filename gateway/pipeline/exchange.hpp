// One request's context: what the steps of the pipeline hand to each other. Each request has a new one.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "adapters/contract/backend.hpp"
#include "adapters/contract/endpoint.hpp"
#include "adapters/http/reply.hpp"
#include "adapters/http/request.hpp"
#include "gateway/limit/memory.hpp"
#include "gateway/observe/stage_timer.hpp"
#include "gateway/pipeline/worker_view.hpp"

namespace parley::gateway::pipeline {

/// The body of a request, as far as it has come. Whoever reads the request keeps it up to date between two calls of `advance`.
struct Body {
  std::string_view bytes{};  ///< as it was sent, without chunks; of use once it is complete
  bool complete = true;      ///< also where the request has none
  bool coded = false;        ///< it has a Content-Encoding
};

/// Memory that one request after another uses.
struct ExchangeBuffers {
  http::Reply reply;
  route::Parameters parameters;
  Buffer unpacked;                      ///< a body without its Content-Encoding
  limit::Memory::Share unpacked_share;  ///< what `unpacked` counts in `limits.memory`
  String via;                           ///< what upstreams are told of those that the request came through
  std::array<char, 32> request_id{};    ///< one that was made here
  /// Runs from a request's first byte. Of requests that came together, the next one begins where the one before ended.
  observe::StageTimer timer;
};

/// What a request needs next.
enum class Step : std::uint8_t {
  head,      ///< to be let in
  body,      ///< its body, and from that its operation
  backend,   ///< the outcome of its operation
  answered,  ///< to be finished: the reply is there
  finished,
};

/// One request. Made whole by whoever reads the request, in one expression, with the first group of members. Not to be moved.
struct Exchange {
  WorkerResources& worker;
  ExchangeBuffers& buffers;  ///< of this request, until the next one is begun
  const WorkerView& view;    ///< what the request is served with; outlives it
  http::Request request;     ///< method, target, headers, and the connection's peer
  std::string_view host{};   ///< of the Host header; an absolute-form target wins over it
  std::size_t listener = 0;
  std::string_view tls{};  ///< protocol of the connection, `TLSv1.3`; empty = it is plain
  bool http11 = true;      ///< in HTTP/1.0 no connection changes its protocol
  bool has_via = false;    ///< it came through others
  Body body{};

  http::Reply& reply = buffers.reply;
  observe::StageTimer& timer = buffers.timer;
  Step step = Step::head;
  route::Found found{};
  /// Whose credentials were accepted: a name, no secret; empty where none were asked for. Lives as long as request and route.
  std::string_view principal{};
  std::optional<contract::Limit> limit{};  ///< what is left of the route's, once this request was counted
  contract::Decoded decoded{};
  std::optional<contract::Call> call{};  ///< of an operation that has to be waited for
  contract::Call::Upstream upstream{};
  shape::Losses not_kept{};  ///< what the backend has lost already
  std::optional<Result<Outcome>> outcome{};
  std::string_view request_id{};  ///< see request_id_of
  observe::Trace trace{};         ///< made when a backend has to be waited for, or a log is written
  std::optional<Code> refused{};  ///< why

  /// The facade of the route that was found, also after a miss; nullptr where no route is to answer.
  [[nodiscard]] const contract::Facade* own_voice() const noexcept {
    return found.mount == nullptr ? nullptr : found.mount->facade.get();
  }
  /// What to execute; of a request that was decoded.
  [[nodiscard]] const Operation& operation() const noexcept { return *decoded.operation; }
  [[nodiscard]] observe::Shard& shard() const noexcept { return *worker.shard; }
  [[nodiscard]] const config::Limits& limits() const noexcept { return view.revision->limits; }
  [[nodiscard]] contract::BackendSession& session() const noexcept { return *view.sessions[found.mount->backend]; }
};

}  // namespace parley::gateway::pipeline
