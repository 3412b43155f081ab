// Socket calls. A read that returns fewer bytes than asked for has emptied the socket until the next edge: this saves the second recv.
#include "adapters/io/stream.hpp"

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace parley::io {
namespace {

/// The beginning of the kernel's tcp_info. The C library's own struct ends before `bytes_acked`.
struct Progress {
  std::array<unsigned char, 120> before{};
  std::uint64_t bytes_acked = 0;
};

}  // namespace

Moved Stream::receive(char* data, std::size_t size, std::size_t& count) {
  if (tls_ != nullptr) {
    const Moved moved = tls_->receive(data, size, count);
    if (moved == Moved::blocked) readable_ = false;
    return moved;
  }
  for (;;) {
    const std::ptrdiff_t got = ::recv(socket_.get(), data, size, 0);
    if (got < 0 && errno == EINTR) continue;
    // The end of the stream causes one edge only: after it, `readable_` stays true until the end is read.
    if (!ended_ && got < static_cast<std::ptrdiff_t>(size)) readable_ = false;
    if (got > 0) {
      count = static_cast<std::size_t>(got);
      return Moved::some;
    }
    if (got == 0) return Moved::ended;
    if (errno == EAGAIN) {
      readable_ = false;
      return Moved::blocked;
    }
    error_ = errno;
    return Moved::failed;
  }
}

Moved Stream::send(std::string_view bytes, std::size_t& count) {
  if (tls_ != nullptr) return tls_->send(bytes.data(), bytes.size(), count);
  for (;;) {
    const std::ptrdiff_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      count = static_cast<std::size_t>(sent);
      sent_ += count;
      return Moved::some;
    }
    if (errno == EINTR) continue;
    if (errno == EAGAIN) return Moved::blocked;
    error_ = errno;
    return Moved::failed;
  }
}

bool Stream::quiet() {
  char byte = 0;
  if (tls_ != nullptr) {  // the read also processes TLS messages that are not data, such as session tickets
    std::size_t count = 0;
    if (tls_->receive(&byte, 1, count) != Moved::blocked) return false;
    readable_ = false;
    return true;
  }
  if (::recv(socket_.get(), &byte, 1, MSG_PEEK) >= 0 || errno != EAGAIN) return false;
  readable_ = false;
  return true;
}

bool Stream::reached(std::uint64_t count) const noexcept {
  Progress progress;
  socklen_t size = sizeof progress;
  if (::getsockopt(socket_.get(), IPPROTO_TCP, TCP_INFO, &progress, &size) != 0 || size != sizeof progress) return true;
  return progress.bytes_acked > count + 1;  // the SYN counts as one byte
}

std::uint64_t Stream::on_their_way() const noexcept {
  int bytes = 0;
  return ::ioctl(socket_.get(), SIOCOUTQ, &bytes) == 0 && bytes > 0 ? static_cast<std::uint64_t>(bytes) : 0;
}

bool Stream::finish() noexcept {
  if (tls_ != nullptr) tls_->close();
  return ::shutdown(socket_.get(), SHUT_WR) == 0;
}

void Stream::close() noexcept {
  if (tls_ != nullptr) tls_->close();
  tls_.reset();
  socket_ = Descriptor();
  readable_ = ended_ = false;
  error_ = 0;
  sent_ = 0;
}

String Stream::fault() const {
  if (tls_ != nullptr) return tls_->fault();
  return error_ == 0 ? String("closed") : std::generic_category().message(error_);
}

}  // namespace parley::io
