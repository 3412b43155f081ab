// Tells which sockets of a worker are readable or writable, those of clients and of upstreams: one epoll set beside Asio's.
// Here a socket is registered once; Asio would spend a system call on each wait of each socket (gateway/README.md).
#pragma once

#include <sys/epoll.h>

#include <cstddef>
#include <span>

#include "adapters/io/descriptor.hpp"
#include "adapters/io/task.hpp"

namespace parley::io {

/// What the kernel reported about a socket.
struct Readiness {
  bool readable = false;
  bool writable = false;
  bool ended = false;  ///< no more bytes will come, or none can be sent
  bool gone = false;   ///< both: the connection is closed as a whole, or has failed
};

class Poller;

/// The owner of a socket in the set. Must be destroyed before the poller.
class Watcher {
 public:
  /// Called when something happened to the socket. May destroy this watcher and any other.
  virtual void tell(Readiness readiness) = 0;

 protected:
  Watcher() = default;
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;
  /// After this, the poller tells it nothing more.
  ~Watcher();

 private:
  friend class Poller;
  Poller* poller_ = nullptr;
};

class Poller {
 public:
  /// Throws std::system_error if the process or the system has no descriptors left.
  Poller();
  /// Registers a socket, edge-triggered, for reading and writing, until it is closed. false: the kernel refused.
  [[nodiscard]] bool add(int socket, Watcher& watcher) noexcept;
  /// Dispatches events for as long as the event loop runs. Start one such coroutine for each poller.
  Task<void> run(Executor executor);

 private:
  friend class Watcher;

  /// Tells watchers about one batch of events at most. Returns the number of events.
  std::size_t dispatch();
  /// Drops the events of the current batch that are for this watcher: a watcher that is told may destroy others.
  void forget(const Watcher& watcher) noexcept;

  Descriptor set_;
  Descriptor watched_;            // a duplicate of set_, for the coroutine that waits on it
  std::span<epoll_event> batch_;  // the events of `dispatch` that are still to be told
};

/// What a worker gives to the code that runs on its thread.
struct Loop {
  Executor executor;
  Poller& poller;
};

}  // namespace parley::io
