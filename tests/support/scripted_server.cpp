// Uses blocking sockets and a thread for each connection. That is slow, but simple, and shares no code with the gateway.
#include "tests/support/scripted_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace parley::test {
namespace {

constexpr std::chrono::seconds patience{10};

std::string to_text(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(bio);
  return text;
}

int listen_on_loopback(std::uint16_t& port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (socket < 0 || ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(socket, 128) != 0 ||
      ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("cannot listen on the loopback address");
  }
  port = ntohs(address.sin_port);
  return socket;
}

std::size_t length_of_body(std::string_view head) {
  constexpr std::string_view name = "\r\nContent-Length: ";
  const std::size_t at = head.find(name);
  return at == std::string_view::npos ? 0 : std::strtoul(head.data() + at + name.size(), nullptr, 10);
}

SSL_CTX* make_context(const Certificate& certificate) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  BIO* text = BIO_new_mem_buf(certificate.certificate.data(), static_cast<int>(certificate.certificate.size()));
  X509* x509 = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
  BIO_free(text);
  text = BIO_new_mem_buf(certificate.key.data(), static_cast<int>(certificate.key.size()));
  EVP_PKEY* key = PEM_read_bio_PrivateKey(text, nullptr, nullptr, nullptr);
  BIO_free(text);
  if (SSL_CTX_use_certificate(context, x509) != 1 || SSL_CTX_use_PrivateKey(context, key) != 1) {
    throw std::runtime_error("a certificate that OpenSSL does not take");
  }
  X509_free(x509);
  EVP_PKEY_free(key);
  return context;
}

}  // namespace

Certificate make_certificate(const std::string& names, int days) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* x509 = X509_new();
  X509_set_version(x509, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), -100L * 24 * 3600);
  X509_gmtime_adj(X509_getm_notAfter(x509), 24L * 3600 * days);
  X509_NAME* name = X509_get_subject_name(x509);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("parley test"), -1, -1,
                             0);
  X509_set_issuer_name(x509, name);
  X509_set_pubkey(x509, key);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
  X509_add_ext(x509, extension, -1);
  X509_EXTENSION_free(extension);
  X509_sign(x509, key, EVP_sha256());
  BIO* certificate = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(certificate, x509);
  BIO* secret = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(secret, key, nullptr, nullptr, 0, nullptr, nullptr);
  X509_free(x509);
  EVP_PKEY_free(key);
  return {to_text(certificate), to_text(secret)};
}

// --- one connection --------------------------------------------------------------------------------------------------

struct Peer::Tls {
  Tls(SSL_CTX* context, int socket) : ssl(SSL_new(context)) {
    SSL_set_fd(ssl, socket);
    good = SSL_accept(ssl) == 1;
    ERR_clear_error();
  }
  ~Tls() { SSL_free(ssl); }
  Tls(const Tls&) = delete;
  Tls& operator=(const Tls&) = delete;
  SSL* ssl;
  bool good;
};

std::ptrdiff_t Peer::receive(char* data, std::size_t size) {
  if (socket_ < 0) return 0;
  if (tls_ == nullptr) return ::recv(socket_, data, size, 0);
  const int count = tls_->good ? SSL_read(tls_->ssl, data, static_cast<int>(size)) : 0;
  ERR_clear_error();
  return count;
}

bool Peer::fill() {
  char bytes[16 * 1024];
  const std::ptrdiff_t count = receive(bytes, sizeof bytes);
  if (count <= 0) return false;
  pending_.append(bytes, static_cast<std::size_t>(count));
  return true;
}

std::string Peer::read_request() {
  std::size_t end = 0;
  while ((end = pending_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return {};
  }
  const std::size_t size = end + 4 + length_of_body(std::string_view(pending_).substr(0, end + 2));
  while (pending_.size() < size) {
    if (!fill()) return {};
  }
  std::string request = pending_.substr(0, size);
  pending_.erase(0, size);
  note_(request);
  return request;
}

void Peer::write(std::string_view bytes) {
  while (!bytes.empty() && socket_ >= 0) {
    std::ptrdiff_t count = 0;
    if (tls_ == nullptr) {
      count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    } else if (tls_->good) {
      count = SSL_write(tls_->ssl, bytes.data(), static_cast<int>(bytes.size()));
      ERR_clear_error();
    }
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void Peer::drip(std::string_view bytes, int milliseconds) {
  for (const char byte : bytes) {
    write({&byte, 1});
    pollfd gone{socket_, POLLRDHUP, 0};
    if (socket_ < 0 || ::poll(&gone, 1, milliseconds) != 0) return;
  }
}

void Peer::hang() {
  char bytes[4096];
  while (receive(bytes, sizeof bytes) > 0) {
  }
}

void Peer::reset() {
  const linger now{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  tls_.reset();
  close();
}

void Peer::cut() {
  tls_.reset();
  close();
}

void Peer::close() {
  if (tls_ != nullptr && tls_->good) SSL_shutdown(tls_->ssl);
  tls_.reset();
  // The server closes the descriptor. After `reset`, a shutdown here would prevent the reset.
  linger set{};
  socklen_t size = sizeof set;
  ::getsockopt(socket_, SOL_SOCKET, SO_LINGER, &set, &size);
  if (set.l_onoff == 0) ::shutdown(socket_, SHUT_WR);
  socket_ = -1;
}

// --- the server ------------------------------------------------------------------------------------------------------

ScriptedServer::ScriptedServer(Script script, const Certificate* certificate)
    : ScriptedServer(std::vector<Script>{std::move(script)}, certificate) {}

ScriptedServer::ScriptedServer(std::vector<Script> scripts, const Certificate* certificate)
    : scripts_(std::move(scripts)) {
  if (certificate != nullptr) {
    // OpenSSL raises SIGPIPE when it writes to a client that has closed.
    static const auto ignored = std::signal(SIGPIPE, SIG_IGN);
    static_cast<void>(ignored);
    tls_ = std::shared_ptr<void>(make_context(*certificate),
                                 [](void* context) { SSL_CTX_free(static_cast<SSL_CTX*>(context)); });
  }
  listener_ = listen_on_loopback(port_);
  acceptor_ = std::thread([this] { accept(); });
}

ScriptedServer::~ScriptedServer() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  }
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  ::close(listener_);
}

void ScriptedServer::accept() {
  for (;;) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0 && (errno == EINTR || errno == ECONNABORTED)) continue;
    if (socket < 0) return;
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    const std::scoped_lock lock(mutex_);
    if (ending_) {
      ::close(socket);
      return;
    }
    sockets_.push_back(socket);
    const std::size_t number = accepted_++;
    threads_.emplace_back([this, socket, number] { serve(socket, number); });
    changed_.notify_all();
  }
}

void ScriptedServer::serve(int socket, std::size_t number) {
  Peer peer;
  peer.socket_ = socket;
  peer.note_ = [this](const std::string& request) {
    const std::scoped_lock lock(mutex_);
    requests_.push_back(request);
    changed_.notify_all();
  };
  if (tls_ != nullptr) peer.tls_ = std::make_shared<Peer::Tls>(static_cast<SSL_CTX*>(tls_.get()), socket);
  scripts_[std::min(number, scripts_.size() - 1)](peer);
  if (peer.socket_ >= 0) peer.close();
  const std::scoped_lock lock(mutex_);
  std::erase(sockets_, socket);
  ::close(socket);
  changed_.notify_all();
}

std::string ScriptedServer::url() const {
  return (tls_ == nullptr ? "http://127.0.0.1:" : "https://127.0.0.1:") + std::to_string(port_);
}

std::vector<std::string> ScriptedServer::requests() const {
  const std::scoped_lock lock(mutex_);
  return requests_;
}

std::size_t ScriptedServer::accepted() const {
  const std::scoped_lock lock(mutex_);
  return accepted_;
}

std::size_t ScriptedServer::open() const {
  const std::scoped_lock lock(mutex_);
  return sockets_.size();
}

void ScriptedServer::wait_for_requests(std::size_t count) const {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, patience, [&] { return requests_.size() >= count; })) {
    throw std::runtime_error("the requests do not come");
  }
}

void ScriptedServer::wait_for_open(std::size_t count) const {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, patience, [&] { return sockets_.size() == count; })) {
    throw std::runtime_error("connections: " + std::to_string(sockets_.size()) + ", not " + std::to_string(count));
  }
}

std::string http_answer(int status, std::string_view body, const Headers& headers) {
  std::string answer = "HTTP/1.1 " + std::to_string(status) + " Scripted\r\n";
  for (const auto& [name, value] : headers) answer += name + ": " + value + "\r\n";
  return answer.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
}

ScriptedServer::Script answering(std::function<std::string(const std::string&)> reply) {
  return [reply = std::move(reply)](Peer& peer) {
    for (std::string request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      peer.write(reply(request));
    }
  };
}

}  // namespace parley::test
