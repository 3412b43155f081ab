// One epoll set for all connections of a worker.
#include "gateway/net/poller.hpp"

#include <sys/epoll.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "gateway/net/connection.hpp"

namespace parley::gateway {

Poller::Poller() : set_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (set_.get() < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

bool Poller::add(int socket, Connection& connection) noexcept {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = &connection;
  return ::epoll_ctl(set_.get(), EPOLL_CTL_ADD, socket, &event) == 0;
}

std::size_t Poller::dispatch() {
  std::array<epoll_event, 128> events;
  const int count = ::epoll_wait(set_.get(), events.data(), static_cast<int>(events.size()), 0);
  for (int i = 0; i < count; ++i) {
    const std::uint32_t what = events[static_cast<std::size_t>(i)].events;
    auto* connection = static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
    const bool ended = (what & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    connection->tell(
        {.readable = ended || (what & EPOLLIN) != 0, .writable = ended || (what & EPOLLOUT) != 0, .ended = ended});
  }
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

}  // namespace parley::gateway
