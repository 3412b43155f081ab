// TLS for connections to upstreams: trusted certificates, host names, session resumption.
#include <arpa/inet.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <mutex>

#include "adapters/io/openssl.hpp"

namespace parley::io {
namespace {

using Session = std::unique_ptr<SSL_SESSION, Free<&SSL_SESSION_free>>;

class OpenSslClients final : public TlsClients {
 public:
  explicit OpenSslClients(Context context) : context_(std::move(context)) {
    SSL_CTX_set_app_data(context_.get(), this);
    SSL_CTX_set_session_cache_mode(context_.get(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_sess_set_new_cb(context_.get(), &keep_session);
  }

  std::unique_ptr<TlsSession> start(int socket, const String& host) override {
    Ssl ssl = make_ssl(context_.get());
    SSL_set_connect_state(ssl.get());
    std::array<unsigned char, sizeof(in6_addr)> address;
    if (::inet_pton(AF_INET, host.c_str(), address.data()) == 1 ||
        ::inet_pton(AF_INET6, host.c_str(), address.data()) == 1) {
      X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl.get()), host.c_str());
    } else {
      SSL_set_hostflags(ssl.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
      SSL_set1_host(ssl.get(), host.c_str());
      SSL_set_tlsext_host_name(ssl.get(), host.c_str());
    }
    const std::scoped_lock lock(mutex_);
    if (last_ != nullptr) SSL_set_session(ssl.get(), last_.get());
    return make_session(std::move(ssl), socket);
  }

 private:
  static int keep_session(SSL* ssl, SSL_SESSION* session) {
    auto* self = static_cast<OpenSslClients*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
    Session kept(session);
    const std::scoped_lock lock(self->mutex_);
    self->last_.swap(kept);
    return 1;  // tells OpenSSL that we keep the session
  }

  Context context_;
  std::mutex mutex_;
  Session last_;
};

void free_entries(STACK_OF(X509_INFO) * entries) { sk_X509_INFO_pop_free(entries, &X509_INFO_free); }

/// Like SSL_CTX_load_verify_locations with a file: trusts its certificates and loads its revocation lists.
bool trust(SSL_CTX* context, const String& text) {
  const std::unique_ptr<STACK_OF(X509_INFO), Free<&free_entries>> entries(
      PEM_X509_INFO_read_bio(bio_of(text).get(), nullptr, nullptr, nullptr));
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  bool found = false;
  for (int i = 0; entries != nullptr && i < sk_X509_INFO_num(entries.get()); ++i) {
    const X509_INFO* one = sk_X509_INFO_value(entries.get(), i);
    if (one->x509 != nullptr && X509_STORE_add_cert(store, one->x509) != 1) return false;
    if (one->crl != nullptr && X509_STORE_add_crl(store, one->crl) != 1) return false;
    found = found || one->x509 != nullptr || one->crl != nullptr;
  }
  return found;
}

Error unusable(String detail) {
  return {.code = Code::unavailable, .message = "TLS cannot be set up", .field = "ca", .detail = std::move(detail)};
}

}  // namespace

Result<std::shared_ptr<TlsClients>> TlsClients::open(const String& ca) {
  Context context(SSL_CTX_new(TLS_client_method()));
  if (context == nullptr) return unusable(reason_of_error());
  harden(context.get());
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  static constexpr unsigned char protocols[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  SSL_CTX_set_alpn_protos(context.get(), protocols, sizeof protocols);
  if (ca.empty()) {
    if (SSL_CTX_set_default_verify_paths(context.get()) != 1) return unusable(reason_of_error());
  } else {
    const Result<String> text = read_pem(ca);
    if (!text) return unusable("the CA file " + ca + ": " + text.error().message);
    if (!trust(context.get(), *text)) {
      const String why = reason_of_error();
      return unusable("the CA file " + ca + ": " + (why.empty() ? "no certificate" : why));
    }
  }
  return std::shared_ptr<TlsClients>(std::make_shared<OpenSslClients>(std::move(context)));
}

}  // namespace parley::io
