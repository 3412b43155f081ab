// A server that does on each connection what a test's script says, right or wrong, on threads of its own:
//
//   ScriptedServer server([](Peer& peer) {                   // every connection; {script, script} = one after the other, the last
//     while (!peer.read_request().empty())                   // one again and again
//       peer.write(http_answer(200, R"({"ok":true})"));
//   });
//   ScriptedServer vendor(answering([](const std::string& request) {   // the same in short, with keep-alive
//     return request.starts_with("GET /me ") ? http_answer(200, "{}") : http_answer(404, "");
//   }));
//   settings.url = server.url();                             // http://127.0.0.1:PORT
//   … server.requests() are all that came, heads and bodies as they were sent.
//
// With a Certificate it speaks TLS.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/support/http_client.hpp"

namespace parley::test {

/// A key and a certificate in PEM. `authority` is what a client has to trust: here the certificate itself.
struct Certificate {
  std::string certificate;
  std::string key;
};
/// A self-signed one, for names such as `DNS:localhost,IP:127.0.0.1`. `days` may be in the past.
[[nodiscard]] Certificate make_certificate(const std::string& names, int days = 1);

/// The server's end of one connection. Used by its script. A client that has gone makes the rest of the script do nothing.
class Peer {
 public:
  /// The next request, head and body. Empty: the client has closed, or the server ends.
  std::string read_request();
  void write(std::string_view bytes);
  /// Writes byte by byte, so many milliseconds apart, until the client goes.
  void drip(std::string_view bytes, int milliseconds);
  /// Waits until the client goes or the server ends.
  void hang();
  /// Ends with a reset instead of an orderly close.
  void reset();
  /// Ends TLS without its goodbye.
  void cut();
  /// Ends; so does the end of the script.
  void close();

 private:
  friend class ScriptedServer;
  struct Tls;
  std::ptrdiff_t receive(char* data, std::size_t size);
  bool fill();

  int socket_ = -1;
  std::string pending_;
  std::shared_ptr<Tls> tls_;
  std::function<void(const std::string&)> note_;
};

class ScriptedServer {
 public:
  using Script = std::function<void(Peer&)>;

  explicit ScriptedServer(Script script, const Certificate* certificate = nullptr);
  explicit ScriptedServer(std::vector<Script> scripts, const Certificate* certificate = nullptr);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  /// `http://127.0.0.1:PORT`, or https.
  [[nodiscard]] std::string url() const;
  /// All requests so far, in the order they were read.
  [[nodiscard]] std::vector<std::string> requests() const;
  /// Connections that were accepted, and those that are still open.
  [[nodiscard]] std::size_t accepted() const;
  [[nodiscard]] std::size_t open() const;
  /// Waits until so many requests have come. Throws std::runtime_error after ten seconds.
  void wait_for_requests(std::size_t count) const;
  /// Waits until so many connections are open. Throws std::runtime_error after ten seconds.
  void wait_for_open(std::size_t count) const;

 private:
  void accept();
  void serve(int socket, std::size_t number);

  std::vector<Script> scripts_;
  std::shared_ptr<void> tls_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::vector<std::string> requests_;
  std::vector<int> sockets_;
  std::size_t accepted_ = 0;
  bool ending_ = false;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

/// A whole answer with Content-Length.
[[nodiscard]] std::string http_answer(int status, std::string_view body, const Headers& headers = {});

/// A script that answers every request with what `reply` makes of it, until the client goes.
[[nodiscard]] ScriptedServer::Script answering(std::function<std::string(const std::string& request)> reply);

}  // namespace parley::test
