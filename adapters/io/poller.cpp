// One epoll set for all sockets of a worker.
#include "adapters/io/poller.hpp"

#include <sys/epoll.h>

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

}  // namespace

Poller::Poller() : set_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (set_.get() < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

bool Poller::add(int socket, Watcher& watcher) noexcept {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = &watcher;
  return ::epoll_ctl(set_.get(), EPOLL_CTL_ADD, socket, &event) == 0;
}

std::size_t Poller::dispatch() {
  std::array<epoll_event, 128> events;
  const int count = ::epoll_wait(set_.get(), events.data(), static_cast<int>(events.size()), 0);
  for (int i = 0; i < count; ++i) {
    const std::uint32_t what = events[static_cast<std::size_t>(i)].events;
    const bool ended = (what & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    static_cast<Watcher*>(events[static_cast<std::size_t>(i)].data.ptr)
        ->tell(
            {.readable = ended || (what & EPOLLIN) != 0, .writable = ended || (what & EPOLLOUT) != 0, .ended = ended});
  }
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

Task<void> Poller::run(Executor executor) {
  asio::posix::basic_stream_descriptor<Executor> waiter(executor, ::dup(set_.get()));
  for (;;) {
    boost::system::error_code error;
    co_await waiter.async_wait(asio::posix::descriptor_base::wait_read, asio::redirect_error(awaited, error));
    // While there is work, a look at our own set is cheaper than a way through Asio's; but others wait there, too.
    for (int i = 0; i < rounds_at_once && dispatch() != 0; ++i) {
    }
  }
}

}  // namespace parley::io
