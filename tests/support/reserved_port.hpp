// A port that a test needs to know before anybody listens on it.
#pragma once

#include <cstdint>

namespace parley::test {

/// A port of the loopback network that nobody listens on. While this exists the kernel gives it to nobody else, neither
/// to a listener that asks for any port nor to a connection as its own end; a gateway that is told its number can
/// listen on it. Throws std::runtime_error where there is none.
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
