// Opens many connections to one server, makes one request on each, and holds them idle until its input ends.
// `idle_connections PORT COUNT PATH`; says `ready` when all are open and answered. Several source addresses, so that more
// connections fit than one address has ports.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

constexpr int connections_per_address = 5000;

int open_one(std::uint16_t port, int number) {
  const int one = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (one < 0) return -1;
  const int yes = 1;
  ::setsockopt(one, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  sockaddr_in from{};
  from.sin_family = AF_INET;
  from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + static_cast<std::uint32_t>(number / connections_per_address));
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(one, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0 ||
      ::connect(one, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
    ::close(one);
    return -1;
  }
  return one;
}

/// Sends the request and reads its answer to the end.
bool ask(int socket, const std::string& request) {
  if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
    return false;
  std::string answer;
  std::array<char, 16384> buffer{};
  while (true) {
    const ssize_t count = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    answer.append(buffer.data(), static_cast<std::size_t>(count));
    const std::size_t end = answer.find("\r\n\r\n");
    const std::size_t length = answer.find("Content-Length: ");
    if (end == std::string::npos || length == std::string::npos || length > end) continue;
    const std::size_t size = std::strtoull(answer.c_str() + length + 16, nullptr, 10);
    if (answer.size() >= end + 4 + size) return answer.compare(0, 12, "HTTP/1.1 200") == 0;
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) return 64;
  const auto port = static_cast<std::uint16_t>(std::atoi(arguments[1]));
  const int wanted = std::atoi(arguments[2]);
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  const std::string request = std::string("GET ") + arguments[3] + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  std::vector<int> open;
  for (int i = 0; i < wanted; ++i) {
    const int one = open_one(port, i);
    if (one < 0 || !ask(one, request)) {
      std::perror(("connection " + std::to_string(i)).c_str());
      return 1;
    }
    open.push_back(one);
  }
  std::puts("ready");
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}
