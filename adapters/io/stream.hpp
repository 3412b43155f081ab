// A connected, non-blocking socket with or without TLS: bytes in and out as far as it goes at once. Who waits, and how long,
// is its owner's business.
#pragma once

#include <cstdint>
#include <string_view>

#include "adapters/io/poller.hpp"
#include "adapters/io/tls.hpp"

namespace parley::io {

class Stream {
 public:
  Stream() = default;
  explicit Stream(Descriptor socket) noexcept : socket_(std::move(socket)) {}
  Stream(Stream&&) = default;
  Stream& operator=(Stream&&) = default;

  [[nodiscard]] int get() const noexcept { return socket_.get(); }
  /// From now on through TLS; `handshake` comes first.
  void secure(std::unique_ptr<TlsSession> tls) noexcept { tls_ = std::move(tls); }
  [[nodiscard]] bool secured() const noexcept { return tls_ != nullptr; }

  /// What the poller told. Without it `readable` knows nothing.
  void note(Readiness readiness) noexcept {
    readable_ |= readiness.readable;
    ended_ |= readiness.ended;
  }
  /// Whether `receive` may give something: not after it has given less than was asked for, until the poller tells again.
  [[nodiscard]] bool readable() const noexcept { return readable_; }

  /// `some` when it is done.
  Moved handshake() { return tls_->handshake(); }
  /// Of a secured stream: see TlsSession.
  [[nodiscard]] std::string_view began_with() const noexcept { return tls_->began_with(); }
  [[nodiscard]] std::string_view tls_version() const noexcept { return tls_->version(); }
  /// After a handshake that failed: the rest is plain, for a word to whoever does not speak TLS.
  void unsecure() noexcept { tls_.reset(); }
  /// Up to `size` bytes.
  Moved receive(char* data, std::size_t size, std::size_t& count);
  /// As much as goes. Raises no signal.
  Moved send(std::string_view bytes, std::size_t& count);
  /// That nothing has come and the other side has not gone: asks the kernel.
  [[nodiscard]] bool quiet();
  /// How many bytes the socket has taken, and whether any of those behind the first `count` has reached the other side: if
  /// not when the other side's end is seen, nobody can have read them.
  [[nodiscard]] std::uint64_t sent() const noexcept { return tls_ != nullptr ? tls_->sent() : sent_; }
  [[nodiscard]] bool reached(std::uint64_t count) const noexcept;
  /// Of the bytes that were sent, those that have not reached the other side's kernel.
  [[nodiscard]] std::uint64_t on_their_way() const noexcept;
  /// Says that nothing more comes; what the other side sends can still be received. false: the connection is gone.
  bool finish() noexcept;
  /// Closes, with a goodbye under TLS.
  void close() noexcept;
  /// Of the last failure, for the log.
  [[nodiscard]] String fault() const;
  /// The same of a handshake, for a next step.
  [[nodiscard]] TlsTrouble trouble() const noexcept { return tls_ != nullptr ? tls_->trouble() : TlsTrouble::none; }

 private:
  Descriptor socket_;
  std::unique_ptr<TlsSession> tls_;  // before the socket closes, it goes
  std::uint64_t sent_ = 0;
  int error_ = 0;
  bool readable_ = false;
  bool ended_ = false;
};

}  // namespace parley::io
