// null = absent: an optional member of a request's body that is null is as good as one that is not there, in every facade.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/answers.hpp"
#include "tests/support/json.hpp"
#include "tests/support/operations.hpp"
#include "tests/support/requests.hpp"

namespace {

using namespace parley;
using contract::Endpoint;
using contract::Facade;

/// A body that a call takes, and the members that its vendor lets be absent or null.
struct Body {
  std::string_view facade;
  std::string_view pattern;
  const char* json;
  List<const char*> optional;
  std::string_view profile = {};  ///< empty = of all
};

const List<Body>& bodies() {
  static const List<Body> all = {
      {"comm100", "/v4/livechat/agents/:id", R"({"status":"Away"})", {"id"}},
      {"comm100", "/v4/livechat/visitors/:id", R"({"name":"plan"})", {"value", "url"}},
      {"comm100",
       "/oauth/token",
       R"({"grant_type":"password","email":"agent@example.com","password":"conformance-password"})",
       {"client_id", "refresh_token", "scope"}},
      {"rocketchat",
       "/api/v1/login",
       R"({"user":"conformance","password":"conformance-password"})",
       {"username", "email", "code", "resume"}},
      {"rocketchat",
       "/api/v1/login",
       R"({"email":"agent@example.com","password":"conformance-password"})",
       {"user", "username", "code", "resume"}},
      {"rocketchat", "/api/v1/logout", "{}", {}},
      {"rocketchat",
       "/api/v1/livechat/visitor",
       R"({"visitor":{"token":"t"}})",
       {"visitor.name", "visitor.email", "visitor.phone", "visitor.department", "visitor.username",
        "visitor.customFields", "visitor.id"}},
      {"rocketchat",
       "/api/v1/livechat/page.visited",
       R"({"token":"t","pageInfo":{"change":"url","title":"","location":{"href":"https://a.example/"}}})",
       {"rid"},
       "8"},
      // The vendor's check of that era wants a string.
      {"rocketchat",
       "/api/v1/livechat/page.visited",
       R"({"token":"t","rid":"r","pageInfo":{"change":"url","title":"","location":{"href":"https://a.example/"}}})",
       {},
       "0.70"},
      {"rocketchat", "/api/v1/livechat/custom.field", R"({"token":"t","key":"a","value":"b","overwrite":true})", {}},
      {"rocketchat", "/api/v1/livechat/custom.fields", R"({"token":"t","customFields":[]})", {}},
      {"rocketchat", "/api/v1/livechat/agent.status", R"({"status":"available"})", {"agentId"}},
  };
  return all;
}

/// The body with this member, by its path, added as null.
String with_null(const char* json, std::string_view path) {
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

/// What comes of a body: the operation, or the status of what the facade answers by itself; an error by its text.
String outcome_of(const Facade& facade, const Endpoint& endpoint, String body) {
  test::OwnedRequest owned(endpoint.method, String(endpoint.pattern));
  owned.header("Content-Type", "application/json").header("X-User-Id", "conformance-user").body(std::move(body));
  owned.parameter("3d59f909-24cd-43bc-89cb-00a320617c0a");
  http::Request request = owned.get();
  request.endpoint = &endpoint;
  if (endpoint.answer == nullptr) {
    const Result<Operation> made = endpoint.decode(facade, request);
    return made ? test::describe(*made) : "refused: " + made.error().message;
  }
  http::Reply reply;
  const Result<void> answered = endpoint.answer(facade, request, reply);
  return answered ? "answered: " + std::to_string(reply.status) : "refused: " + answered.error().message;
}

}  // namespace

TEST_CASE("conformance: in a body, null is absent") {
  for (const contract::Adapter* adapter : contract::registry()) {
    CAPTURE(adapter->name);
    if (adapter->make_facade == nullptr) continue;
    for (const String& profile : test::profiles_of(*adapter)) {
      CAPTURE(profile);
      const std::unique_ptr<Facade> facade = adapter->make_facade(test::route_of(*adapter, profile));
      for (const Endpoint& endpoint : facade->endpoints()) {
        if (endpoint.body == contract::BodyRule::none) continue;
        CAPTURE(endpoint.pattern);
        bool known = false;
        for (const Body& body : bodies()) {
          const bool of_profile = body.profile.empty() || body.profile == (profile.empty() ? "8" : profile);
          if (body.facade != adapter->name || body.pattern != endpoint.pattern || !of_profile) continue;
          known = true;
          CAPTURE(body.json);
          const String plain = outcome_of(*facade, endpoint, body.json);
          CHECK_FALSE(plain.starts_with("refused"));
          String all = body.json;
          for (const char* member : body.optional) {
            CAPTURE(member);
            CHECK(outcome_of(*facade, endpoint, with_null(body.json, member)) == plain);
            all = with_null(all.c_str(), member);
          }
          CHECK(outcome_of(*facade, endpoint, all) == plain);
        }
        const bool ours = adapter->name == "comm100" || adapter->name == "rocketchat" || adapter->name == "enghouse";
        CHECK_MESSAGE((known || !ours), "a call with a body needs a row in this test");
      }
    }
  }
}
