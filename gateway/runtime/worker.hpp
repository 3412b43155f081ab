// A worker: one thread with its own event loop, listeners, backend sessions and buffers. A connection never changes its worker.
#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <span>
#include <thread>

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

  /// Where this worker notes what it does. Before `start`.
  void observe(std::shared_ptr<observe::Shard> shard) { worker_context_.shard = std::move(shard); }

  /// What follows is for this worker's thread, or before `start`.
  /// Makes ready to serve with this. Sessions of backends that it has already are kept. false: no descriptors or memory left.
  [[nodiscard]] bool prepare(std::shared_ptr<const pipeline::Revision> revision,
                             std::span<const std::shared_ptr<contract::Backend>> backends);
  /// Makes ready to accept on a bound, listening socket; what comes there speaks TLS where there is a certificate. false: no
  /// descriptors or memory left.
  [[nodiscard]] bool prepare(std::size_t listener, io::Descriptor socket, std::shared_ptr<io::TlsServers> tls);
  /// All that was prepared is dropped.
  void drop_prepared();
  /// What follows, up to `close`, cannot fail. Requests that begin from now on are served with what was prepared.
  void commit() noexcept;
  /// Accepts where it was made ready to.
  void listen() noexcept;
  /// Accepts there no more, after what waits already. What was accepted stays.
  void close(std::size_t listener) noexcept;

  /// Requests that wait for a backend, or for a place to do so. Any thread.
  [[nodiscard]] std::size_t in_flight() const noexcept { return worker_context_.limiter.inside(); }
  [[nodiscard]] std::size_t queued() const noexcept { return worker_context_.limiter.waiting(); }

  /// All workers, this one included: where accepted connections may go. Before `start`.
  void set_peers(std::span<const std::unique_ptr<Worker>> peers) { peers_ = peers; }

  void start();
  /// Any thread: has `call(what, number)` run on the worker's thread, and waits for it; see WorkerCall.
  void begin(WorkerCall::Call call, void* what, std::size_t number) noexcept {
    worker_call_.begin(io_, call, what, number);
  }
  [[nodiscard]] bool finish() noexcept { return worker_call_.finish(); }
  /// Any thread: nobody waits for this worker beyond that.
  void set_deadline(WorkerCall::Clock::time_point deadline) noexcept { worker_call_.set_deadline(deadline); }
  /// Accepts nowhere any more, after what waits already.
  void close_all() noexcept;
  /// Connections end with their next answer, or when none comes soon; the thread ends when all are gone. After `close_all` of all
  /// workers, as one may hand connections to another.
  void stop();
  /// Waits until the thread has ended. false: it has not by the deadline.
  [[nodiscard]] bool wait_for_end() noexcept { return worker_call_.wait_for_end(); }
  /// Any thread: the thread ends now, whatever is open, unless it is busy.
  void abandon();
  void join();
  /// After `join`: the sessions end, and with them the worker's hold on their backends.
  void drop_sessions();

 private:
  using Clock = std::chrono::steady_clock;  // the system's may be set back, and no deadline would come for as long
  using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, contract::Executor>;

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
    bool begun = false;  ///< until then its coroutine waits for its turn
    io::Waiting<> turn;
  };

  /// Starts what has to run as long as the worker.
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

  net::WorkerContext worker_context_;  // outlives the coroutines that the event loop holds
  WorkerCall worker_call_;             // and so does this
  boost::asio::io_context io_;
  List<std::shared_ptr<Listening>> listening_;
  List<std::shared_ptr<Listening>> prepared_listening_;
  std::shared_ptr<const pipeline::WorkerView> prepared_;
  List<std::weak_ptr<pipeline::OpenSession>>
      sessions_;  // all that are open, of this revision and of those that still have a request
  std::span<const std::unique_ptr<Worker>> peers_;
  std::thread thread_;
};

}  // namespace parley::gateway::runtime
