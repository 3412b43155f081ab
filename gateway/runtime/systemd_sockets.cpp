// Socket activation, like sd_listen_fds(3); see systemd_sockets.hpp.
#include "gateway/runtime/systemd_sockets.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace parley::gateway::runtime {
namespace {

constexpr int most = 1024;

std::optional<long> number(const char* variable) {
  const char* text = std::getenv(variable);
  if (text == nullptr) return std::nullopt;
  const std::string_view digits = text;
  long value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// The address of a listening TCP socket; nothing for any other descriptor.
std::optional<config::Endpoint> address_of(int socket) {
  int listens = 0;
  socklen_t size = sizeof listens;
  if (::getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || listens == 0) return std::nullopt;
  sockaddr_storage address{};
  size = sizeof address;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return std::nullopt;
  const bool four = address.ss_family == AF_INET;
  if (!four && address.ss_family != AF_INET6) return std::nullopt;
  const auto& as_four = reinterpret_cast<const sockaddr_in&>(address);
  const auto& as_six = reinterpret_cast<const sockaddr_in6&>(address);
  const void* host = four ? static_cast<const void*>(&as_four.sin_addr) : &as_six.sin6_addr;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (::inet_ntop(address.ss_family, host, text.data(), text.size()) == nullptr) return std::nullopt;
  config::Endpoint endpoint;
  endpoint.host = text.data();
  endpoint.port = ntohs(four ? as_four.sin_port : as_six.sin6_port);
  return endpoint;
}

}  // namespace

List<Activated> take_activated(int first) {
  List<Activated> taken;
  const std::optional<long> process = number("LISTEN_PID");
  const std::optional<long> count = number("LISTEN_FDS");
  for (const char* variable : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"}) ::unsetenv(variable);
  if (!process || *process != ::getpid() || !count || *count < 1 || *count > most) return taken;
  for (int socket = first; socket < first + static_cast<int>(*count); ++socket) {
    const std::optional<config::Endpoint> endpoint = address_of(socket);
    if (!endpoint) continue;
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);  // inherited by accepted sockets
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
    taken.push_back({*endpoint, io::Descriptor(socket)});
  }
  return taken;
}

}  // namespace parley::gateway::runtime
