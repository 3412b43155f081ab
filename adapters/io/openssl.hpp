// Helpers that the files with OpenSSL share. Only those files include this header.
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

/// Reads a file of certificates or keys, at most 4 MiB (all public authorities together take 0.3 MB). Errors: as
/// `config::read_file`, and unavailable for a larger file.
[[nodiscard]] Result<String> read_pem(const String& path);

/// A BIO that reads `text`, which must outlive it.
[[nodiscard]] Bio bio_of(const String& text);

/// The first error in OpenSSL's queue, in words; removes it from the queue. Empty if there is none.
[[nodiscard]] String reason_of_error();

/// Sets what clients and servers share: TLS 1.2 and later, no compression, no renegotiation, partial writes.
void harden(SSL_CTX* context);

/// A new connection object. Throws std::bad_alloc.
[[nodiscard]] Ssl make_ssl(SSL_CTX* context);
/// A session on `socket`, which must outlive it. The caller has set `ssl` to connect or to accept. Throws std::bad_alloc.
[[nodiscard]] std::unique_ptr<TlsSession> make_session(Ssl ssl, int socket);

}  // namespace parley::io
