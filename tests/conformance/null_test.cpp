// In every facade, an optional member of a request's body that is null counts as absent.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/answers.hpp"
#include "tests/support/bodies.hpp"
#include "tests/support/json.hpp"
#include "tests/support/operations.hpp"
#include "tests/support/requests.hpp"

namespace {

using namespace parley;
using contract::Endpoint;
using contract::Facade;

/// The body, with the member at this path added as null.
String with_null(std::string_view json, std::string_view path) {
  test::Value root = test::parse(json);
  test::Value* at = &root;
  for (std::size_t dot; (dot = path.find('.')) != std::string_view::npos; path.remove_prefix(dot + 1)) {
    for (test::Value& child : at->children) {
      if (child.key == path.substr(0, dot)) at = &child;
    }
  }
  at->children.push_back(test::member(path, test::parse("null")));
  return test::print(root);
}

/// The result for a body: the operation, or the status of an endpoint that answers by itself, or the text of the error.
String outcome_of(const Facade& facade, const Endpoint& endpoint, String body) {
  test::OwnedRequest owned(endpoint.method, String(endpoint.pattern));
  owned.header("Content-Type", "application/json").header("X-User-Id", "conformance-user").body(std::move(body));
  for (String& value : test::parameters_of(endpoint.pattern)) owned.parameter(std::move(value));
  http::Request request = owned.get();
  request.endpoint = &endpoint;
  if (endpoint.answer == nullptr) {
    const Result<Operation> made = test::decoded_by(endpoint, facade, request);
    return made ? test::describe(*made) : "refused: " + made.error().message;
  }
  http::Reply reply;
  const Result<void> answered = endpoint.answer(facade, request, reply);
  return answered ? "answered: " + std::to_string(reply.status) : "refused: " + answered.error().message;
}

}  // namespace

TEST_CASE("conformance: null in a body counts as absent") {
  for (const contract::Adapter* adapter : contract::registry()) {
    CAPTURE(adapter->name);
    if (adapter->make_facade == nullptr) continue;
    for (const String& profile : test::profiles_of(*adapter)) {
      CAPTURE(profile);
      const std::unique_ptr<Facade> facade = adapter->make_facade(test::route_of(*adapter, profile));
      for (const Endpoint& endpoint : facade->endpoints()) {
        if (endpoint.body == contract::BodyRule::none || endpoint.receive != nullptr) continue;
        CAPTURE(endpoint.pattern);
        for (const test::Body& body : test::bodies_of(adapter->name, profile, endpoint.pattern, endpoint.method)) {
          CAPTURE(body.json);
          const String plain = outcome_of(*facade, endpoint, body.json);
          CHECK_MESSAGE(!plain.starts_with("refused"), plain << ": a call may need a row in tests/support/bodies.cpp");
          String all = body.json;
          for (const char* member : body.optional) {
            CAPTURE(member);
            CHECK(outcome_of(*facade, endpoint, with_null(body.json, member)) == plain);
            all = with_null(all, member);
          }
          CHECK(outcome_of(*facade, endpoint, all) == plain);
        }
      }
    }
  }
}
