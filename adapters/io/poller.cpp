// One epoll set for all sockets of a worker.
#include "adapters/io/poller.hpp"

#include <fcntl.h>

#include <array>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <system_error>

namespace parley::io {
namespace {

namespace asio = boost::asio;

constexpr asio::use_awaitable_t<Executor> awaited{};
constexpr int rounds_at_once = 4;

/// Clears `batch`, which refers to an array on the stack, also when a watcher throws.
struct BatchEnd {
  std::span<epoll_event>& batch;
  ~BatchEnd() { batch = {}; }
};

}  // namespace

Poller::Poller() : set_(::epoll_create1(EPOLL_CLOEXEC)), watched_(::fcntl(set_.get(), F_DUPFD_CLOEXEC, 0)) {
  if (watched_.get() < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

bool Poller::add(int socket, Watcher& watcher) noexcept {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = &watcher;
  watcher.poller_ = this;
  return ::epoll_ctl(set_.get(), EPOLL_CTL_ADD, socket, &event) == 0;
}

std::size_t Poller::dispatch() {
  std::array<epoll_event, 128> events;
  const int count = ::epoll_wait(set_.get(), events.data(), static_cast<int>(events.size()), 0);
  if (count <= 0) return 0;
  batch_ = std::span(events).first(static_cast<std::size_t>(count));
  const BatchEnd end{batch_};
  while (!batch_.empty()) {
    const epoll_event event = batch_.front();
    batch_ = batch_.subspan(1);
    if (event.data.ptr == nullptr) continue;
    const bool ended = (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    static_cast<Watcher*>(event.data.ptr)
        ->tell({.readable = ended || (event.events & EPOLLIN) != 0,
                .writable = ended || (event.events & EPOLLOUT) != 0,
                .ended = ended,
                .gone = (event.events & (EPOLLHUP | EPOLLERR)) != 0});
  }
  return static_cast<std::size_t>(count);
}

void Poller::forget(const Watcher& watcher) noexcept {
  for (epoll_event& event : batch_) {
    if (event.data.ptr == &watcher) event.data.ptr = nullptr;
  }
}

Watcher::~Watcher() {
  if (poller_ != nullptr) poller_->forget(*this);
}

Task<void> Poller::run(Executor executor) {
  asio::posix::basic_stream_descriptor<Executor> waiter(executor, watched_.get());
  watched_.disown();
  for (;;) {
    boost::system::error_code error;
    co_await waiter.async_wait(asio::posix::descriptor_base::wait_read, asio::redirect_error(awaited, error));
    // While events keep coming, a look at our own set is cheaper than a turn of Asio's loop. The limit lets Asio's other work run.
    for (int i = 0; i < rounds_at_once && dispatch() != 0; ++i) {
    }
  }
}

}  // namespace parley::io
