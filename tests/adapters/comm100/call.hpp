// A call to the Comm100 facade, from the request to the answer.
#pragma once

#include <doctest/doctest.h>

#include "tests/adapters/comm100/settings.hpp"
#include "tests/support/json.hpp"
#include "tests/support/requests.hpp"

namespace parley::test::comm100 {

/// A request to the facade of `route()`, and what became of it.
class Call {
 public:
  Call(http::Method method, const char* pattern, String query = {})
      : endpoint_(test::endpoint(facade(), method, pattern)), request_(method, "/crm" + String(pattern), query) {
    request_.header("Host", "gate.example:8080");
  }
  /// `id` and `text` may be nullptr.
  Call(http::Method method, const char* pattern, String query, const char* id, const char* text)
      : Call(method, pattern, std::move(query)) {
    if (id != nullptr) request_.parameter(id);
    if (text != nullptr) body(text);
  }
  Call& id(const char* text) {
    request_.parameter(text);
    return *this;
  }
  Call& body(const char* text, const char* type = "application/json") {
    request_.header("Content-Type", type).body(text);
    return *this;
  }
  Call& header(const char* name, const char* value) {
    request_.header(name, value);
    return *this;
  }

  Call& over_tls() {
    secure_ = true;
    return *this;
  }

  Result<void> decode() {
    sent_ = request_.get();
    sent_.secure = secure_;
    return endpoint_.decode(facade(), sent_, decoded_);
  }
  template <class Op>
  Op asked() {
    const Result<void> done = decode();
    REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().message));
    return std::get<Op>(*decoded_.operation);
  }
  Error refusal() {
    const Result<void> done = decode();
    REQUIRE(done.has_error());
    return done.error();
  }
  http::Reply& answer(const Outcome& outcome) {
    REQUIRE(decode().has_value());
    reply_.clear();
    REQUIRE(endpoint_.encode(facade(), decoded_, outcome, reply_).has_value());
    return reply_;
  }
  test::Value document(const Outcome& outcome) { return test::parse(answer(outcome).body.view()); }

  static const parley::comm100::Facade& facade() {
    static const parley::comm100::Facade made(route());
    return made;
  }

 private:
  const contract::Endpoint& endpoint_;
  test::OwnedRequest request_;
  http::Request sent_;
  bool secure_ = false;
  contract::Decoded decoded_;
  http::Reply reply_;
};

/// The keys of a document, in its order.
inline List<String> keys_of(const test::Value& document) {
  List<String> found;
  for (const test::Value& member : document.children) found.push_back(member.key);
  return found;
}

}  // namespace parley::test::comm100
