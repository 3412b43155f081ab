// OpenSSL on Parley's own descriptors. Asio's streams would spend more system calls, and OpenSSL's socket BIO would raise SIGPIPE.
#include "adapters/io/openssl.hpp"

#include <openssl/err.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "config/file.hpp"

namespace parley::io {
namespace {

using Method = std::unique_ptr<BIO_METHOD, Free<&BIO_meth_free>>;

/// The data of a BIO.
struct Wire {
  int socket = -1;
  std::uint64_t sent = 0;
  std::array<char, 8> first{};  ///< the first bytes that were received
  std::size_t first_size = 0;

  void note_first(const char* data, std::size_t size) noexcept {
    const std::size_t more = std::min(size, first.size() - first_size);
    std::copy_n(data, more, first.data() + first_size);
    first_size += more;
  }
  /// Notes bytes that are still in the socket. OpenSSL 3.5 reads no more than the five bytes of a record's head if they are no head.
  void note_unread() noexcept {
    std::array<char, 8> unread{};
    const auto count = ::recv(socket, unread.data(), unread.size(), MSG_PEEK | MSG_DONTWAIT);
    if (count > 0) note_first(unread.data(), static_cast<std::size_t>(count));
  }
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
  Wire& wire = wire_of(bio);
  if (count > 0 && wire.first_size < wire.first.size()) wire.note_first(data, static_cast<std::size_t>(count));
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

/// `error` is OpenSSL's error code, `verified` the result of the certificate check.
TlsTrouble trouble_of(unsigned long error, long verified) noexcept {
  switch (verified) {
    case X509_V_OK:
      break;
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return TlsTrouble::expired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return TlsTrouble::not_yet_valid;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return TlsTrouble::wrong_name;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return TlsTrouble::untrusted;
    default:
      return TlsTrouble::none;
  }
  if (ERR_GET_LIB(error) != ERR_LIB_SSL) return TlsTrouble::none;
  // Plain text such as `HTTP/1.1 400`, read as a TLS record, has an unknown version or a length that is too large.
  switch (ERR_GET_REASON(error)) {
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_UNKNOWN_PROTOCOL:
      return TlsTrouble::no_tls;
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
      return TlsTrouble::closed;
    default:
      return TlsTrouble::none;
  }
}

class OpenSslSession final : public TlsSession {
 public:
  OpenSslSession(Ssl ssl, std::unique_ptr<Wire> wire) : wire_(std::move(wire)), ssl_(std::move(ssl)) {}

  Moved handshake() override {
    ERR_clear_error();
    const Moved moved = judge(SSL_do_handshake(ssl_.get()));
    if (moved == Moved::failed) wire_->note_unread();
    return moved;
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
    const bool said = (SSL_get_shutdown(ssl_.get()) & SSL_SENT_SHUTDOWN) != 0;
    if (good_ && !said && SSL_is_init_finished(ssl_.get()) == 1) SSL_shutdown(ssl_.get());
    ERR_clear_error();
  }
  [[nodiscard]] std::string_view began_with() const noexcept override {
    return {wire_->first.data(), wire_->first_size};
  }
  [[nodiscard]] std::string_view version() const noexcept override { return SSL_get_version(ssl_.get()); }
  [[nodiscard]] String fault() const override { return fault_; }
  [[nodiscard]] TlsTrouble trouble() const noexcept override { return trouble_; }

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
        trouble_ = TlsTrouble::closed;
        fault_ = number == 0 ? String("closed") : std::generic_category().message(number);
        break;
      default: {
        const long verified = SSL_get_verify_result(ssl_.get());
        trouble_ = trouble_of(ERR_peek_error(), verified);
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
  TlsTrouble trouble_ = TlsTrouble::none;
  bool good_ = true;
};

}  // namespace

Result<String> read_pem(const String& path) {
  constexpr std::size_t most = 4U << 20U;
  Result<String> text = config::read_file(path, most + 1);
  if (text && text->size() > most) return Error{.code = Code::unavailable, .message = "larger than 4 MiB"};
  return text;
}

Bio bio_of(const String& text) { return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

String reason_of_error() {
  const unsigned long code = ERR_get_error();
  if (code == 0) return {};
  if (ERR_SYSTEM_ERROR(code)) return std::generic_category().message(ERR_GET_REASON(code));
  const char* reason = ERR_reason_error_string(code);
  return reason != nullptr ? reason : "error " + std::to_string(code);
}

void harden(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_mode(context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
}

Ssl make_ssl(SSL_CTX* context) {
  Ssl ssl(SSL_new(context));
  if (ssl == nullptr) throw std::bad_alloc();
  return ssl;
}

std::unique_ptr<TlsSession> make_session(Ssl ssl, int socket) {
  BIO* bio = BIO_new(socket_method());
  if (bio == nullptr) throw std::bad_alloc();
  auto wire = std::make_unique<Wire>(Wire{.socket = socket});
  BIO_set_data(bio, wire.get());
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl.get(), bio, bio);
  return std::make_unique<OpenSslSession>(std::move(ssl), std::move(wire));
}

}  // namespace parley::io
