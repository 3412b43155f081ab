// Timeouts are those of the socket (SO_RCVTIMEO, SO_SNDTIMEO).
#include "tests/support/http_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

#include "schemas/ascii.hpp"

namespace parley::test {
namespace {

Answer parse_head(std::string_view head) {
  Answer answer;
  std::size_t end = head.find("\r\n");
  const std::string_view line = head.substr(0, end);
  if (line.substr(0, 9) != "HTTP/1.1 " || line.size() < 12)
    throw std::runtime_error("no status line: " + std::string(line));
  answer.status = std::atoi(std::string(line.substr(9, 3)).c_str());
  if (line.size() > 13) answer.reason = line.substr(13);
  while (end != std::string_view::npos && end + 2 < head.size()) {
    const std::size_t begin = end + 2;
    end = head.find("\r\n", begin);
    const std::string_view field = head.substr(begin, end == std::string_view::npos ? end : end - begin);
    const std::size_t colon = field.find(':');
    if (colon == std::string_view::npos) throw std::runtime_error("no header: " + std::string(field));
    std::string_view value = field.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
    answer.headers.emplace_back(field.substr(0, colon), value);
  }
  return answer;
}

}  // namespace

std::string Answer::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (ascii::same_ignoring_case(key, name)) return value;
  }
  return {};
}

std::size_t Answer::count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(headers.begin(), headers.end(), [&](const auto& header) {
    return ascii::same_ignoring_case(header.first, name);
  }));
}

Connection::Connection(std::uint16_t port, const char* host) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) throw std::runtime_error("socket");
  const timeval limit{10, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  const int yes = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  if (::inet_pton(AF_INET, host, &address.sin_addr) != 1) throw std::runtime_error("no address");
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    const std::error_code why(errno, std::generic_category());
    ::close(socket_);
    throw std::system_error(why, "cannot connect to port " + std::to_string(port));
  }
}

Connection::~Connection() { ::close(socket_); }

// A signal may interrupt both, since the socket has a time-out: that a child process ended, with ThreadSanitizer.
std::ptrdiff_t Connection::take(char* data, std::size_t size) {
  std::ptrdiff_t count = 0;
  do {
    count = ::recv(socket_, data, size, 0);
  } while (count < 0 && errno == EINTR);
  return count;
}

std::ptrdiff_t Connection::put(const char* data, std::size_t size) {
  std::ptrdiff_t count = 0;
  do {
    count = ::send(socket_, data, size, MSG_NOSIGNAL);
  } while (count < 0 && errno == EINTR);
  return count;
}

void Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::ptrdiff_t count = put(bytes.data(), bytes.size());
    if (count <= 0) throw std::runtime_error("cannot send");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void Connection::finish_sending() { ::shutdown(socket_, SHUT_WR); }

bool Connection::fill() {
  std::array<char, 65536> buffer{};
  const std::ptrdiff_t count = take(buffer.data(), buffer.size());
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    throw std::runtime_error("no answer in time; so far: " + pending_);
  if (count <= 0) return false;
  pending_.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

Answer Connection::receive_head() {
  std::size_t end = 0;
  while ((end = pending_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) throw std::runtime_error("closed before an answer; so far: " + pending_);
  }
  Answer answer = parse_head(std::string_view(pending_).substr(0, end));
  pending_.erase(0, end + 4);
  return answer;
}

int Connection::receive_interim() { return receive_head().status; }

Answer Connection::receive(bool to_head) {
  Answer answer = receive_head();
  if (answer.status < 200) return receive(to_head);
  if (to_head || answer.status == 204 || answer.status == 304) return answer;
  if (ascii::same_ignoring_case(answer.header("Transfer-Encoding"), "chunked")) {
    answer.body = receive_chunks();
    return answer;
  }
  const std::string length = answer.header("Content-Length");
  if (length.empty()) {
    while (fill()) {
    }
    answer.body = std::exchange(pending_, {});
    return answer;
  }
  const std::size_t size = std::strtoull(length.c_str(), nullptr, 10);
  while (pending_.size() < size) {
    if (!fill()) throw std::runtime_error("closed inside a body; so far: " + pending_);
  }
  answer.body = pending_.substr(0, size);
  pending_.erase(0, size);
  return answer;
}

std::string Connection::receive_line() {
  std::size_t end = 0;
  while ((end = pending_.find("\r\n")) == std::string::npos) {
    if (!fill()) throw std::runtime_error("closed inside a body in chunks");
  }
  std::string line = pending_.substr(0, end);
  pending_.erase(0, end + 2);
  return line;
}

std::string Connection::receive_chunks() {
  std::string body;
  for (;;) {
    const std::string line = receive_line();
    char* end = nullptr;
    const std::size_t size = std::strtoull(line.c_str(), &end, 16);
    if (line.empty() || *end != '\0') throw std::runtime_error("no chunk: " + line);
    while (pending_.size() < size) {
      if (!fill()) throw std::runtime_error("closed inside a chunk");
    }
    body.append(pending_, 0, size);
    pending_.erase(0, size);
    if (!receive_line().empty()) throw std::runtime_error("a chunk without its end");
    if (size == 0) return body;
  }
}

Answer Connection::receive_switch() { return receive_head(); }

std::string Connection::receive_bytes(std::size_t size) {
  while (pending_.size() < size) {
    if (!fill()) throw std::runtime_error("closed; so far: " + pending_);
  }
  std::string bytes = pending_.substr(0, size);
  pending_.erase(0, size);
  return bytes;
}

Answer Connection::ask(std::string_view method, std::string_view target, const Headers& headers,
                       std::string_view body) {
  send(request_text(method, target, headers, body));
  return receive(method == "HEAD");
}

bool Connection::breaks(std::chrono::milliseconds limit) {
  pollfd waiting{socket_, POLLRDHUP, 0};
  return ::poll(&waiting, 1, static_cast<int>(limit.count())) == 1;
}

bool Connection::closes() { return pending_.empty() && !fill(); }

std::string request_text(std::string_view method, std::string_view target, const Headers& headers,
                         std::string_view body) {
  std::string text;
  text.append(method).append(" ").append(target).append(" HTTP/1.1\r\n");
  bool host = false;
  for (const auto& [name, value] : headers) {
    host = host || ascii::same_ignoring_case(name, "Host");
    text.append(name).append(": ").append(value).append("\r\n");
  }
  if (!host) text.append("Host: 127.0.0.1\r\n");
  if (!body.empty() || method == "POST" || method == "PUT") {
    text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  }
  return text.append("\r\n").append(body);
}

Answer ask(std::uint16_t port, std::string_view method, std::string_view target, const Headers& headers,
           std::string_view body) {
  return Connection(port).ask(method, target, headers, body);
}

}  // namespace parley::test
