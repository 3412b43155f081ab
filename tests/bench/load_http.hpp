// What `load` needs of HTTP: texts with a number in them, an answer and its framing, sockets that one epoll watches, and the server of the
// vendor behind a gateway.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace load {

/// What all ids begin with; twelve hex digits follow.
constexpr std::string_view id_begin = "3d59f909-24cd-43bc-89cb-";
constexpr std::size_t digits_size = 12;
using Digits = std::array<char, digits_size>;

inline Digits digits_of(std::uint64_t number) {
  Digits digits;
  for (auto at = digits.rbegin(); at != digits.rend(); ++at, number >>= 4) *at = "0123456789abcdef"[number & 15];
  return digits;
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  if (from.empty()) return text;
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// A text with places for the digits of a number: NUMBER in it stands for the digits, GUID for a whole id.
class Template {
 public:
  explicit Template(const std::string& text) : text_(replaced(text, "GUID", std::string(id_begin) + "NUMBER")) {
    const std::string zeros(digits_size, '0');
    for (std::size_t at = text_.find("NUMBER"); at != std::string::npos; at = text_.find("NUMBER", at)) {
      text_.replace(at, 6, zeros);
      places_.push_back(at);
    }
  }

  /// The text with these digits; valid until the next call.
  std::string_view with(const Digits& digits) {
    for (const std::size_t at : places_) std::memcpy(&text_[at], digits.data(), digits.size());
    return text_;
  }

  std::size_t size() const { return text_.size(); }

 private:
  std::string text_;
  std::vector<std::size_t> places_;
};

/// An answer of the server that is asked.
struct Answer {
  int status = 0;
  bool closes = false;    ///< the server will close the connection
  std::string_view body;  ///< without the framing
};

/// The value of a header line that begins with `name`, which ends in a colon; else nothing.
inline std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
  if (line.size() < name.size() || ::strncasecmp(line.data(), name.data(), name.size()) != 0) return {};
  line.remove_prefix(name.size());
  return line.substr(std::min(line.find_first_not_of(' '), line.size()));
}

/// Reads a chunked body into `body`. Returns its size on the wire, or nothing if it is not complete. Throws std::runtime_error if it is
/// not chunked.
inline std::optional<std::size_t> read_chunks(std::string_view bytes, std::string& body) {
  body.clear();
  for (std::size_t at = 0;;) {
    const std::size_t line_end = bytes.find("\r\n", at);
    if (line_end == bytes.npos) return {};
    std::size_t size = 0;
    const auto read = std::from_chars(bytes.data() + at, bytes.data() + line_end, size, 16);
    if (read.ec != std::errc() || read.ptr == bytes.data() + at) throw std::runtime_error("a chunk has no size");
    const std::size_t begin = line_end + 2;
    if (bytes.size() < begin + size + 2) return {};
    if (bytes.substr(begin + size, 2) != "\r\n") throw std::runtime_error("a chunk does not end with its size");
    body.append(bytes.substr(begin, size));
    at = begin + size + 2;
    if (size == 0) return at;
  }
}

/// Reads an answer, whose body may be in `chunks`. Returns its size on the wire, or nothing if it is not complete. Throws
/// std::runtime_error if it is no answer with a framing.
inline std::optional<std::size_t> read_answer(std::string_view bytes, Answer& answer, std::string& chunks) {
  const std::size_t head_end = bytes.find("\r\n\r\n");
  if (head_end == bytes.npos) return {};
  const std::string_view head = bytes.substr(0, head_end + 2);
  if (!head.starts_with("HTTP/1.1 ")) throw std::runtime_error("no HTTP/1.1 answer");
  std::from_chars(head.data() + 9, head.data() + 12, answer.status);
  std::optional<std::size_t> length;
  bool chunked = false;
  for (std::size_t at = head.find("\r\n") + 2; at < head.size(); at = head.find("\r\n", at) + 2) {
    const std::string_view line = head.substr(at, head.find("\r\n", at) - at);
    if (const auto value = value_of(line, "content-length:")) {
      std::from_chars(value->data(), value->data() + value->size(), length.emplace());
    } else if (const auto coding = value_of(line, "transfer-encoding:")) {
      chunked = *coding == "chunked";
    } else if (const auto option = value_of(line, "connection:")) {
      answer.closes = *option == "close";
    }
  }
  const std::string_view rest = bytes.substr(head_end + 4);
  if (chunked) {
    const auto size = read_chunks(rest, chunks);
    answer.body = chunks;
    return size ? std::optional(head_end + 4 + *size) : size;
  }
  if (!length) throw std::runtime_error("neither Content-Length nor chunks");
  answer.body = rest.substr(0, *length);
  return rest.size() < *length ? std::optional<std::size_t>() : head_end + 4 + *length;
}

/// Something that epoll watches.
class Watched {
 public:
  virtual ~Watched() = default;
  virtual void ready(std::uint32_t events) = 0;
};

/// A socket of one epoll. Sends at once what the kernel takes, and the rest when it takes more.
class Channel : public Watched {
 public:
  explicit Channel(int epoll) : epoll_(epoll) {}
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel() override { close(); }

  void ready(std::uint32_t events) final {
    if ((events & EPOLLOUT) != 0 && !send({})) return broken();
    if ((events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0) receive();
  }

 protected:
  /// Watches this socket, which becomes the channel's.
  void open(int socket) {
    close();
    socket_ = socket;
    const int yes = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    watch(EPOLL_CTL_ADD, EPOLLIN);
  }

  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
    received_.clear();
    unsent_.clear();
  }

  bool is_open() const { return socket_ >= 0; }

  /// Returns false if the connection is broken.
  bool send(std::string_view bytes) {
    const bool waits = !unsent_.empty();
    if (waits) bytes = unsent_.append(bytes);
    const ssize_t sent = bytes.empty() ? 0 : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN) return false;
    const std::string rest(bytes.substr(sent < 0 ? 0 : static_cast<std::size_t>(sent)));
    if (waits == rest.empty()) watch(EPOLL_CTL_MOD, waits ? EPOLLIN : EPOLLIN | EPOLLOUT);
    unsent_ = rest;
    return true;
  }

  /// What `consume` returns for a connection that is of no more use.
  static constexpr std::size_t lost = std::string_view::npos;

  /// Gets all bytes that were received and not used yet. Returns how many of them it used, or `lost`.
  virtual std::size_t consume(std::string_view bytes) = 0;

  /// Called when the connection is broken or `lost`. May destroy the channel.
  virtual void broken() = 0;

 private:
  void receive() {
    static std::array<char, 262144> buffer;
    const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size == 0 || (size < 0 && errno != EAGAIN)) return broken();
    if (size < 0) return;
    const std::string_view read(buffer.data(), static_cast<std::size_t>(size));
    const std::size_t used = consume(received_.empty() ? read : std::string_view(received_.append(read)));
    if (used == lost) return broken();
    if (received_.empty()) {
      received_.assign(read.substr(used));
    } else {
      received_.erase(0, used);
    }
  }

  void watch(int how, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = static_cast<Watched*>(this);
    ::epoll_ctl(epoll_, how, socket_, &event);
  }

  int epoll_;
  int socket_ = -1;
  std::string received_;
  std::string unsent_;
};

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// A connection of the gateway to the vendor. Answers each GET whose path has an id with the document of this id, all else with 404.
class VendorConnection final : public Channel {
 public:
  VendorConnection(int epoll, int socket, Template& answer) : Channel(epoll), answer_(answer) { open(socket); }

 private:
  std::size_t consume(std::string_view bytes) override {
    std::size_t used = 0;
    for (std::size_t end = bytes.find("\r\n\r\n"); end != bytes.npos; end = bytes.find("\r\n\r\n", used)) {
      if (!answer(bytes.substr(used, bytes.find("\r\n", used) - used))) return lost;
      used = end + 4;
    }
    return used;
  }

  bool answer(std::string_view line) {
    const std::size_t at = line.find(id_begin);
    if (!line.starts_with("GET ") || at == std::string_view::npos || line.size() < at + id_begin.size() + digits_size)
      return send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    Digits digits;
    std::memcpy(digits.data(), &line[at + id_begin.size()], digits.size());
    return send(answer_.with(digits));
  }

  void broken() override { delete this; }

  Template& answer_;
};

/// Listens, and owns what all connections of the vendor share. It must live as long as the epoll is waited for.
class Vendor final : public Watched {
 public:
  /// Throws std::runtime_error if the port is not free. In `document`, `id` is what each request replaces by its own id.
  Vendor(int epoll, std::uint16_t port, const std::string& document, const std::string& id)
      : epoll_(epoll), answer_(answer_of(replaced(document, id, "GUID"))) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const sockaddr_in address = loopback(port);
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener_, 4096) != 0)
      throw std::runtime_error("cannot listen on port " + std::to_string(port) + ": " + std::strerror(errno));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = static_cast<Watched*>(this);
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, listener_, &event);
  }

  void ready(std::uint32_t) override {
    int socket = -1;
    while ((socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0)
      new VendorConnection(epoll_, socket, answer_);  // deletes itself when the gateway closes it
  }

 private:
  static Template answer_of(const std::string& document) {
    const std::size_t size = Template(document).size();
    return Template("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(size) +
                    "\r\n\r\n" + document);
  }

  int epoll_;
  int listener_ = -1;
  Template answer_;
};

}  // namespace load
