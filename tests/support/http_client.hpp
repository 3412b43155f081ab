// A small blocking HTTP/1.1 client over plain sockets. It sends any bytes, valid or not, and reads the answers.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// One response.
struct Answer {
  int status = 0;
  std::string reason;
  Headers headers;
  std::string body;
  /// The value of the first header of that name (ASCII case ignored), or "".
  [[nodiscard]] std::string header(std::string_view name) const;
  /// The number of headers with that name.
  [[nodiscard]] std::size_t count(std::string_view name) const;
};

/// One connection to the loopback network. A call that waits more than ten seconds throws std::runtime_error. The constructor throws
/// std::system_error with the reason if it cannot connect.
class Connection {
 public:
  explicit Connection(std::uint16_t port, const char* address = "127.0.0.1");
  virtual ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void send(std::string_view bytes);
  /// Closes the connection for sending.
  void finish_sending();
  /// The next response, without 1xx responses. `to_head`: it answers a HEAD request and so has no body.
  Answer receive(bool to_head = false);
  /// Reads only the next head and returns its status: for 100 Continue.
  int receive_interim();
  /// Reads only the next head, of any status: for 101 Switching Protocols.
  Answer receive_switch();
  /// Exactly `size` bytes, for another protocol than HTTP.
  std::string receive_bytes(std::size_t size);
  /// Sends a well-formed request and receives its answer.
  Answer ask(std::string_view method, std::string_view target, const Headers& headers = {}, std::string_view body = {});
  /// Waits until the other side has ended the connection. Reads nothing. Returns false if that takes longer than `limit`.
  bool breaks(std::chrono::milliseconds limit = std::chrono::seconds(30));
  /// Whether the other side closes without sending another byte.
  bool closes();

 protected:
  [[nodiscard]] int socket() const noexcept { return socket_; }
  /// Same contract as recv and send.
  virtual std::ptrdiff_t take(char* data, std::size_t size);
  virtual std::ptrdiff_t put(const char* data, std::size_t size);

 private:
  bool fill();
  Answer receive_head();
  std::string receive_line();
  std::string receive_chunks();

  int socket_ = -1;
  std::string pending_;
};

/// The text of a request. Adds Host if it is missing, and Content-Length if there is a body or the method is POST or PUT.
[[nodiscard]] std::string request_text(std::string_view method, std::string_view target, const Headers& headers = {},
                                       std::string_view body = {});

/// Sends one request on a new connection.
Answer ask(std::uint16_t port, std::string_view method, std::string_view target, const Headers& headers = {},
           std::string_view body = {});

}  // namespace parley::test
