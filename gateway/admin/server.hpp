// The HTTP listener for operators. It has its own address and its own thread, so clients never reach it.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "adapters/http/request.hpp"
#include "config/settings.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::admin {

/// The query of a request: the text after the `?`.
class Query {
 public:
  explicit Query(std::string_view text) noexcept : text_(text) {}
  /// The decoded value of the parameter `name`, or nothing.
  [[nodiscard]] std::optional<String> find(std::string_view name) const;

 private:
  std::string_view text_;
};

struct Answer {
  int status = 200;
  String type = "text/plain; charset=utf-8";
  String body{};
};
/// An answer that says why not, in a line.
[[nodiscard]] inline Answer refuse(int status, const String& why) { return {.status = status, .body = why + '\n'}; }

struct Page {
  http::Method method;  ///< `get` (also answers HEAD) or `post`
  String path;
  /// Makes the answer. Runs on the listener's thread; a `slow` page runs on a second thread, one call at a time.
  std::function<Answer(const Query&)> make;
  bool open = false;  ///< needs no token and answers OPTIONS like GET: for health probes
  bool slow = false;
  /// Used instead of `make` by a page that reads the request's body (at most `most_body` bytes, as it comes and unpacked). Gets
  /// the body without its Content-Encoding. Same thread as `make`.
  std::function<Answer(const Query&, std::string_view body)> take{};
  std::size_t most_body = 0;
};

class Server {
 public:
  /// A request may have an 8 KiB head and a 64 KiB body. Each connection takes one request and has 10 s; at most 64 connections
  /// are open. A page with `take` may allow a larger body and has 60 s to receive it. At most four such bodies are read at a
  /// time, and only if the client may use the page.
  static constexpr std::size_t most_head = 8 * 1024;
  static constexpr std::size_t most_body = 64 * 1024;
  static constexpr std::size_t most_connections = 64;
  static constexpr std::chrono::seconds patience{10};
  static constexpr std::size_t most_uploads = 4;
  static constexpr std::chrono::seconds upload_patience{60};

  /// Binds the address and starts to serve. `token`: see `set_token`. Errors: unavailable; the message names the address and
  /// the reason.
  [[nodiscard]] static Result<std::unique_ptr<Server>> open(const config::Endpoint& endpoint, String token,
                                                            List<Page> pages);
  /// Stops the listener. Waits for a slow page that is running.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// The bound address, with the real port.
  [[nodiscard]] const config::Endpoint& endpoint() const noexcept;
  /// Sets the bearer token that pages require from now on; empty = none. Any thread.
  void set_token(String token);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::gateway::admin
