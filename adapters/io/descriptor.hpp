// An owned file descriptor.
#pragma once

#include <unistd.h>

#include <utility>

namespace parley::io {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const noexcept { return fd_; }
  /// Gives up ownership: somebody else closes the descriptor.
  void disown() noexcept { fd_ = -1; }

 private:
  int fd_ = -1;
};

}  // namespace parley::io
