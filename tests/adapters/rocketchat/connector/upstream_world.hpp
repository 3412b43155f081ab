// Helpers of the connector's tests: a connector and a scripted Rocket.Chat server.
#pragma once

#include <map>
#include <mutex>

#include "adapters/rocketchat/settings.hpp"
#include "adapters/upstream/settings.hpp"
#include "tests/adapters/rocketchat/support.hpp"
#include "tests/support/event_loop.hpp"
#include "tests/support/records_of.hpp"
#include "tests/support/scripted_server.hpp"

namespace parley::test::rocketchat {

/// The answers to a request such as `GET /api/v1/livechat/room?token=t`, in their order. The last one is repeated.
using Answers = std::map<std::string, std::vector<std::string>>;

/// The answer of a server of 7.4 or later to an unknown path.
inline std::string not_found_page() { return http_answer(404, "404 Not Found", {{"Content-Type", "text/plain"}}); }
inline std::string json_answer(int status, std::string_view body) {
  return http_answer(status, body, {{"Content-Type", "application/json"}});
}

inline config::Backend backend_settings(const std::string& url) {
  config::Backend settings;
  settings.name = "support";
  settings.kind = "rocketchat";
  settings.own.edit<upstream::Settings>().url = url;
  settings.auth.given = true;
  settings.own.edit<parley::rocketchat::BackendAuth>().user_id = "rbAXPnMktTFbNpwtJ";
  settings.own.edit<parley::rocketchat::BackendAuth>().token.value = "s3cret-token";
  return settings;
}

/// One worker's session of a connector.
class TestSession {
 public:
  explicit TestSession(const config::Backend& settings) {
    auto opened = parley::rocketchat::adapter.open_backend(settings);
    REQUIRE_MESSAGE(opened.has_value(), (opened ? String() : opened.error().detail));
    backend_ = std::move(*opened);
    session_ = backend_->open_session(loop_.loop());
  }

  Result<Outcome> run(const Operation& operation, bool lossless = false) {
    losses_.clear();
    contract::Call call;
    call.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(8);
    call.lossless = lossless;
    call.losses = &losses_;
    return loop_.run(session_->execute(operation, call));
  }
  /// The outcome of an operation that must succeed with this type.
  template <class T>
  T get(const Operation& operation) {
    Result<Outcome> result = run(operation);
    REQUIRE_MESSAGE(result.has_value(), (result ? String() : result.error().message + " " + result.error().detail));
    REQUIRE(std::holds_alternative<T>(*result));
    return std::get<T>(*std::move(result));
  }
  /// Copies of the records of a list that must succeed.
  template <class T>
  List<T> list(const Operation& operation) {
    return records_of(get<Page<T>>(operation));
  }
  Error refused(const Operation& operation, bool lossless = false) {
    Result<Outcome> result = run(operation, lossless);
    REQUIRE(result.has_error());
    CHECK(result.error().detail.find("s3cret") == String::npos);
    return result.error();
  }
  /// The members that the last operation lost, separated by commas.
  [[nodiscard]] String lost() const {
    String list;
    for (const shape::Loss& loss : losses_) list.append(list.empty() ? "" : ",").append(loss.member);
    return list;
  }

 private:
  EventLoop loop_;
  std::unique_ptr<contract::Backend> backend_;
  std::unique_ptr<contract::BackendSession> session_;
  shape::Losses losses_;
};

/// A server that answers these requests, and every other one with a 404.
class Vendor {
 public:
  explicit Vendor(Answers answers)
      : answers_(std::move(answers)),
        server_(answering([this](const std::string& request) { return reply(request); })) {}

  [[nodiscard]] std::string url() const { return server_.url(); }
  [[nodiscard]] std::vector<std::string> requests() const { return server_.requests(); }
  /// The number of requests that begin with `line`.
  [[nodiscard]] std::size_t count(std::string_view line) const {
    std::size_t found = 0;
    for (const std::string& one : requests()) found += one.starts_with(line) ? 1 : 0;
    return found;
  }
  /// The body of the first request that begins with `line`.
  [[nodiscard]] std::string body(std::string_view line) const {
    for (const std::string& one : requests()) {
      if (one.starts_with(line)) return one.substr(one.find("\r\n\r\n") + 4);
    }
    return "(not asked)";
  }

 private:
  std::string reply(const std::string& request) {
    const std::string line = request.substr(0, request.find(" HTTP/1.1"));
    const std::scoped_lock lock(mutex_);
    const auto found = answers_.find(line);
    if (found == answers_.end()) return not_found_page();
    const std::string answer = found->second.front();
    if (found->second.size() > 1) found->second.erase(found->second.begin());
    return answer;
  }

  std::mutex mutex_;
  Answers answers_;
  ScriptedServer server_;
};

/// A server and a session that calls it. The session ends before the server.
struct World {
  explicit World(Answers answers) : vendor(std::move(answers)), session(backend_settings(vendor.url())) {}
  Vendor vendor;
  TestSession session;
};

inline GetVisitor by_token(std::string_view token) { return {.visitor = {}, .token = token}; }
inline GetVisitor by_id(std::string_view id) { return {.visitor = {id}, .token = {}}; }

}  // namespace parley::test::rocketchat
