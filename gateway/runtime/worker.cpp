// A worker: one thread with its own event loop.
#include "gateway/runtime/worker.hpp"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/posix/basic_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <csignal>

#include "gateway/net/listen.hpp"
#include "gateway/net/session.hpp"

namespace parley::gateway {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr asio::use_awaitable_t<adapters::Executor> awaited{};
constexpr int accepts_at_once = 64;
constexpr int most_waiting = 4096;         // of a listener that is closed
constexpr std::size_t ended_at_once = 16;  // idle connections of each worker, when there are no more descriptors

}  // namespace

// Other threads only post: the descriptors of one loop are never touched from elsewhere, so they need no locks.
Worker::Worker(Totals& totals) : hub_(totals), context_(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO) {}

Worker::~Worker() { hub_.abandon(); }

bool Worker::prepare(std::shared_ptr<const Revision> revision,
                     std::span<const std::shared_ptr<adapters::Backend>> backends) try {
  auto service = std::make_shared<Service>();
  service->revision = std::move(revision);
  std::erase_if(lanes_, [](const std::weak_ptr<OpenLane>& lane) { return lane.expired(); });
  for (const std::shared_ptr<adapters::Backend>& backend : backends) {
    std::shared_ptr<OpenLane> lane;
    for (const std::weak_ptr<OpenLane>& one : lanes_) {
      lane = one.lock();
      if (lane && lane->backend == backend) break;
      lane.reset();
    }
    if (!lane) {
      lane = std::make_shared<OpenLane>(OpenLane{backend, backend->open_lane({context_.get_executor(), hub_.poller})});
      lanes_.push_back(lane);
    }
    service->lanes.push_back(lane->lane.get());
    service->open.push_back(std::move(lane));
  }
  prepared_ = std::move(service);
  return true;
} catch (const std::exception&) {
  return false;
}

void Worker::commit(bool use) {
  if (use) hub_.adopt(std::move(prepared_));
  prepared_.reset();
}

void Worker::listen(std::size_t listener, Descriptor socket, std::shared_ptr<io::TlsServers> tls) {
  auto listening =
      std::make_shared<Listening>(Listening{listener, Waiter(context_.get_executor(), socket.get()), std::move(tls)});
  socket.disown();  // the waiter closes it
  listening_.push_back(listening);
  asio::co_spawn(context_, accept(std::move(listening)), asio::detached);
}

void Worker::close(std::size_t listener) {
  std::erase_if(listening_, [this, listener](const std::shared_ptr<Listening>& one) {
    if (one->listener != listener) return false;
    close(*one);
    return true;
  });
}

void Worker::close_all() {
  for (const std::shared_ptr<Listening>& one : listening_) close(*one);
  listening_.clear();
}

void Worker::close(Listening& listening) {
  // The kernel has told these clients that they are connected. More may come as fast as they are taken in.
  for (int left = most_waiting; left > 0; --left) {
    Accepted accepted = accept_from(listening);
    if (accepted.socket.get() >= 0) {
      admit(std::move(accepted));
    } else if (errno != ECONNABORTED && errno != EINTR) {
      break;
    }
  }
  error_code ignored;
  listening.waiter.close(ignored);  // ends the wait of its accept loop
}

void Worker::drop_lanes() {
  for (const std::weak_ptr<OpenLane>& one : lanes_) {
    const std::shared_ptr<OpenLane> lane = one.lock();
    if (!lane) continue;
    lane->lane.reset();
    lane->backend.reset();
  }
}

void Worker::start() {
  asio::co_spawn(context_, tick(), asio::detached);
  asio::co_spawn(context_, hub_.poller.run(context_.get_executor()), asio::detached);
  // Signals are the main thread's.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { context_.run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Worker::stop() {
  hub_.stop();
  if (hub_.connections == nullptr) context_.stop();
}

void Worker::abandon() { context_.stop(); }

void Worker::join() {
  if (thread_.joinable()) thread_.join();
}

adapters::Task<void> Worker::tick() {
  Timer timer(context_.get_executor());
  for (;;) {
    error_code error;
    const auto now = std::chrono::system_clock::now();
    timer.expires_after(std::chrono::floor<std::chrono::seconds>(now) + std::chrono::seconds(1) - now);
    co_await timer.async_wait(asio::redirect_error(awaited, error));
    hub_.advance();
  }
}

adapters::Task<void> Worker::accept(std::shared_ptr<Listening> listening) {
  Waiter& waiter = listening->waiter;
  while (waiter.is_open()) {
    error_code error;
    co_await waiter.async_wait(asio::posix::descriptor_base::wait_read, asio::redirect_error(awaited, error));
    for (int i = 0; i < accepts_at_once && waiter.is_open(); ++i) {
      Accepted accepted = accept_from(*listening);
      if (accepted.socket.get() >= 0) {
        admit(std::move(accepted));
      } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        // Waiting would return at once, as the connection is still there: have room made, and give that some time.
        for (const std::unique_ptr<Worker>& one : peers_) {
          one->post([hub = &one->hub_] { hub->end_idle(ended_at_once); });
        }
        Timer pause(context_.get_executor());
        pause.expires_after(std::chrono::milliseconds(100));
        co_await pause.async_wait(asio::redirect_error(awaited, error));
        break;
      } else if (errno != ECONNABORTED && errno != EINTR) {
        break;
      }
    }
  }
}

Accepted Worker::accept_from(Listening& listening) {
  Accepted accepted;
  accepted.listener = listening.listener;
  accepted.tls = listening.tls;
  accepted.socket = accept_one(listening.waiter.native_handle(), accepted.peer);
  return accepted;
}

void Worker::admit(Accepted accepted) {
  const config::Limits& limits = hub_.limits;
  accepted.place = hub_.totals.crowd.enter(accepted.peer, limits.connections, limits.per_client);
  if (accepted.place) return hand_out(std::move(accepted));
  hub_.shard->counters.connections_refused.add();
  if (accepted.tls == nullptr) turn_away(accepted.socket.get());
}

void Worker::hand_out(Accepted accepted) {
  // The kernel spreads connections over the listening sockets by a hash: with few connections some workers would idle.
  // Whoever accepts gives to the worker that has the fewest.
  Worker* least = this;
  for (const std::unique_ptr<Worker>& other : peers_) {
    if (other->hub_.open.load(std::memory_order_relaxed) < least->hub_.open.load(std::memory_order_relaxed)) {
      least = other.get();
    }
  }
  least->hub_.open.fetch_add(1, std::memory_order_relaxed);
  if (least == this) return take(std::move(accepted));
  asio::post(least->context_, [least, moved = std::move(accepted)]() mutable { least->take(std::move(moved)); });
}

void Worker::take(Accepted accepted) {
  if (hub_.closing(accepted.listener)) {
    hub_.open.fetch_sub(1, std::memory_order_relaxed);
    if (hub_.stopping && hub_.connections == nullptr) context_.stop();
    return;
  }
  const auto ended = [this](std::exception_ptr) {
    if (hub_.stopping && hub_.connections == nullptr) context_.stop();
  };
  asio::co_spawn(context_, run_session(hub_, std::move(accepted)), ended);
}

}  // namespace parley::gateway
