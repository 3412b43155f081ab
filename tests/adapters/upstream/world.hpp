// A client of a scripted server, for the tests of this folder.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "adapters/upstream/client.hpp"
#include "adapters/upstream/settings.hpp"
#include "tests/support/event_loop.hpp"
#include "tests/support/scripted_server.hpp"

namespace parley::upstream::test {

using parley::test::answering;
using parley::test::EventLoop;
using parley::test::http_answer;
using parley::test::Peer;
using parley::test::ScriptedServer;
using std::chrono::milliseconds;

inline config::Backend settings_for(const std::string& url) {
  config::Backend settings;
  settings.name = "support";
  settings.own.edit<parley::upstream::Settings>().url = url;
  // Longer than a slow machine delays a thread, and shorter than the event loop waits for a task.
  settings.own.edit<parley::upstream::Settings>().timeouts = {std::chrono::seconds(10), std::chrono::seconds(10),
                                                              std::chrono::seconds(20)};
  return settings;
}

/// The credentials of an upstream that exists only in tests.
struct Shown {
  config::Secret token, bearer, api_key, refresh_token, password;

  friend bool operator==(const Shown&, const Shown&) = default;
};
inline constexpr auto shown = config::section<Shown, "shown">(
    config::row<&Shown::token, config::SecretCodec>("token", config::Need::optional, "A token."),
    config::row<&Shown::bearer, config::SecretCodec>("bearer", config::Need::optional, "A bearer."),
    config::row<&Shown::api_key, config::SecretCodec>("api_key", config::Need::optional, "A key."),
    config::row<&Shown::refresh_token, config::SecretCodec>("refresh_token", config::Need::optional, "A token."),
    config::row<&Shown::password, config::SecretCodec>("password", config::Need::optional, "A password."));

}  // namespace parley::upstream::test

namespace parley {

template <>
inline constexpr auto config::own_table<upstream::test::Shown> =
    config::make_own<upstream::test::shown>(config::At::backend_auth);

}  // namespace parley

namespace parley::upstream::test {

inline std::shared_ptr<Upstream> open(const config::Backend& settings, Quota quota = {0, milliseconds(1000)}) {
  auto opened = Upstream::open(settings, quota);
  REQUIRE_MESSAGE(opened.has_value(), (opened ? String() : opened.error().detail));
  return *opened;
}

inline Request get(std::string_view path = "/thing") {
  Request request;
  request.target = Target(path);
  return request;
}
inline Request post(std::string_view path, String body) {
  Request request;
  request.method = http::Method::post;
  request.target = Target(path);
  request.body = std::move(body);
  request.content_type = "application/json";
  request.repeatable = false;
  return request;
}

/// One worker with a client.
struct World {
  explicit World(const config::Backend& settings) : World(open(settings)) {}
  explicit World(const std::string& url) : World(settings_for(url)) {}
  explicit World(std::shared_ptr<Upstream> of) : upstream(std::move(of)) { restart(); }

  void restart() { client = std::make_unique<Client>(upstream, loop.loop()); }
  Result<Response> send(const Request& request, const contract::Call& call = {}) {
    return loop.run(client->send(request, call));
  }
  /// Sends all requests at once.
  std::vector<Result<Response>> send_many(const std::vector<Request>& requests, const contract::Call& call = {}) {
    std::vector<io::Task<Result<Response>>> tasks;
    for (const Request& request : requests) tasks.push_back(client->send(request, call));
    return loop.run_all(std::move(tasks));
  }
  Response good(const Request& request, const contract::Call& call = {}) {
    Result<Response> response = send(request, call);
    REQUIRE_MESSAGE(response.has_value(), (response ? String() : response.error().detail));
    return *std::move(response);
  }
  Error bad(const Request& request, const contract::Call& call = {}) {
    Result<Response> response = send(request, call);
    REQUIRE(response.has_error());
    return response.error();
  }

  EventLoop loop;
  std::shared_ptr<Upstream> upstream;
  std::unique_ptr<Client> client;
};

inline contract::Call within(milliseconds time) {
  contract::Call call;
  call.deadline = std::chrono::steady_clock::now() + time;
  return call;
}

}  // namespace parley::upstream::test
