// The small HTTP client over TLS, with what a test may want to ask for.
#pragma once

#include <memory>

#include "tests/support/http_client.hpp"
#include "tests/support/scripted_server.hpp"

namespace parley::test {

struct TlsWishes {
  std::vector<std::string> protocols = {};  ///< ALPN; none = the extension is not sent
  bool only_tls12 = false;
  bool only_tls11 = false;
};

/// One connection to 127.0.0.1. Throws std::runtime_error with OpenSSL's reason where the handshake fails.
class TlsConnection final : public Connection {
 public:
  /// `authority`: the certificate that is trusted.
  TlsConnection(std::uint16_t port, const Certificate& authority, const TlsWishes& wishes = {});
  ~TlsConnection() override;

  [[nodiscard]] std::string version() const;   ///< `TLSv1.3`
  [[nodiscard]] std::string protocol() const;  ///< chosen by ALPN; empty = none
  [[nodiscard]] std::string shown() const;     ///< the server's certificate in PEM
  /// Asks for a new handshake inside TLS 1.2. false: refused.
  bool renegotiate();
  /// New keys inside TLS 1.3, the other side's too.
  void change_keys();
  /// True where the other side says goodbye, and then closes.
  bool says_goodbye();
  /// Closes without a goodbye.
  void cut();

 private:
  struct Tls;
  std::ptrdiff_t take(char* data, std::size_t size) override;
  std::ptrdiff_t put(const char* data, std::size_t size) override;

  std::unique_ptr<Tls> tls_;
};

}  // namespace parley::test
