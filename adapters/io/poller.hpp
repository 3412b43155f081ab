// Which sockets of a worker can be read or written, its clients' and its upstreams': one epoll set, beside Asio's. Asio would
// spend a system call on each wait of each socket (gateway/README.md); here a socket is registered once.
#pragma once

#include <sys/epoll.h>

#include <cstddef>
#include <span>

#include "adapters/io/descriptor.hpp"
#include "adapters/io/task.hpp"

namespace parley::io {

/// What happened to a socket.
struct Readiness {
  bool readable = false;
  bool writable = false;
  bool ended = false;  ///< no more bytes will come, or none can be sent
  bool gone = false;   ///< neither: the other side has closed the connection as a whole
};

class Poller;

/// Whoever owns a socket in the set. Ends before the poller.
class Watcher {
 public:
  /// May end this watcher and any other.
  virtual void tell(Readiness readiness) = 0;

 protected:
  Watcher() = default;
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;
  /// Nothing is told any more.
  ~Watcher();

 private:
  friend class Poller;
  Poller* poller_ = nullptr;
};

class Poller {
 public:
  /// Throws std::system_error where the kernel has no more descriptors.
  Poller();
  /// Edge-triggered, for reading and writing, until the socket is closed. false: the kernel has no room.
  [[nodiscard]] bool add(int socket, Watcher& watcher) noexcept;
  /// Dispatches as long as its event loop runs: one coroutine for each poller.
  Task<void> run(Executor executor);

 private:
  friend class Watcher;

  /// Tells the watchers that something happened to, at most a batch of them. Returns how many.
  std::size_t dispatch();
  /// One that is told can end others: what the batch still has for them is for nobody.
  void forget(const Watcher& watcher) noexcept;

  Descriptor set_;
  Descriptor watched_;            // the same set, for the one who waits on it
  std::span<epoll_event> batch_;  // of `dispatch`, what is still to be told
};

/// What a worker lends to all who work on its thread.
struct Loop {
  Executor executor;
  Poller& poller;
};

}  // namespace parley::io
