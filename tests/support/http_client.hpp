// A small blocking HTTP/1.1 client over plain sockets: it sends what it is told, right or wrong, and reads what comes.
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
  /// How many headers have that name.
  [[nodiscard]] std::size_t count(std::string_view name) const;
};

/// One connection to the loopback network. Every call gives up after ten seconds with std::runtime_error; where nobody can
/// be reached, the constructor throws std::system_error with connect's reason.
class Connection {
 public:
  explicit Connection(std::uint16_t port, const char* address = "127.0.0.1");
  virtual ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void send(std::string_view bytes);
  /// Says that nothing more will be sent.
  void finish_sending();
  /// The next response; `to_head` where it answers HEAD and so has no body. 1xx responses are skipped.
  Answer receive(bool to_head = false);
  /// The status of the next head alone: for 100 Continue.
  int receive_interim();
  /// The next head alone, whatever its status: for 101 Switching Protocols.
  Answer receive_switch();
  /// So many bytes of another protocol.
  std::string receive_bytes(std::size_t size);
  /// Sends a well-formed request and receives its answer.
  Answer ask(std::string_view method, std::string_view target, const Headers& headers = {}, std::string_view body = {});
  /// Waits until the other side has ended the connection, whatever it sent before; reads nothing. false: not in time.
  bool breaks(std::chrono::milliseconds limit = std::chrono::seconds(30));
  /// True where the other side closes without another byte.
  bool closes();

 protected:
  [[nodiscard]] int socket() const noexcept { return socket_; }
  /// As recv and send do.
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

/// A request as text: Host, the headers, Content-Length where there is a body or the method carries one.
[[nodiscard]] std::string request_text(std::string_view method, std::string_view target, const Headers& headers = {},
                                       std::string_view body = {});

/// One request on a connection of its own.
Answer ask(std::uint16_t port, std::string_view method, std::string_view target, const Headers& headers = {},
           std::string_view body = {});

}  // namespace parley::test
