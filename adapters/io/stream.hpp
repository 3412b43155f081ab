// A connected, non-blocking socket with or without TLS. Each call moves as many bytes as possible without waiting. The
// owner decides who waits, and for how long.
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
  /// Uses TLS from now on; the next call must be `handshake`.
  void secure(std::unique_ptr<TlsSession> tls) noexcept { tls_ = std::move(tls); }
  [[nodiscard]] bool secured() const noexcept { return tls_ != nullptr; }

  /// Takes in what the poller told. `readable` knows nothing else.
  void note(Readiness readiness) noexcept {
    readable_ |= readiness.readable;
    ended_ |= readiness.ended;
  }
  /// Whether `receive` may find bytes. False after it returned fewer than were asked for, until the poller tells again.
  [[nodiscard]] bool readable() const noexcept { return readable_; }

  /// Returns `some` when the handshake is done.
  Moved handshake() { return tls_->handshake(); }
  /// These two need TLS; see TlsSession.
  [[nodiscard]] std::string_view began_with() const noexcept { return tls_->began_with(); }
  [[nodiscard]] std::string_view tls_version() const noexcept { return tls_->version(); }
  /// Drops TLS after a failed handshake, to answer in plain text a client that does not speak TLS.
  void unsecure() noexcept { tls_.reset(); }
  /// Receives up to `size` bytes.
  Moved receive(char* data, std::size_t size, std::size_t& count);
  /// Sends as many bytes as the socket takes. Raises no signal.
  Moved send(std::string_view bytes, std::size_t& count);
  /// Asks the kernel whether the connection is open and no bytes have come.
  [[nodiscard]] bool quiet();
  /// `sent`: how many bytes the socket has taken. `reached`: whether the other side acknowledged any byte after the
  /// first `count`; true if that is unknown. If false when the other side has closed, nobody can have read those bytes.
  [[nodiscard]] std::uint64_t sent() const noexcept { return tls_ != nullptr ? tls_->sent() : sent_; }
  [[nodiscard]] bool reached(std::uint64_t count) const noexcept;
  /// The number of sent bytes that the other side's kernel has not acknowledged.
  [[nodiscard]] std::uint64_t on_their_way() const noexcept;
  /// Ends sending; the other side's bytes can still be received. false: the connection is gone.
  bool finish() noexcept;
  /// Closes the socket; under TLS, sends the closing alert first.
  void close() noexcept;
  /// The reason of the last failure, for the log.
  [[nodiscard]] String fault() const;
  /// The reason of a failed handshake, for choosing the next step.
  [[nodiscard]] TlsTrouble trouble() const noexcept { return tls_ != nullptr ? tls_->trouble() : TlsTrouble::none; }

 private:
  Descriptor socket_;
  std::unique_ptr<TlsSession> tls_;  // must go before the socket closes
  std::uint64_t sent_ = 0;
  int error_ = 0;
  bool readable_ = false;
  bool ended_ = false;
};

}  // namespace parley::io
