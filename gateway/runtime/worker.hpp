// A worker: one thread with its own event loop, listening sockets, backend sessions and buffers. A connection stays with its
// worker.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <span>
#include <thread>

#include "adapters/io/timer.hpp"
#include "adapters/io/waiting.hpp"
#include "gateway/net/accepted.hpp"
#include "gateway/net/listen.hpp"
#include "gateway/net/worker_context.hpp"
#include "gateway/runtime/worker_call.hpp"

namespace parley::gateway::runtime {

class Worker {
 public:
  explicit Worker(limit::SharedLimits& totals);
  /// The thread must have been joined.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Sets the counters and logs of this worker. Call it before `start`.
  void observe(std::shared_ptr<observe::Shard> shard) { worker_context_.shard = std::move(shard); }

  /// Call the functions from here to `close` on this worker's thread, or before `start`. This one prepares to serve with
  /// `revision`. Keeps sessions of backends that it has already. Returns false if descriptors or memory are used up.
  [[nodiscard]] bool prepare(std::shared_ptr<const pipeline::Revision> revision,
                             std::span<const std::shared_ptr<contract::Backend>> backends);
  /// Prepares to accept on a listening socket, with TLS unless `tls` is nullptr. Returns false if descriptors or memory are
  /// used up.
  [[nodiscard]] bool prepare(std::size_t listener, io::Descriptor socket, std::shared_ptr<io::TlsServers> tls);
  /// Drops everything that was prepared.
  void drop_prepared();
  /// This function, `listen` and `close` cannot fail. Serves new requests with the prepared revision.
  void commit() noexcept;
  /// Accepts on the prepared sockets.
  void listen() noexcept;
  /// Accepts the connections that wait already, then closes the listening socket. Accepted connections stay.
  void close(std::size_t listener) noexcept;

  /// The number of requests that wait for a backend, and of those in the queue. Any thread.
  [[nodiscard]] std::size_t in_flight() const noexcept { return worker_context_.limiter.inside(); }
  [[nodiscard]] std::size_t queued() const noexcept { return worker_context_.limiter.waiting(); }

  /// Sets all workers, this one included, to which accepted connections may go. Call it before `start`.
  void set_peers(std::span<const std::unique_ptr<Worker>> peers) { peers_ = peers; }

  void start();
  /// Runs `call(what, number)` on the worker's thread; `finish` waits for it. See WorkerCall. Any thread.
  void begin(WorkerCall::Call call, void* what, std::size_t number) noexcept {
    worker_call_.begin(io_, call, what, number);
  }
  [[nodiscard]] bool finish() noexcept { return worker_call_.finish(); }
  /// Sets the time at which callers stop waiting for this worker. Any thread.
  void set_deadline(WorkerCall::Clock::time_point deadline) noexcept { worker_call_.set_deadline(deadline); }
  /// Closes all listening sockets, after it has accepted the connections that wait already.
  void close_all() noexcept;
  /// Connections end after their next answer, or soon if idle. The thread ends with the last one. Call it after `close_all` of
  /// all workers, since a worker may pass connections to another.
  void stop();
  /// Waits until the event loop has ended. Returns false at the deadline.
  [[nodiscard]] bool wait_for_end() noexcept { return worker_call_.wait_for_end(); }
  /// Stops the event loop, whatever is open; a busy thread ends after its current handler. Any thread.
  void abandon();
  void join();
  /// Call it after `join`: ends the sessions and releases their backends.
  void drop_sessions();

 private:
  using Waiter = boost::asio::posix::basic_stream_descriptor<contract::Executor>;
  struct Listening {
    Listening(std::size_t number, contract::Executor executor, io::Descriptor socket,
              std::shared_ptr<io::TlsServers> servers)
        : listener(number), waiter(executor, socket.get()), tls(std::move(servers)) {
      socket.disown();
    }
    std::size_t listener;
    Waiter waiter;  ///< owns the socket
    std::shared_ptr<io::TlsServers> tls;
    bool begun = false;  ///< until then its coroutine waits for `turn`
    io::Waiting<> turn;
  };

  /// Starts a coroutine that runs as long as the worker.
  void spawn(contract::Task<void> loop);
  contract::Task<void> accept(std::shared_ptr<Listening> listening);
  static void begin(Listening& listening);
  void close(Listening& listening) noexcept;
  contract::Task<void> tick();
  int take_in(Listening& listening) noexcept;
  void make_room() noexcept;
  void end_idle() noexcept;
  void admit(net::Accepted accepted);
  void hand_out(net::Accepted accepted);
  void take(net::Accepted accepted) noexcept;

  net::WorkerContext worker_context_;  // must outlive the coroutines of the event loop
  WorkerCall worker_call_;             // must outlive the event loop
  boost::asio::io_context io_;
  List<std::shared_ptr<Listening>> listening_;
  List<std::shared_ptr<Listening>> prepared_listening_;
  std::shared_ptr<const pipeline::WorkerView> prepared_;
  // all open sessions, also of older revisions with requests
  List<std::weak_ptr<pipeline::OpenSession>> sessions_;
  std::span<const std::unique_ptr<Worker>> peers_;
  std::thread thread_;
};

}  // namespace parley::gateway::runtime
