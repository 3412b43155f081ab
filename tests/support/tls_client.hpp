// The small HTTP client over TLS.
#pragma once

#include <memory>

#include "tests/support/http_client.hpp"
#include "tests/support/scripted_server.hpp"

namespace parley::test {

/// What the client offers in the handshake.
struct TlsWishes {
  std::vector<std::string> protocols = {};  ///< for ALPN; empty = does not send the extension
  bool only_tls12 = false;
  bool only_tls11 = false;
};

/// One connection to 127.0.0.1. The constructor throws std::runtime_error with OpenSSL's reason if the handshake fails.
class TlsConnection final : public Connection {
 public:
  /// `authority`: the certificate that the client trusts.
  TlsConnection(std::uint16_t port, const Certificate& authority, const TlsWishes& wishes = {});
  ~TlsConnection() override;

  [[nodiscard]] std::string version() const;   ///< `TLSv1.3`
  [[nodiscard]] std::string protocol() const;  ///< the protocol that ALPN chose; empty = none
  [[nodiscard]] std::string shown() const;     ///< the server's certificate in PEM
  /// Asks for a new handshake in TLS 1.2. Returns false if it is refused.
  bool renegotiate();
  /// Changes the keys of both sides in TLS 1.3.
  void change_keys();
  /// Whether the next thing that the other side sends is close_notify.
  bool says_goodbye();
  /// Closes without close_notify.
  void cut();

 private:
  struct Tls;
  std::ptrdiff_t take(char* data, std::size_t size) override;
  std::ptrdiff_t put(const char* data, std::size_t size) override;

  std::unique_ptr<Tls> tls_;
};

}  // namespace parley::test
