// A worker: one thread with its own event loop.
#include "gateway/runtime/worker.hpp"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/posix/basic_descriptor.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <csignal>

#include "gateway/net/session.hpp"

namespace parley::gateway {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr asio::use_awaitable_t<adapters::Executor> awaited{};
constexpr int accepts_at_once = 64;

}  // namespace

// Other threads only post: the descriptors of one loop are never touched from elsewhere, so they need no locks.
Worker::Worker(const Router& router, const config::Limits& limits)
    : hub_(router, limits), context_(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO) {}

Worker::~Worker() { hub_.abandon(); }

void Worker::open_lane(adapters::Backend& backend) {
  hub_.lanes.push_back(backend.open_lane({context_.get_executor(), hub_.poller}));
}

void Worker::add_listener(Descriptor socket) { listeners_.push_back(std::move(socket)); }

void Worker::drop_lanes() { hub_.lanes.clear(); }

void Worker::start() {
  asio::co_spawn(context_, tick(), asio::detached);
  asio::co_spawn(context_, hub_.poller.run(context_.get_executor()), asio::detached);
  for (std::size_t i = 0; i < listeners_.size(); ++i) {
    listening_.push_back(listeners_[i].get());
    asio::co_spawn(context_, accept(std::move(listeners_[i]), i), asio::detached);
  }
  // Signals are the main thread's.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { context_.run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Worker::request_stop() {
  asio::post(context_, [this] {
    hub_.stop();
    for (const int socket : listening_) ::shutdown(socket, SHUT_RDWR);  // ends the wait of each accept loop
    if (hub_.open.load(std::memory_order_relaxed) == 0) context_.stop();
  });
}

void Worker::abandon() { context_.stop(); }

void Worker::join() {
  if (thread_.joinable()) thread_.join();
}

adapters::Task<void> Worker::tick() {
  Timer timer(context_.get_executor());
  for (;;) {
    error_code error;
    timer.expires_at(std::chrono::floor<std::chrono::seconds>(Clock::now()) + std::chrono::seconds(1));
    co_await timer.async_wait(asio::redirect_error(awaited, error));
    hub_.advance();
  }
}

adapters::Task<void> Worker::accept(Descriptor owned, std::size_t listener) {
  const int socket = owned.get();
  asio::posix::basic_stream_descriptor<adapters::Executor> waiter(context_.get_executor(), socket);
  owned.disown();  // the waiter closes it
  while (!hub_.stopping) {
    error_code error;
    co_await waiter.async_wait(asio::posix::descriptor_base::wait_read, asio::redirect_error(awaited, error));
    for (int i = 0; i < accepts_at_once && !hub_.stopping; ++i) {
      String peer;
      Descriptor accepted = accept_one(socket, peer);
      if (accepted.get() >= 0) {
        hand_out(std::move(accepted), listener, std::move(peer));
      } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        // Waiting would return at once, as the connection is still there: give others time to close theirs.
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

void Worker::hand_out(Descriptor socket, std::size_t listener, String peer) {
  // The kernel spreads connections over the listening sockets by a hash: with few connections some workers would idle.
  // Whoever accepts gives to the worker that has the fewest.
  Worker* least = this;
  for (const std::unique_ptr<Worker>& other : peers_) {
    if (other->hub_.open.load(std::memory_order_relaxed) < least->hub_.open.load(std::memory_order_relaxed)) {
      least = other.get();
    }
  }
  least->hub_.open.fetch_add(1, std::memory_order_relaxed);
  if (least == this) return take(std::move(socket), listener, std::move(peer));
  asio::post(least->context_, [least, listener, moved = std::move(socket), peer = std::move(peer)]() mutable {
    least->take(std::move(moved), listener, std::move(peer));
  });
}

void Worker::take(Descriptor socket, std::size_t listener, String peer) {
  if (hub_.stopping) {
    hub_.open.fetch_sub(1, std::memory_order_relaxed);
    if (hub_.connections == nullptr) context_.stop();
    return;
  }
  const auto ended = [this](std::exception_ptr) {
    if (hub_.stopping && hub_.connections == nullptr) context_.stop();
  };
  asio::co_spawn(context_, run_session(hub_, std::move(socket), listener, std::move(peer)), ended);
}

}  // namespace parley::gateway
