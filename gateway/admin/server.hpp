// The listener for operators: few pages, few connections, a thread of its own, never where clients connect.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "adapters/http/request.hpp"
#include "config/settings.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::admin {

/// What a request asked for behind the `?`.
class Query {
 public:
  explicit Query(std::string_view text) noexcept : text_(text) {}
  /// The decoded value of that name, or nothing.
  [[nodiscard]] std::optional<String> find(std::string_view name) const;

 private:
  std::string_view text_;
};

struct Answer {
  int status = 200;
  String type = "text/plain; charset=utf-8";
  String body{};
};

struct Page {
  http::Method method;  ///< get (answers HEAD, too) or post
  String path;
  /// Called on the listener's thread; from another one, one at a time, where it is `slow`.
  std::function<Answer(const Query&)> make;
  bool open = false;  ///< asks for no token, and answers OPTIONS as GET: a page for probes
  bool slow = false;
  /// Instead of `make` where the page reads the request's body, of at most `most_body` bytes; on the same thread as `make`.
  std::function<Answer(const Query&, std::string_view body)> take{};
  std::size_t most_body = 0;
};

class Server {
 public:
  /// Requests of at most 8 KiB head and 64 KiB body, one a connection, 64 connections, ten seconds for each. A page that reads a
  /// body may allow a larger one, and waits a minute for it; four such bodies are taken at a time, and only of who may have the page.
  static constexpr std::size_t most_head = 8 * 1024;
  static constexpr std::size_t most_body = 64 * 1024;
  static constexpr std::size_t most_connections = 64;
  static constexpr std::chrono::seconds patience{10};
  static constexpr std::size_t most_uploads = 4;
  static constexpr std::chrono::seconds upload_patience{60};

  /// Binds and serves. `token`: see `set_token`. Errors: unavailable, the message says which address and why.
  [[nodiscard]] static Result<std::unique_ptr<Server>> open(const config::Endpoint& endpoint, String token,
                                                            List<Page> pages);
  /// Ends; a slow page that is being made is waited for.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// With the real port.
  [[nodiscard]] const config::Endpoint& endpoint() const noexcept;
  /// The bearer token that pages ask for from now on; empty = they ask for none.
  void set_token(String token);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::gateway::admin
