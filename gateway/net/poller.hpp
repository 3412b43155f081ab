// Which connections can be read or written: one epoll set for a worker, beside Asio's. Asio would spend a system call on
// each wait of each connection (README); here a connection is registered once.
#pragma once

#include <cstddef>
#include <cstdint>

#include "gateway/net/descriptor.hpp"

namespace parley::gateway {

class Connection;

class Poller {
 public:
  /// Throws std::system_error where the kernel has no more descriptors.
  Poller();
  /// Readable as long as `dispatch` has something to do.
  [[nodiscard]] int descriptor() const noexcept { return set_.get(); }
  /// Edge-triggered, for reading and writing, until the socket is closed. false: the kernel has no room.
  [[nodiscard]] bool add(int socket, Connection& connection) noexcept;
  /// Tells the connections that something happened to, at most a batch of them. A connection may end meanwhile, no other
  /// than the one that is told. Returns how many.
  std::size_t dispatch();

 private:
  Descriptor set_;
};

}  // namespace parley::gateway
