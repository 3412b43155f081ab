// TLS for listeners. Clients keep the sessions (tickets); a listener has no session cache that clients could fill.
#include <openssl/err.h>
#include <openssl/pem.h>

#include <ctime>
#include <mutex>

#include "adapters/io/openssl.hpp"

namespace parley::io {
namespace {

using Key = std::unique_ptr<EVP_PKEY, Free<&EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<&X509_free>>;
using TimePoint = std::chrono::system_clock::time_point;

/// Without this callback, OpenSSL would ask for the password on the terminal.
int no_password(char*, int, int, void*) { return 0; }

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  static constexpr unsigned char known[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1',
                                            8, 'h', 't', 't', 'p', '/', '1', '.', '0'};
  unsigned char* protocol = nullptr;
  if (SSL_select_next_proto(&protocol, size, known, sizeof known, offered, offered_size) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;  // RFC 7301, 3.2
  }
  *chosen = protocol;
  return SSL_TLSEXT_ERR_OK;
}

TimePoint end_of(const X509* certificate) {
  std::tm end{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) != 1) return {};
  return std::chrono::system_clock::from_time_t(::timegm(&end));
}

class OpenSslServers final : public TlsServers {
 public:
  OpenSslServers(Context context, TimePoint expires) : context_(std::move(context)), expires_(expires) {}

  std::unique_ptr<TlsSession> start(int socket) override {
    Ssl ssl;
    {
      const std::scoped_lock lock(mutex_);
      ssl = make_ssl(context_.get());  // `ssl` holds a reference to the context
    }
    SSL_set_accept_state(ssl.get());
    return make_session(std::move(ssl), socket);
  }
  void adopt(const TlsServers& other) override {
    const auto& from = static_cast<const OpenSslServers&>(other);
    if (&from == this) return;
    const std::scoped_lock lock(mutex_, from.mutex_);
    SSL_CTX_up_ref(from.context_.get());
    context_.reset(from.context_.get());
    expires_ = from.expires_;
  }
  [[nodiscard]] TimePoint expires() const override {
    const std::scoped_lock lock(mutex_);
    return expires_;
  }

 private:
  mutable std::mutex mutex_;
  Context context_;
  TimePoint expires_;
};

/// Like SSL_CTX_use_certificate_chain_file: the first certificate is the listener's, the others are its chain.
bool use_chain(SSL_CTX* context, const String& text) {
  const Bio bio = bio_of(text);
  const Certificate first(PEM_read_bio_X509_AUX(bio.get(), nullptr, &no_password, nullptr));
  if (first == nullptr || SSL_CTX_use_certificate(context, first.get()) != 1) return false;
  for (;;) {
    const Certificate next(PEM_read_bio_X509(bio.get(), nullptr, &no_password, nullptr));
    if (next == nullptr) break;
    if (SSL_CTX_add1_chain_cert(context, next.get()) != 1) return false;
  }
  const unsigned long end = ERR_peek_last_error();
  if (ERR_GET_LIB(end) != ERR_LIB_PEM || ERR_GET_REASON(end) != PEM_R_NO_START_LINE) return false;
  ERR_clear_error();
  return true;
}

/// `what` is `certificate` or `key`.
Error unusable(const String& what, const String& file, const String& why) {
  return {.code = Code::unavailable,
          .message = "the " + what + ' ' + file + ": " + (why.empty() ? "unusable" : why),
          .field = what};
}

/// Guesses what the file holds instead of the wanted block; empty if unknown. Often two files were swapped.
std::string_view what_instead(const String& text, bool key) {
  const auto has = [&text](std::string_view block) {
    for (std::size_t at = text.find("-----BEGIN "); at != String::npos; at = text.find("-----BEGIN ", at + 1)) {
      const std::string_view line = std::string_view(text).substr(at, text.find('\n', at) - at);
      if (line.find(block) != std::string_view::npos) return true;
    }
    return false;
  };
  constexpr std::string_view request = "CERTIFICATE REQUEST";
  if (text.empty()) return "the file is empty";
  if (text.front() == '\x30') return "it is binary, DER or PKCS #12: openssl writes it as PEM";  // an ASN.1 SEQUENCE
  if (has(request)) return "it holds a request for a certificate, not the certificate that came of it";
  if (key && (has("ENCRYPTED") || text.find("Proc-Type: 4,ENCRYPTED") != String::npos))
    return "a passphrase protects it, and nobody is there to type it: `openssl pkey` writes the key without one";
  if (key && has("PUBLIC KEY")) return "it holds the public key: the private one is needed";
  if (has(key ? "PRIVATE KEY" : "CERTIFICATE")) return {};
  if (has(key ? "CERTIFICATE" : "PRIVATE KEY"))
    return key ? "it holds a certificate; were the two swapped?" : "it holds a key; were the two swapped?";
  return {};
}

/// Why the wanted block could not be read from a PEM file.
String why_none(const String& text, bool key) {
  String why = reason_of_error();
  if (const std::string_view instead = what_instead(text, key); !instead.empty()) why.append(": ").append(instead);
  return why;
}

}  // namespace

Result<std::shared_ptr<TlsServers>> TlsServers::open(const String& certificate, const String& key) {
  ERR_clear_error();
  Context context(SSL_CTX_new(TLS_server_method()));
  if (context == nullptr) return Error{.code = Code::unavailable, .message = "TLS cannot be set up"};
  harden(context.get());
  SSL_CTX_set_default_passwd_cb(context.get(), &no_password);
  SSL_CTX_set_cipher_list(context.get(), "ECDHE+AESGCM:ECDHE+CHACHA20");  // for TLS 1.2; all of 1.3 are good
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_read_ahead(context.get(), 1);  // a record's header and body in one recv
  SSL_CTX_set_alpn_select_cb(context.get(), &choose_protocol, nullptr);
  const Result<String> chain = read_pem(certificate);
  if (!chain) return unusable("certificate", certificate, chain.error().message);
  if (!use_chain(context.get(), *chain)) return unusable("certificate", certificate, why_none(*chain, false));
  Result<String> text = read_pem(key);
  if (!text) return unusable("key", key, text.error().message);
  const Key secret(PEM_read_bio_PrivateKey(bio_of(*text).get(), nullptr, &no_password, nullptr));
  const String why = secret == nullptr ? why_none(*text, true) : String();
  OPENSSL_cleanse(text->data(), text->size());
  if (secret == nullptr) return unusable("key", key, why);
  X509* shown = SSL_CTX_get0_certificate(context.get());
  if (X509_check_private_key(shown, secret.get()) != 1) {
    ERR_clear_error();
    return unusable("key", key, "does not fit the certificate " + certificate);
  }
  if (SSL_CTX_use_PrivateKey(context.get(), secret.get()) != 1) return unusable("key", key, reason_of_error());
  const TimePoint expires = end_of(shown);
  return std::shared_ptr<TlsServers>(std::make_shared<OpenSslServers>(std::move(context), expires));
}

}  // namespace parley::io
