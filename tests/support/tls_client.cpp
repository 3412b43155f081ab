// Uses OpenSSL on the client's blocking socket.
#include "tests/support/tls_client.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <climits>
#include <csignal>
#include <stdexcept>

namespace parley::test {

struct TlsConnection::Tls {
  Tls() : context(SSL_CTX_new(TLS_client_method())) {}
  ~Tls() {
    SSL_free(ssl);
    SSL_CTX_free(context);
  }
  Tls(const Tls&) = delete;
  Tls& operator=(const Tls&) = delete;
  SSL_CTX* context;
  SSL* ssl = nullptr;
};

namespace {

std::string reason() {
  const char* text = ERR_reason_error_string(ERR_get_error());
  return text == nullptr ? "closed" : text;
}

int size_of(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, INT_MAX)); }

}  // namespace

TlsConnection::TlsConnection(std::uint16_t port, const Certificate& authority, const TlsWishes& wishes)
    : Connection(port), tls_(std::make_unique<Tls>()) {
  std::signal(SIGPIPE, SIG_IGN);
  ERR_clear_error();
  SSL_CTX* context = tls_->context;
  SSL_CTX_set_security_level(context, 0);  // so that the server, and not the client, refuses old versions
  SSL_CTX_set_min_proto_version(context, wishes.only_tls11 ? TLS1_1_VERSION : TLS1_2_VERSION);
  if (wishes.only_tls11) SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
  if (wishes.only_tls12) SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
  BIO* text = BIO_new_mem_buf(authority.certificate.data(), static_cast<int>(authority.certificate.size()));
  X509* trusted = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
  BIO_free(text);
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context), trusted);
  X509_free(trusted);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  std::string offered;
  for (const std::string& protocol : wishes.protocols) {
    offered += static_cast<char>(protocol.size());
    offered += protocol;
  }
  if (!offered.empty()) {
    SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(offered.data()),
                            static_cast<unsigned>(offered.size()));
  }
  tls_->ssl = SSL_new(context);
  X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls_->ssl), "127.0.0.1");
  SSL_set_fd(tls_->ssl, socket());
  if (SSL_connect(tls_->ssl) != 1) throw std::runtime_error("no handshake: " + reason());
}

TlsConnection::~TlsConnection() {
  if (tls_) SSL_shutdown(tls_->ssl);
}

std::string TlsConnection::version() const { return SSL_get_version(tls_->ssl); }

std::string TlsConnection::protocol() const {
  const unsigned char* name = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(tls_->ssl, &name, &size);
  return {reinterpret_cast<const char*>(name), size};
}

std::string TlsConnection::shown() const {
  BIO* text = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(text, SSL_get0_peer_certificate(tls_->ssl));
  char* data = nullptr;
  const long size = BIO_get_mem_data(text, &data);
  std::string pem(data, static_cast<std::size_t>(size));
  BIO_free(text);
  return pem;
}

bool TlsConnection::renegotiate() {
  ERR_clear_error();
  if (SSL_renegotiate(tls_->ssl) != 1 || SSL_do_handshake(tls_->ssl) != 1) return false;
  return SSL_renegotiate_pending(tls_->ssl) == 0;
}

void TlsConnection::change_keys() {
  ERR_clear_error();
  if (SSL_key_update(tls_->ssl, SSL_KEY_UPDATE_REQUESTED) != 1) throw std::runtime_error("no new keys");
}

bool TlsConnection::says_goodbye() {
  ERR_clear_error();
  char byte = 0;
  const int count = SSL_read(tls_->ssl, &byte, 1);
  return count <= 0 && SSL_get_error(tls_->ssl, count) == SSL_ERROR_ZERO_RETURN;
}

void TlsConnection::cut() {
  SSL_set_quiet_shutdown(tls_->ssl, 1);
  ::shutdown(socket(), SHUT_RDWR);
}

std::ptrdiff_t TlsConnection::take(char* data, std::size_t size) {
  ERR_clear_error();
  return SSL_read(tls_->ssl, data, size_of(size));
}

std::ptrdiff_t TlsConnection::put(const char* data, std::size_t size) {
  ERR_clear_error();
  return SSL_write(tls_->ssl, data, size_of(size));
}

}  // namespace parley::test
