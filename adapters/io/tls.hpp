// TLS on a non-blocking socket, OpenSSL kept out of sight.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "schemas/error.hpp"

namespace parley::io {

/// What became of an attempt to move bytes.
enum class Moved : std::uint8_t {
  some,
  blocked,  ///< try again when the socket is ready
  ended,    ///< the other side has said that nothing more comes
  failed,   ///< broken, or cut off without a word
};

/// Why a handshake failed, as far as somebody can do something about it.
enum class TlsTrouble : std::uint8_t {
  none,
  untrusted,      ///< nobody who is trusted vouches for the certificate, or it vouches for itself
  expired,        ///< the certificate, or one that vouches for it
  not_yet_valid,  ///< the same
  wrong_name,     ///< the certificate is for another host
  no_tls,         ///< what came is no TLS
  closed,         ///< the other side closed without a word of TLS
};

/// One connection's TLS.
class TlsSession {
 public:
  TlsSession() = default;
  virtual ~TlsSession() = default;
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  /// `some` when it is done: then the other side is who it has to be.
  virtual Moved handshake() = 0;
  virtual Moved receive(char* data, std::size_t size, std::size_t& count) = 0;
  virtual Moved send(const char* data, std::size_t size, std::size_t& count) = 0;
  /// Bytes given to the socket so far.
  [[nodiscard]] virtual std::uint64_t sent() const noexcept = 0;
  /// Says goodbye, once, as far as that goes at once. What the other side still sends can be received.
  virtual void close() noexcept = 0;
  /// The first bytes that the other side sent, at most eight: what came in the place of a handshake that failed.
  [[nodiscard]] virtual std::string_view began_with() const noexcept = 0;
  /// Once the handshake is done, the protocol: `TLSv1.3`. It is a literal.
  [[nodiscard]] virtual std::string_view version() const noexcept = 0;
  /// Why the last call failed, for the log.
  [[nodiscard]] virtual String fault() const = 0;
  /// The same, for a next step.
  [[nodiscard]] virtual TlsTrouble trouble() const noexcept = 0;
};

/// Whom clients trust; the last session with the server, which the next one resumes. Used by all threads.
class TlsClients {
 public:
  /// `ca`: file of the certificates that are trusted; empty = the system's. Errors: unavailable, with `detail`; `field` is `ca`.
  static Result<std::shared_ptr<TlsClients>> open(const String& ca);
  virtual ~TlsClients() = default;

  /// On a connected socket, which must outlive it. `host` is the name or address that the certificate must be for.
  virtual std::unique_ptr<TlsSession> start(int socket, const String& host) = 0;

 protected:
  TlsClients() = default;
};

/// What a listener shows its clients: a certificate and its key. Used by all threads.
class TlsServers {
 public:
  /// Reads two PEM files: the certificate with those that vouch for it, and its key without a password. Speaks TLS 1.2 and
  /// later, and HTTP/1.1 to whoever asks by ALPN. Errors: unavailable; the message names the file and what is
  /// wrong with it, and `field` is `certificate` or `key`.
  static Result<std::shared_ptr<TlsServers>> open(const String& certificate, const String& key);
  virtual ~TlsServers() = default;

  /// On an accepted socket, which must outlive it. It keeps the certificate it was started with.
  virtual std::unique_ptr<TlsSession> start(int socket) = 0;
  /// From now on shows what `other` shows: how a certificate is renewed while connections stay.
  virtual void adopt(const TlsServers& other) = 0;
  /// When the certificate ends.
  [[nodiscard]] virtual std::chrono::system_clock::time_point expires() const = 0;

 protected:
  TlsServers() = default;
};

}  // namespace parley::io
