// Clients that nobody wants, for the bench under attack: hostile_clients KIND PORT COUNT PATH. Says `ready` when the first round
// of connections has been tried, goes on until its standard input ends, and says how often a connection was lost.
//
//   headers  a head that never ends, a byte a turn       reader  asks again and again, and reads a byte a turn
//   body     a body that never ends, a byte a turn       idle    asks nothing
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr int turn_ms = 200;

struct Client {
  int socket = -1;
  bool begun = false;
};

int connect_to(std::uint16_t port, bool small) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) return -1;
  const int bytes = 2048;
  if (small) ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  return socket;
}

/// false: the connection is lost.
bool send_some(int socket, std::string_view bytes) {
  return ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) >= 0 || errno == EAGAIN || errno == ENOTCONN;
}

bool lost(int socket) {
  char byte = 0;
  const auto got = ::recv(socket, &byte, 1, MSG_PEEK);
  return got == 0 || (got < 0 && errno != EAGAIN && errno != ENOTCONN);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 64;
  const std::string kind = argv[1];
  const auto port = static_cast<std::uint16_t>(std::atoi(argv[2]));
  std::vector<Client> clients(static_cast<std::size_t>(std::atoi(argv[3])));
  const std::string get = std::string("GET ") + argv[4] + " HTTP/1.1\r\nHost: a\r\n";
  std::string asked;
  for (int i = 0; i < 8; ++i) asked += get + "\r\n";
  const std::string post =
      "POST /api/v1/livechat/visitor HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
      "1000000\r\n\r\n{";
  unsigned long losses = 0;
  for (bool first = true;; first = false) {
    for (Client& client : clients) {
      if (client.socket >= 0 && lost(client.socket)) {
        ::close(client.socket);
        client = {};
        ++losses;
      }
      if (client.socket < 0) {
        client = {connect_to(port, kind == "reader"), false};
        continue;  // it is written to in the next turn
      }
      bool good = true;
      if (kind == "headers") {
        good = send_some(client.socket, client.begun ? "x" : std::string_view(get));
      } else if (kind == "body") {
        good = send_some(client.socket, client.begun ? " " : std::string_view(post));
      } else if (kind == "reader") {
        char byte = 0;
        good = send_some(client.socket, asked);
        static_cast<void>(::recv(client.socket, &byte, 1, 0));
      }
      client.begun = true;
      if (good) continue;
      ::close(client.socket);
      client = {};
      ++losses;
    }
    if (first) {
      std::puts("ready");
      std::fflush(stdout);
    }
    pollfd input{.fd = 0, .events = POLLIN, .revents = 0};
    if (::poll(&input, 1, turn_ms) > 0) break;
  }
  std::printf("lost %lu\n", losses);
  return 0;
}
