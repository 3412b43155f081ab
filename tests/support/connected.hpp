// A session of a connector with its own event loop, for tests that execute operations against a server.
#pragma once

#include <doctest/doctest.h>

#include "adapters/contract/adapter.hpp"
#include "adapters/upstream/settings.hpp"
#include "tests/support/event_loop.hpp"
#include "tests/support/records_of.hpp"

namespace parley::test {

/// The settings of a connector without credentials.
inline config::Backend connector_settings(std::string_view kind, String url) {
  config::Backend settings;
  settings.name = "support";
  settings.kind = kind;
  settings.own.edit<upstream::Settings>().url = std::move(url);
  settings.auth.none = settings.auth.given = true;
  return settings;
}

/// Opens a backend and one session of it. Used on one thread.
class Connected {
 public:
  explicit Connected(const config::Backend& settings) {
    auto opened = contract::find_adapter(settings.kind)->open_backend(settings);
    REQUIRE_MESSAGE(opened.has_value(), (opened ? String() : opened.error().message + " " + opened.error().detail));
    backend_ = *std::move(opened);
    session_ = backend_->open_session(loop_.loop());
  }
  Connected(std::string_view kind, String url) : Connected(connector_settings(kind, std::move(url))) {}

  Result<Outcome> run(const Operation& operation, const contract::Call& call = {}) {
    return loop_.run(session_->execute(operation, call));
  }
  /// The outcome of an operation that must succeed, with an answer of type T.
  template <class T>
  T get(const Operation& operation, const contract::Call& call = {}) {
    Result<Outcome> result = run(operation, call);
    REQUIRE_MESSAGE(result.has_value(), (result ? String() : result.error().message + ": " + result.error().detail));
    REQUIRE(std::holds_alternative<T>(*result));
    return std::get<T>(*std::move(result));
  }
  /// Copies of the records of a list that must succeed.
  template <class T>
  List<T> list(const Operation& operation, const contract::Call& call = {}) {
    return records_of(get<Page<T>>(operation, call));
  }
  /// The error of an operation that must fail.
  Error refused(const Operation& operation, const contract::Call& call = {}) {
    Result<Outcome> result = run(operation, call);
    REQUIRE(result.has_error());
    return result.error();
  }
  [[nodiscard]] contract::Backend& backend() noexcept { return *backend_; }

 private:
  EventLoop loop_;
  std::unique_ptr<contract::Backend> backend_;
  std::unique_ptr<contract::BackendSession> session_;  // destroyed before the backend and the loop
};

}  // namespace parley::test
