// TLS on a non-blocking socket. This header does not show OpenSSL.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "schemas/error.hpp"

namespace parley::io {

/// The result of an attempt to move bytes.
enum class Moved : std::uint8_t {
  some,
  blocked,  ///< try again when the socket is ready
  ended,    ///< the other side has said that nothing more comes
  failed,   ///< the connection failed, or was cut off without a closing alert
};

/// Why a handshake failed, where somebody can act on it.
enum class TlsTrouble : std::uint8_t {
  none,
  untrusted,      ///< no trusted authority signed the certificate, or it is self-signed
  expired,        ///< the certificate, or one that signed it, has expired
  not_yet_valid,  ///< the certificate, or one that signed it, is not valid yet
  wrong_name,     ///< the certificate is for another host
  no_tls,         ///< the received bytes are not TLS
  closed,         ///< the other side closed without a TLS message
};

/// The TLS state of one connection.
class TlsSession {
 public:
  TlsSession() = default;
  virtual ~TlsSession() = default;
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  /// Returns `some` when the handshake is done and the other side's certificate is accepted.
  virtual Moved handshake() = 0;
  virtual Moved receive(char* data, std::size_t size, std::size_t& count) = 0;
  virtual Moved send(const char* data, std::size_t size, std::size_t& count) = 0;
  /// The number of bytes given to the socket so far.
  [[nodiscard]] virtual std::uint64_t sent() const noexcept = 0;
  /// Sends the closing alert, once, if the socket takes it at once. Bytes of the other side can still be received.
  virtual void close() noexcept = 0;
  /// The first bytes that the other side sent, at most eight. After a failed handshake they show what came instead of one.
  [[nodiscard]] virtual std::string_view began_with() const noexcept = 0;
  /// The protocol, once the handshake is done: `TLSv1.3`. It is a literal.
  [[nodiscard]] virtual std::string_view version() const noexcept = 0;
  /// Why the last call failed, for the log.
  [[nodiscard]] virtual String fault() const = 0;
  /// The same reason as an enum, for choosing the next step.
  [[nodiscard]] virtual TlsTrouble trouble() const noexcept = 0;
};

/// The authorities that clients trust, and the last session with the server, which the next connection resumes. Used by all threads.
class TlsClients {
 public:
  /// `ca`: a file of trusted certificates; empty = the system's. Errors: unavailable, with `detail`; `field` is `ca`.
  static Result<std::shared_ptr<TlsClients>> open(const String& ca);
  virtual ~TlsClients() = default;

  /// Begins TLS on a connected socket, which must outlive the session. The certificate must be for `host`, a name or an address.
  virtual std::unique_ptr<TlsSession> start(int socket, const String& host) = 0;

 protected:
  TlsClients() = default;
};

/// A listener's certificate and key. Used by all threads.
class TlsServers {
 public:
  /// Reads two PEM files: the certificate with its chain, and its key without a passphrase. Speaks TLS 1.2 and later,
  /// and offers HTTP/1.1 and HTTP/1.0 by ALPN. Errors: unavailable; the message names the file and the fault, and
  /// `field` is `certificate` or `key`.
  static Result<std::shared_ptr<TlsServers>> open(const String& certificate, const String& key);
  virtual ~TlsServers() = default;

  /// Begins TLS on an accepted socket, which must outlive the session. A session keeps the certificate that it began with.
  virtual std::unique_ptr<TlsSession> start(int socket) = 0;
  /// Uses the certificate and key of `other` from now on. So a certificate is renewed without ending connections.
  virtual void adopt(const TlsServers& other) = 0;
  /// When the certificate expires.
  [[nodiscard]] virtual std::chrono::system_clock::time_point expires() const = 0;

 protected:
  TlsServers() = default;
};

}  // namespace parley::io
