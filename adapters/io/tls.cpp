// OpenSSL on our own descriptors: neither Asio's streams nor OpenSSL's, which would spend more system calls or raise SIGPIPE.
#include "adapters/io/tls.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <mutex>

namespace parley::io {
namespace {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* object) const noexcept {
    free(object);
  }
};
using Context = std::unique_ptr<SSL_CTX, Free<&SSL_CTX_free>>;
using Ssl = std::unique_ptr<SSL, Free<&SSL_free>>;
using Session = std::unique_ptr<SSL_SESSION, Free<&SSL_SESSION_free>>;
using Method = std::unique_ptr<BIO_METHOD, Free<&BIO_meth_free>>;

String reason_of_error() {
  const unsigned long code = ERR_get_error();
  if (code == 0) return {};
  const char* reason = ERR_reason_error_string(code);
  return reason != nullptr ? reason : "error " + std::to_string(code);
}

// --- a BIO that sends with MSG_NOSIGNAL ------------------------------------------------------------------------------

/// What a BIO works on.
struct Wire {
  int socket = -1;
  std::uint64_t sent = 0;
};

Wire& wire_of(BIO* bio) { return *static_cast<Wire*>(BIO_get_data(bio)); }

int write_bytes(BIO* bio, const char* data, int size) {
  BIO_clear_retry_flags(bio);
  Wire& wire = wire_of(bio);
  const auto count = ::send(wire.socket, data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
  if (count > 0) wire.sent += static_cast<std::uint64_t>(count);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
  return static_cast<int>(count);
}

int read_bytes(BIO* bio, char* data, int size) {
  BIO_clear_retry_flags(bio);
  const auto count = ::recv(wire_of(bio).socket, data, static_cast<std::size_t>(size), 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
  if (count == 0) BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
  return static_cast<int>(count);
}

long control(BIO* bio, int command, long, void*) {
  if (command == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD* socket_method() {
  static const Method method = [] {
    Method made(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket"));
    BIO_meth_set_write(made.get(), &write_bytes);
    BIO_meth_set_read(made.get(), &read_bytes);
    BIO_meth_set_ctrl(made.get(), &control);
    return made;
  }();
  return method.get();
}

// --- a connection ----------------------------------------------------------------------------------------------------

class OpenSslSession final : public TlsSession {
 public:
  OpenSslSession(Ssl ssl, std::unique_ptr<Wire> wire) : wire_(std::move(wire)), ssl_(std::move(ssl)) {}

  Moved handshake() override {
    ERR_clear_error();
    return judge(SSL_do_handshake(ssl_.get()));
  }
  Moved receive(char* data, std::size_t size, std::size_t& count) override {
    ERR_clear_error();
    return judge(SSL_read_ex(ssl_.get(), data, size, &count));
  }
  Moved send(const char* data, std::size_t size, std::size_t& count) override {
    ERR_clear_error();
    return judge(SSL_write_ex(ssl_.get(), data, size, &count));
  }
  [[nodiscard]] std::uint64_t sent() const noexcept override { return wire_->sent; }
  void close() noexcept override {
    ERR_clear_error();
    if (good_ && SSL_is_init_finished(ssl_.get()) == 1) SSL_shutdown(ssl_.get());
    ERR_clear_error();
  }
  [[nodiscard]] String fault() const override { return fault_; }

 private:
  Moved judge(int result) {
    if (result == 1) return Moved::some;
    const int number = errno;
    switch (SSL_get_error(ssl_.get(), result)) {
      case SSL_ERROR_WANT_READ:
      case SSL_ERROR_WANT_WRITE:
        return Moved::blocked;
      case SSL_ERROR_ZERO_RETURN:
        return Moved::ended;
      case SSL_ERROR_SYSCALL:
        fault_ = number == 0 ? String("closed") : "errno " + std::to_string(number);
        break;
      default: {
        const long verified = SSL_get_verify_result(ssl_.get());
        fault_ = reason_of_error();
        if (verified != X509_V_OK) fault_.append(": ").append(X509_verify_cert_error_string(verified));
      }
    }
    good_ = false;
    return Moved::failed;
  }

  std::unique_ptr<Wire> wire_;
  Ssl ssl_;
  String fault_;
  bool good_ = true;
};

// --- whom to trust ---------------------------------------------------------------------------------------------------

class OpenSslClients final : public TlsClients {
 public:
  explicit OpenSslClients(Context context) : context_(std::move(context)) {
    SSL_CTX_set_app_data(context_.get(), this);
    SSL_CTX_set_session_cache_mode(context_.get(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_sess_set_new_cb(context_.get(), &keep_session);
  }

  std::unique_ptr<TlsSession> start(int socket, const String& host) override {
    Ssl ssl(SSL_new(context_.get()));
    BIO* bio = BIO_new(socket_method());
    if (ssl == nullptr || bio == nullptr) throw std::bad_alloc();
    auto wire = std::make_unique<Wire>(Wire{socket, 0});
    BIO_set_data(bio, wire.get());
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl.get(), bio, bio);
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
    return std::make_unique<OpenSslSession>(std::move(ssl), std::move(wire));
  }

 private:
  static int keep_session(SSL* ssl, SSL_SESSION* session) {
    auto* self = static_cast<OpenSslClients*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
    Session kept(session);
    const std::scoped_lock lock(self->mutex_);
    self->last_.swap(kept);
    return 1;  // it is ours now
  }

  Context context_;
  std::mutex mutex_;
  Session last_;
};

Error unusable(String detail) {
  return {.code = Code::unavailable, .message = "TLS cannot be set up", .detail = std::move(detail)};
}

}  // namespace

Result<std::shared_ptr<TlsClients>> TlsClients::open(const String& ca) {
  Context context(SSL_CTX_new(TLS_client_method()));
  if (context == nullptr) return unusable(reason_of_error());
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_mode(context.get(),
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  static constexpr unsigned char protocols[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  SSL_CTX_set_alpn_protos(context.get(), protocols, sizeof protocols);
  const int trusted = ca.empty() ? SSL_CTX_set_default_verify_paths(context.get())
                                 : SSL_CTX_load_verify_locations(context.get(), ca.c_str(), nullptr);
  if (trusted != 1) return unusable("the CA file " + ca + ": " + reason_of_error());
  return std::shared_ptr<TlsClients>(std::make_shared<OpenSslClients>(std::move(context)));
}

}  // namespace parley::io
