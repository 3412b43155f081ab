// What all connections of one worker share: buffers to borrow, the date, the clock, and what serves their requests.
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

/// A stack of reusable objects: the one given back last is the one still in the cache.
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

/// Used on its worker's thread only, but for `open`.
struct WorkerContext : pipeline::WorkerResources {
  explicit WorkerContext(limit::SharedLimits& totals_of_all);
  ~WorkerContext();
  WorkerContext(const WorkerContext&) = delete;
  WorkerContext& operator=(const WorkerContext&) = delete;

  config::Limits limits;  ///< of the current view
  HeadLimits head_limits;
  io::Poller poller;
  /// Of new requests. The sockets of its sessions end before the poller.
  std::shared_ptr<const pipeline::WorkerView> view;
  /// Those before it that a request still holds. They are let go of here and not where the request ends: that may be on the
  /// stack of one of their sessions.
  List<std::shared_ptr<const pipeline::WorkerView>> retired;
  Pool<RequestBuffers> request_buffers;
  Pool<InputBuffer> inputs;
  Connection* connections = nullptr;  ///< all of them, as a list
  std::atomic<std::size_t> open{0};   ///< how many: other workers look at it when they hand over a new one
  std::uint32_t tick = 0;             ///< seconds since the start
  bool stopping = false;
  std::uint32_t stopping_since = 0;

  /// The Date header's value, refreshed by `advance`.
  [[nodiscard]] std::string_view date() const noexcept { return {date_.data(), date_.size()}; }
  /// Whether requests and answers that are waited for hold as much memory as they may.
  [[nodiscard]] bool out_of_memory() const noexcept { return totals.memory.used() >= limits.memory; }
  /// The connections that have been idle longest end, at most so many; none that has not been so for a second.
  void end_idle(std::size_t most);
  /// Once a second: the date, and the connections that have waited too long.
  void advance();
  /// New requests are served with this from now on. Connections of listeners that it does not have end: idle ones now,
  /// busy ones with their present answer.
  void adopt(std::shared_ptr<const pipeline::WorkerView> next);
  /// Whether connections of that listener are to end with their present answer.
  [[nodiscard]] bool closing(std::size_t listener) const noexcept { return stopping || !view->revision->has(listener); }
  /// Connections end with their present answer. Idle ones have a last request, as one may be on its way: they end when none
  /// has come within a second or two.
  void stop();
  /// At the end, with the event loop stopped: lets go of the sessions that still wait.
  void abandon();

 private:
  void let_go();
  /// Calls a member of every connection; it may end the connection.
  void each(void (Connection::*what)());
  void set_limits(const config::Limits& next);
  std::array<char, 29> date_{};
};

}  // namespace parley::gateway::net
