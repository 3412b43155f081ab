// Uses plain sockets: each worker has one on the same address, and an accepted connection may move to another worker before
// anything is read.
#include "gateway/net/listen.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace parley::gateway::net {
namespace {

constexpr std::size_t most_unread = 64 * 1024;  // bytes that `turn_away` reads and discards

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

bool parse(const config::Endpoint& endpoint, Address& address) {
  const String host = endpoint.host == "localhost" ? String("127.0.0.1") : endpoint.host;
  auto* four = reinterpret_cast<sockaddr_in*>(&address.storage);
  if (inet_pton(AF_INET, host.c_str(), &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons(endpoint.port);
    address.size = sizeof(sockaddr_in);
    return true;
  }
  auto* six = reinterpret_cast<sockaddr_in6*>(&address.storage);
  if (inet_pton(AF_INET6, host.c_str(), &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(endpoint.port);
    address.size = sizeof(sockaddr_in6);
    return true;
  }
  return false;
}

Error cannot_listen(const config::Endpoint& endpoint, std::string_view why) {
  return {.code = Code::unavailable, .message = "cannot listen on " + endpoint.text() + ": " + String(why)};
}

Result<Descriptor> bind_one(const config::Endpoint& endpoint, const Address& address, bool shared) {
  Descriptor socket(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int on = 1;
  const auto set = [&](int level, int option) {
    return ::setsockopt(socket.get(), level, option, &on, sizeof on) == 0;
  };
  bool good = socket.get() >= 0 && set(SOL_SOCKET, SO_REUSEADDR);
  if (good && shared) good = set(SOL_SOCKET, SO_REUSEPORT);
  if (good && address.storage.ss_family == AF_INET6) good = set(IPPROTO_IPV6, IPV6_V6ONLY);
  if (good) good = set(IPPROTO_TCP, TCP_NODELAY);  // inherited by what is accepted
  if (good) good = ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0;
  if (!good) return cannot_listen(endpoint, std::strerror(errno));
  return socket;
}

}  // namespace

Result<List<Descriptor>> listen_on(config::Endpoint& endpoint, std::size_t count) {
  Address address;
  if (!parse(endpoint, address)) return cannot_listen(endpoint, "not a numeric address");
  if (endpoint.port != 0) {
    // With SO_REUSEPORT a second gateway could share the port unnoticed: bind without it first.
    Result<Descriptor> probe = bind_one(endpoint, address, false);
    if (!probe) return std::move(probe).error();
  }
  List<Descriptor> sockets;
  for (std::size_t i = 0; i < count; ++i) {
    Result<Descriptor> socket = bind_one(endpoint, address, true);
    if (!socket) return std::move(socket).error();
    if (::listen(socket->get(), SOMAXCONN) != 0) return cannot_listen(endpoint, std::strerror(errno));
    if (endpoint.port == 0) {
      address.size = sizeof address.storage;
      ::getsockname(socket->get(), reinterpret_cast<sockaddr*>(&address.storage), &address.size);
      endpoint.port = ntohs(address.storage.ss_family == AF_INET
                                ? reinterpret_cast<const sockaddr_in*>(&address.storage)->sin_port
                                : reinterpret_cast<const sockaddr_in6*>(&address.storage)->sin6_port);
    }
    sockets.push_back(std::move(*socket));
  }
  return sockets;
}

Result<void> try_listen(const config::Endpoint& endpoint) {
  config::Endpoint anywhere = endpoint;
  anywhere.port = 0;
  Address address;
  if (!parse(anywhere, address)) return cannot_listen(endpoint, "not a numeric address");
  const Result<Descriptor> socket = bind_one(endpoint, address, true);
  if (!socket) return socket.error();
  return {};
}

Result<std::shared_ptr<io::TlsServers>> open_tls(const config::Endpoint& endpoint) {
  if (!endpoint.tls) return std::shared_ptr<io::TlsServers>();
  Result<std::shared_ptr<io::TlsServers>> opened = io::TlsServers::open(endpoint.tls->certificate, endpoint.tls->key);
  if (!opened) {
    Error error = cannot_listen(endpoint, opened.error().message);
    error.field = opened.error().field;
    return error;
  }
  return opened;
}

Descriptor accept_one(int listener, String& peer) {
  Address address;
  address.size = sizeof address.storage;
  Descriptor socket(
      ::accept4(listener, reinterpret_cast<sockaddr*>(&address.storage), &address.size, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (socket.get() >= 0) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    int family = address.storage.ss_family;
    const in6_addr& six = reinterpret_cast<const sockaddr_in6*>(&address.storage)->sin6_addr;
    const void* bytes = &six;
    if (family == AF_INET) {
      bytes = &reinterpret_cast<const sockaddr_in*>(&address.storage)->sin_addr;
    } else if (IN6_IS_ADDR_V4MAPPED(&six)) {  // on a socket from systemd for both families
      family = AF_INET;
      bytes = &six.s6_addr[12];
    }
    if (::inet_ntop(family, bytes, text.data(), text.size()) != nullptr) peer = text.data();
  }
  return socket;
}

void turn_away(int socket) noexcept {
  static constexpr std::string_view answer =
      "HTTP/1.1 503 Service Unavailable\r\nServer: parley\r\nRetry-After: 1\r\nConnection: close\r\n"
      "Content-Type: application/json; charset=utf-8\r\nContent-Length: 32\r\n\r\n{\"error\":\"too many connections\"}";
  static_cast<void>(::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
  ::shutdown(socket, SHUT_WR);
  // Unread bytes would make the kernel reset the connection, and the client would lose the answer. A client that sends faster
  // than this loop reads gets no more.
  std::array<char, 4096> unread;
  for (std::size_t read = 0; read < most_unread; read += unread.size()) {
    const std::ptrdiff_t count = ::recv(socket, unread.data(), unread.size(), MSG_DONTWAIT);
    if (count < static_cast<std::ptrdiff_t>(unread.size())) break;
  }
}

}  // namespace parley::gateway::net
