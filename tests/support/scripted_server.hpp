// A server that runs a test's script on each connection, with its own threads. A script may break the protocol.
//
//   ScriptedServer server([](Peer& peer) {                   // for every connection
//     while (!peer.read_request().empty())
//       peer.write(http_answer(200, R"({"ok":true})"));
//   });
//   ScriptedServer vendor(answering([](const std::string& request) {   // a short form of this
//     return request.starts_with("GET /me ") ? http_answer(200, "{}") : http_answer(404, "");
//   }));
//   settings.url = server.url();                             // http://127.0.0.1:PORT
//   … server.requests() has all requests, heads and bodies as they were sent.
//
// With {script, script}, each connection takes the next script; the last one is used for all further connections.
// With a Certificate the server speaks TLS.
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

/// A certificate and its key in PEM. It is self-signed, so a client must trust the certificate itself.
struct Certificate {
  std::string certificate;
  std::string key;
};
/// Makes a self-signed certificate for names such as `DNS:localhost,IP:127.0.0.1`. It ends in `days` days; a negative number means that it
/// has ended.
[[nodiscard]] Certificate make_certificate(const std::string& names, int days = 1);

/// The server's end of one connection, for its script. After the client has closed, the functions do nothing.
class Peer {
 public:
  /// The next request, head and body. Empty: the client has closed, or the server stops.
  std::string read_request();
  void write(std::string_view bytes);
  /// Writes byte by byte, with a pause of so many milliseconds after each, until the client closes.
  void drip(std::string_view bytes, int milliseconds);
  /// Waits until the client closes or the server stops.
  void hang();
  /// Ends the connection with a TCP reset.
  void reset();
  /// Closes the connection without TLS's close_notify.
  void cut();
  /// Closes the connection. The end of the script does the same.
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
  /// `http://127.0.0.1:PORT`, or `https://…` with a certificate.
  [[nodiscard]] std::string url() const;
  /// All requests so far, in the order in which they were read.
  [[nodiscard]] std::vector<std::string> requests() const;
  /// The numbers of connections that were accepted, and that are still open.
  [[nodiscard]] std::size_t accepted() const;
  [[nodiscard]] std::size_t open() const;
  /// Waits until at least so many requests were read. Throws std::runtime_error after ten seconds.
  void wait_for_requests(std::size_t count) const;
  /// Waits until exactly so many connections are open. Throws std::runtime_error after ten seconds.
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

/// A complete response with Content-Length.
[[nodiscard]] std::string http_answer(int status, std::string_view body, const Headers& headers = {});

/// A script that answers every request with the result of `reply`, until the client closes.
[[nodiscard]] ScriptedServer::Script answering(std::function<std::string(const std::string& request)> reply);

}  // namespace parley::test
