// Helpers of the Rocket.Chat facade's tests: routes, facades of both profiles, calls without a gateway.
#pragma once

#include <doctest/doctest.h>

#include "adapters/contract/adapter.hpp"
#include "adapters/rocketchat/settings.hpp"
#include "tests/support/json.hpp"
#include "tests/support/operations.hpp"
#include "tests/support/requests.hpp"

namespace parley::rocketchat {
extern const contract::Adapter adapter;
}

namespace parley::test::rocketchat {

using http::Method;

inline constexpr const char* visitor_path = "/api/v1/livechat/visitor";
inline constexpr const char* token_path = "/api/v1/livechat/visitor/:token";
inline constexpr const char* page_path = "/api/v1/livechat/page.visited";
inline constexpr const char* room_path = "/api/v1/livechat/room";
inline constexpr const char* channels_path = "/api/v1/omnichannel/contacts.channels";

inline config::Route route(String profile = {}) {
  config::Route made;
  made.profile = std::move(profile);
  made.auth.given = true;
  made.own.edit<parley::rocketchat::RouteAuth>().users = {{"first-user", {"first-token"}},
                                                          {"demo-rocket-user", {"demo-rocket-token"}}};
  return made;
}

inline std::unique_ptr<contract::Facade> facade(const config::Route& of) {
  return parley::rocketchat::adapter.make_facade(of);
}

/// A call of an endpoint: its operation, its answer, its refusals.
class Call {
 public:
  Call(const config::Route& of, Method method, const char* path, String query = {})
      : facade_(facade(of)), request_(method, path, std::move(query)), endpoint_(&endpoint(*facade_, method, path)) {}
  Call(String profile, Method method, const char* path, String query = {})
      : Call(route(std::move(profile)), method, path, std::move(query)) {}

  OwnedRequest& request() { return request_; }
  Call& body(String text) {
    request_.body(std::move(text));
    return *this;
  }

  Result<Operation> decode() { return decoded_by(*endpoint_, *facade_, get()); }
  template <class T>
  T decoded() {
    Result<Operation> made = decode();
    if (!made) throw std::runtime_error(made.error().message);
    return std::get<T>(*made);
  }
  /// The reply to the error that decoding gives. Throws where decoding succeeds.
  const http::Reply& refused() {
    Result<Operation> made = decode();
    if (made) throw std::runtime_error("not refused");
    return rendered(made.error());
  }
  const http::Reply& rendered(const Error& error) {
    reply_.clear();
    facade_->render(error, get(), reply_);
    return reply_;
  }
  /// The reply with the answer of a backend that has the records of `all`, or the refusal of the call.
  const http::Reply& answered(const Outcome& all) {
    contract::Decoded asked;
    if (const Result<void> made = endpoint_->decode(*facade_, get(), asked); !made) return rendered(made.error());
    reply_.clear();
    must(endpoint_->encode(*facade_, asked, answer(*asked.operation, all), reply_));
    return reply_;
  }
  /// The reply with an outcome as on a route with `emit`.
  const http::Reply& encoded(const Outcome& outcome) {
    reply_.clear();
    must(facade_->encode(outcome, get(), reply_));
    return reply_;
  }

 private:
  static void must(const Result<void>& done) {
    if (!done) throw std::runtime_error(done.error().message);
  }
  const http::Request& get() {
    const http::Request& filled = request_.get();
    matched_ = filled;
    matched_.endpoint = endpoint_;
    return matched_;
  }

  std::unique_ptr<contract::Facade> facade_;
  OwnedRequest request_;
  const contract::Endpoint* endpoint_;
  http::Request matched_;
  http::Reply reply_;
};

inline std::string_view text(const http::Reply& reply) { return reply.body.view(); }

/// A body that a call refuses with 400, and the expected answer.
struct Refusal {
  const char* name;
  const char* body;
  const char* answer;
};

inline void check_refusals(const char* profile, const char* path, std::initializer_list<Refusal> cases) {
  for (const Refusal& one : cases) {
    CAPTURE(one.name);
    Call call(profile, Method::post, path);
    const http::Reply& reply = call.body(one.body).refused();
    CHECK(reply.status == 400);
    CHECK(reply.content_type == "application/json");
    CHECK(difference(one.answer, text(reply)) == "");
  }
}

inline Attribute attribute(String name, String value) {
  Attribute made;
  made.name = std::move(name);
  made.value = std::move(value);
  return made;
}

inline Visitor visitor(String id, String token = {}) {
  Visitor made;
  made.id.text = std::move(id);
  made.token = std::move(token);
  return made;
}

}  // namespace parley::test::rocketchat
