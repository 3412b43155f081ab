// A worker: one thread with its own event loop.
#include "gateway/runtime/worker.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/posix/basic_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>

#include "adapters/io/blocked_signals.hpp"
#include "gateway/net/listen.hpp"
#include "gateway/net/session.hpp"
#include "gateway/observe/event_log.hpp"
#include "gateway/runtime/fatal.hpp"

namespace parley::gateway::runtime {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr asio::use_awaitable_t<contract::Executor> awaited{};
constexpr int accepts_at_once = 64;
constexpr int most_waiting = 4096;         // connections to accept from a listener before it is closed
constexpr std::size_t ended_at_once = 16;  // idle connections that each worker ends when descriptors run out

}  // namespace

// UNSAFE_IO: other threads only post to the loop and never use its descriptors, so these need no locks.
Worker::Worker(limit::SharedLimits& totals) : worker_context_(totals), io_(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO) {}

Worker::~Worker() {
  for (const std::shared_ptr<Listening>& one : prepared_listening_) one->turn.abandon();
  worker_context_.abandon();
}

bool Worker::prepare(std::shared_ptr<const pipeline::Revision> revision,
                     std::span<const std::shared_ptr<contract::Backend>> backends) try {
  auto view = std::make_shared<pipeline::WorkerView>();
  view->revision = std::move(revision);
  std::erase_if(sessions_, [](const std::weak_ptr<pipeline::OpenSession>& session) { return session.expired(); });
  for (const std::shared_ptr<contract::Backend>& backend : backends) {
    std::shared_ptr<pipeline::OpenSession> session;
    for (const std::weak_ptr<pipeline::OpenSession>& one : sessions_) {
      session = one.lock();
      if (session && session->backend == backend) break;
      session.reset();
    }
    if (!session) {
      session = std::make_shared<pipeline::OpenSession>(
          pipeline::OpenSession{backend, backend->open_session({io_.get_executor(), worker_context_.poller})});
      sessions_.push_back(session);
    }
    view->sessions.push_back(session->session.get());
    view->open.push_back(std::move(session));
  }
  prepared_ = std::move(view);
  worker_context_.retired.reserve(worker_context_.retired.size() +
                                  1);  // for the present view, so that `commit` cannot fail
  return true;
} catch (const std::exception&) {
  return false;
}

bool Worker::prepare(std::size_t listener, io::Descriptor socket, std::shared_ptr<io::TlsServers> tls) try {
  listening_.reserve(listening_.size() + prepared_listening_.size() + 1);
  auto listening = std::make_shared<Listening>(listener, io_.get_executor(), std::move(socket), std::move(tls));
  prepared_listening_.push_back(listening);
  spawn(accept(std::move(listening)));
  return true;
} catch (const std::exception&) {
  return false;
}

void Worker::drop_prepared() {
  prepared_.reset();
  for (const std::shared_ptr<Listening>& one : prepared_listening_) {
    error_code ignored;
    one->waiter.close(ignored);
    begin(*one);  // lets its coroutine end
  }
  prepared_listening_.clear();
}

void Worker::commit() noexcept { worker_context_.adopt(std::move(prepared_)); }

void Worker::listen() noexcept {
  for (const std::shared_ptr<Listening>& one : prepared_listening_) {
    listening_.push_back(one);
    begin(*one);
  }
  prepared_listening_.clear();
}

void Worker::begin(Listening& listening) {
  listening.begun = true;
  listening.turn.wake();
}

void Worker::close(std::size_t listener) noexcept {
  std::erase_if(listening_, [this, listener](const std::shared_ptr<Listening>& one) {
    if (one->listener != listener) return false;
    close(*one);
    return true;
  });
}

void Worker::close_all() noexcept {
  for (const std::shared_ptr<Listening>& one : listening_) close(*one);
  listening_.clear();
}

void Worker::close(Listening& listening) noexcept {
  // Accepts waiting connections, since their clients are connected already. The number is limited, as more may come meanwhile.
  for (int left = most_waiting; left > 0; --left) {
    const int why_not = take_in(listening);
    if (why_not != 0 && why_not != ECONNABORTED && why_not != EINTR) break;
  }
  error_code ignored;
  listening.waiter.close(ignored);  // ends the wait in `accept`
}

void Worker::drop_sessions() {
  for (const std::weak_ptr<pipeline::OpenSession>& one : sessions_) {
    const std::shared_ptr<pipeline::OpenSession> session = one.lock();
    if (!session) continue;
    session->session.reset();
    session->backend.reset();
  }
}

void Worker::start() {
  spawn(tick());
  spawn(worker_context_.poller.run(io_.get_executor()));
  const io::BlockedSignals blocked;  // signals are handled by the main thread
  thread_ = std::thread([this] {
    io_.run();
    worker_call_.end_loop();
  });
}

void Worker::spawn(contract::Task<void> loop) { asio::co_spawn(io_, std::move(loop), OrEndProcess{}); }

void Worker::stop() {
  worker_context_.stop();
  if (worker_context_.connections == nullptr) io_.stop();
}

void Worker::abandon() { io_.stop(); }

void Worker::join() {
  if (thread_.joinable()) thread_.join();
}

contract::Task<void> Worker::tick() {
  io::Timer timer(io_.get_executor());
  for (;;) {
    error_code error;
    const auto now = std::chrono::system_clock::now();
    timer.expires_after(std::chrono::floor<std::chrono::seconds>(now) + std::chrono::seconds(1) - now);
    co_await timer.async_wait(asio::redirect_error(awaited, error));
    try {
      worker_context_.advance();
    } catch (const std::exception& failure) {  // no memory: the rest is done a second later
      observe::log(config::LogLevel::error, String("a worker's clock: ") + failure.what());
    }
  }
}

contract::Task<void> Worker::accept(std::shared_ptr<Listening> listening) {
  if (!listening->begun) co_await listening->turn.wait();
  Waiter& waiter = listening->waiter;
  while (waiter.is_open()) {
    error_code error;
    co_await waiter.async_wait(asio::posix::descriptor_base::wait_read, asio::redirect_error(awaited, error));
    for (int i = 0; i < accepts_at_once && waiter.is_open(); ++i) {
      const int why_not = take_in(*listening);
      if (why_not == EMFILE || why_not == ENFILE || why_not == ENOBUFS || why_not == ENOMEM) {
        // The connection still waits, so the socket stays readable: frees descriptors and pauses.
        make_room();
        io::Timer pause(io_.get_executor());
        pause.expires_after(std::chrono::milliseconds(100));
        co_await pause.async_wait(asio::redirect_error(awaited, error));
        break;
      }
      if (why_not != 0 && why_not != ECONNABORTED && why_not != EINTR) break;
    }
  }
}

/// Accepts one waiting connection. Returns 0, or an errno value if there is none. A connection without memory is closed.
int Worker::take_in(Listening& listening) noexcept try {
  net::Accepted accepted;
  accepted.listener = listening.listener;
  accepted.tls = listening.tls;
  accepted.socket = net::accept_one(listening.waiter.native_handle(), accepted.peer);
  if (accepted.socket.get() < 0) return errno;
  admit(std::move(accepted));
  return 0;
} catch (const std::exception&) {
  return ENOMEM;
}

void Worker::make_room() noexcept try {
  for (const std::unique_ptr<Worker>& one : peers_) {
    asio::post(one->io_, [worker = one.get()] { worker->end_idle(); });
  }
} catch (const std::exception&) {  // no memory to post: the pause must be enough
}

void Worker::end_idle() noexcept try { worker_context_.end_idle(ended_at_once); } catch (const std::exception&) {
}

void Worker::admit(net::Accepted accepted) {
  const config::Limits& limits = worker_context_.limits;
  accepted.place = worker_context_.totals.connections.enter(accepted.peer, limits.connections, limits.per_client);
  if (accepted.place) return hand_out(std::move(accepted));
  worker_context_.shard->counters.connections_refused.add();
  if (accepted.tls == nullptr) net::turn_away(accepted.socket.get());
}

void Worker::hand_out(net::Accepted accepted) {
  // The kernel spreads connections over the listening sockets by a hash, so with few connections some workers would be idle.
  // The accepting worker therefore passes the connection to the worker with the fewest.
  Worker* least = this;
  for (const std::unique_ptr<Worker>& other : peers_) {
    if (other->worker_context_.open.load(std::memory_order_relaxed) <
        least->worker_context_.open.load(std::memory_order_relaxed)) {
      least = other.get();
    }
  }
  accepted.counted = limit::ScopedCount(least->worker_context_.open);
  if (least == this) return take(std::move(accepted));
  asio::post(least->io_, [least, moved = std::move(accepted)]() mutable { least->take(std::move(moved)); });
}

void Worker::take(net::Accepted accepted) noexcept {
  const auto ended = [this](std::exception_ptr) {
    if (worker_context_.stopping && worker_context_.connections == nullptr) io_.stop();
  };
  try {
    if (!worker_context_.closing(accepted.listener)) {
      return asio::co_spawn(io_, net::run_session(worker_context_, std::move(accepted)), ended);
    }
  } catch (const std::exception&) {  // no memory: the connection is closed
  }
  ended({});
}

}  // namespace parley::gateway::runtime
