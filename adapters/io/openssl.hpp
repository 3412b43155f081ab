// What the files that speak OpenSSL share; included by them alone.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

#include "adapters/io/tls.hpp"

namespace parley::io {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* object) const noexcept {
    free(object);
  }
};
using Context = std::unique_ptr<SSL_CTX, Free<&SSL_CTX_free>>;
using Ssl = std::unique_ptr<SSL, Free<&SSL_free>>;
using Bio = std::unique_ptr<BIO, Free<&BIO_free>>;

/// A file of certificates or keys, at most 4 MiB: the world's authorities take 0.3 MB. Errors: as `config::read_file`.
[[nodiscard]] Result<String> read_pem(const String& path);

/// To read `text` with, which must outlive it.
[[nodiscard]] Bio bio_of(const String& text);

/// Why the last call failed, in words; empty where OpenSSL does not say. Forgets it.
[[nodiscard]] String reason_of_error();

/// What clients and servers have in common: TLS 1.2 and later, no compression, no renegotiation, writes that may be short.
void harden(SSL_CTX* context);

/// A connection on `socket`, which must outlive it; connecting or accepting is still to be chosen.
[[nodiscard]] Ssl make_ssl(SSL_CTX* context);
[[nodiscard]] std::unique_ptr<TlsSession> make_session(Ssl ssl, int socket);

}  // namespace parley::io
