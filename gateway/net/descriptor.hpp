// An owned file descriptor, and sockets that listen.
#pragma once

#include <cstdint>
#include <utility>

#include "config/settings.hpp"
#include "schemas/error.hpp"

namespace parley::gateway {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor();
  [[nodiscard]] int get() const noexcept { return fd_; }
  /// Somebody else closes it.
  void disown() noexcept { fd_ = -1; }

 private:
  int fd_ = -1;
};

/// `count` sockets that listen on the same address (SO_REUSEPORT); with port 0 all get the same free port, written into
/// `endpoint`. Errors: unavailable, with the address and the reason; also when another process listens there.
[[nodiscard]] Result<List<Descriptor>> listen_on(config::Endpoint& endpoint, std::size_t count);

/// One waiting connection with the client's address, non-blocking; an empty descriptor and `errno` when there is none.
[[nodiscard]] Descriptor accept_one(int listener, String& peer);

}  // namespace parley::gateway
