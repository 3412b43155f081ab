// What all connections of one worker share: buffers, the date, the clock, and the view that serves requests.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include "adapters/contract/backend.hpp"
#include "adapters/io/poller.hpp"
#include "config/settings.hpp"
#include "gateway/net/input_buffer.hpp"
#include "gateway/net/request_parser.hpp"
#include "gateway/pipeline/worker_view.hpp"

namespace parley::gateway::net {

class Connection;
struct RequestBuffers;

/// A stack of reusable objects. The last object returned is taken first, since it is most likely in the CPU cache.
template <class T>
class Pool {
 public:
  explicit Pool(std::size_t limit) noexcept : limit_(limit) {}
  std::unique_ptr<T> take() {
    if (free_.empty()) return std::make_unique<T>();
    std::unique_ptr<T> object = std::move(free_.back());
    free_.pop_back();
    return object;
  }
  void give(std::unique_ptr<T> object) {
    if (free_.size() < limit_) free_.push_back(std::move(object));
  }

 private:
  std::size_t limit_;
  List<std::unique_ptr<T>> free_;
};

/// Used on its worker's thread only, except `open`.
struct WorkerContext : pipeline::WorkerResources {
  explicit WorkerContext(limit::SharedLimits& totals_of_all);
  ~WorkerContext();
  WorkerContext(const WorkerContext&) = delete;
  WorkerContext& operator=(const WorkerContext&) = delete;

  config::Limits limits;  ///< of the current view
  HeadLimits head_limits;
  io::Poller poller;
  /// Serves new requests. Declared behind `poller`, which the sockets of its sessions need to the end.
  std::shared_ptr<const pipeline::WorkerView> view;
  /// Older views that a request still holds. They are freed here and not where the request ends, since that may be on the stack
  /// of one of their sessions.
  List<std::shared_ptr<const pipeline::WorkerView>> retired;
  Pool<RequestBuffers> request_buffers;
  Pool<InputBuffer> inputs;
  Connection* connections = nullptr;  ///< the first of a linked list
  std::atomic<std::size_t> open{0};   ///< number of connections; other workers read it to choose a worker
  std::uint32_t tick = 0;             ///< seconds since the start
  bool stopping = false;
  std::uint32_t stopping_since = 0;

  /// The Date header's value, refreshed by `advance`.
  [[nodiscard]] std::string_view date() const noexcept { return {date_.data(), date_.size()}; }
  /// Whether waiting requests and answers hold `limits.memory` or more.
  [[nodiscard]] bool out_of_memory() const noexcept { return totals.memory.used() >= limits.memory; }
  /// Ends the connections that have been idle longest: at most `most`, and only those idle for a second or more.
  void end_idle(std::size_t most);
  /// Called once a second: sets the date and ends waits that took too long.
  void advance();
  /// Serves new requests with `next`. Connections of listeners that `next` does not have end: idle ones now, busy ones after
  /// their current answer.
  void adopt(std::shared_ptr<const pipeline::WorkerView> next);
  /// Whether connections of that listener end after their current answer.
  [[nodiscard]] bool closing(std::size_t listener) const noexcept { return stopping || !view->revision->has(listener); }
  /// Connections end after their current answer. An idle one ends after a second or two, since a request may be on its way.
  void stop();
  /// Called at the end, when the event loop has stopped: drops the sessions that still wait.
  void abandon();

 private:
  void let_go();
  /// Calls `what` on every connection; it may end the connection.
  void each(void (Connection::*what)());
  void set_limits(const config::Limits& next);
  std::array<char, 29> date_{};
};

}  // namespace parley::gateway::net
