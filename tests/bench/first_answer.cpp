// Milliseconds from starting a server to its first answer: `first_answer PATH COMMAND...`. The command must say
// `listening on http://127.0.0.1:PORT`; it is stopped afterwards.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

bool answers(int port, const std::string& path) {
  const int one = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const std::string request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  std::array<char, 64> head{};
  const bool good = ::connect(one, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 &&
                    ::send(one, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()) &&
                    ::recv(one, head.data(), 12, MSG_WAITALL) == 12 && std::string(head.data(), 12) == "HTTP/1.1 200";
  ::close(one);
  return good;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 64;
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return 1;
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::execvp(arguments[2], arguments + 2);
    ::_exit(127);
  }
  ::close(ends[1]);
  std::string said;
  int port = 0;
  const std::string mark = "listening on http://127.0.0.1:";
  while (port == 0) {
    std::array<char, 256> buffer{};
    const ssize_t size = ::read(ends[0], buffer.data(), buffer.size());
    if (size <= 0) return 1;
    said.append(buffer.data(), static_cast<std::size_t>(size));
    const std::size_t at = said.find(mark);
    if (at != std::string::npos && said.find('\n', at) != std::string::npos)
      port = std::atoi(said.c_str() + at + mark.size());
  }
  const bool good = answers(port, arguments[1]);
  const auto end = std::chrono::steady_clock::now();
  ::kill(child, SIGTERM);
  ::waitpid(child, nullptr, 0);
  if (!good) return 1;
  std::printf("%.2f\n", std::chrono::duration<double, std::milli>(end - begin).count());
  return 0;
}
