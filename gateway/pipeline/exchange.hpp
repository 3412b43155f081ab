// The context of one request, shared by the steps of the pipeline. Each request gets a new one.
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

/// The body of a request as far as it has come. The caller of `advance` updates it between two calls.
struct Body {
  std::string_view bytes{};  ///< as it was sent, without chunk framing; valid once `complete`
  bool complete = true;      ///< true if the request has no body
  bool coded = false;        ///< it has a Content-Encoding
  std::uint64_t received{};  ///< bytes that a receiver has taken; `bytes` is empty then

  [[nodiscard]] std::uint64_t size() const noexcept { return received != 0 ? received : bytes.size(); }
};

/// Memory that is reused from request to request.
struct ExchangeBuffers {
  http::Reply reply;
  route::Parameters parameters;
  Buffer unpacked;                      ///< a body without its Content-Encoding
  limit::Memory::Share unpacked_share;  ///< what `unpacked` counts in `limits.memory`
  String via;                           ///< the `Via` header of calls to upstreams
  std::array<char, 32> request_id{};    ///< an id that the gateway made
  /// Runs from the first byte of a request. A pipelined request begins when the one before it has ended.
  observe::StageTimer timer;
};

/// The next step of a request.
enum class Step : std::uint8_t {
  head,      ///< admit it
  body,      ///< read and decode its body
  backend,   ///< get and encode the outcome of its operation
  answered,  ///< the reply is there: finish it
  finished,
};

/// One request. The reader of the request makes it in one expression and sets the members up to `body`. It must not be moved.
struct Exchange {
  WorkerResources& worker;
  ExchangeBuffers& buffers;  ///< used by this request until the next one begins
  const WorkerView& view;    ///< serves the request; outlives it
  http::Request request;     ///< method, target, headers and peer of the connection
  std::string_view host{};   ///< value of the Host header; an absolute-form target overrides it
  std::size_t listener = 0;
  std::string_view tls{};  ///< TLS version of the connection, `TLSv1.3`; empty = plain
  bool http11 = true;      ///< HTTP/1.0 connections cannot change the protocol
  bool has_via = false;    ///< the request has a Via header
  Body body{};

  http::Reply& reply = buffers.reply;
  observe::StageTimer& timer = buffers.timer;
  Step step = Step::head;
  route::Found found{};
  /// The name of the owner of the accepted credentials, not a secret; empty if none were needed. Valid as long as request and
  /// route.
  std::string_view principal{};
  std::optional<contract::Limit> limit{};  ///< the rest of the route's rate limit, after this request was counted
  contract::Decoded decoded{};
  std::unique_ptr<contract::Receiver> receiver{};  ///< of a body that is taken piece by piece
  bool has_kept = false;                           ///< the backend has kept parts of it, which are no file yet
  std::optional<contract::Call> call{};            ///< set if the operation needs a wait
  contract::Call::Upstream upstream{};
  shape::Losses not_kept{};  ///< fields that the backend has lost, or for which a write was refused
  std::optional<Result<Outcome>> outcome{};
  std::string_view request_id{};  ///< see request_id_of
  observe::Trace trace{};         ///< made before a wait for the backend, or before a log line
  std::optional<Code> refused{};  ///< the code, if the request was refused

  /// The facade of the route that was found, also after a miss; nullptr if there is no route.
  [[nodiscard]] const contract::Facade* own_voice() const noexcept {
    return found.mount == nullptr ? nullptr : found.mount->facade.get();
  }
  /// The operation; the request must have been decoded.
  [[nodiscard]] const Operation& operation() const noexcept { return *decoded.operation; }
  [[nodiscard]] observe::Shard& shard() const noexcept { return *worker.shard; }
  [[nodiscard]] const config::Limits& limits() const noexcept { return view.revision->limits; }
  [[nodiscard]] contract::BackendSession& session() const noexcept { return *view.sessions[found.mount->backend]; }
};

}  // namespace parley::gateway::pipeline
