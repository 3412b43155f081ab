// Reserves a port whose number a test must know before a program listens on it.
#pragma once

#include <cstdint>

namespace parley::test {

/// A loopback port on which nobody listens. While this object exists, the kernel does not choose the port for others: not for a listener
/// on port 0, and not as the local port of a connection. A program that is given the number can listen on it. The constructor throws
/// std::runtime_error if there is no free port.
class ReservedPort {
 public:
  ReservedPort();
  ~ReservedPort();
  ReservedPort(const ReservedPort&) = delete;
  ReservedPort& operator=(const ReservedPort&) = delete;

  [[nodiscard]] std::uint16_t number() const noexcept { return number_; }

 private:
  int socket_ = -1;
  std::uint16_t number_ = 0;
};

}  // namespace parley::test
