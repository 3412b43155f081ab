// Every endpoint of every facade, from a request that it takes to the answer that it shows; and what the registry as a whole must
// have.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/conformance/each_facade.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/bodies.hpp"
#include "tests/support/requests.hpp"

namespace {

using namespace parley;
using contract::Adapter;
using contract::Endpoint;
using contract::Facade;
using test::for_each_endpoint;
using test::OwnedRequest;

/// The answers of every type, each with one record where it has records.
const List<Outcome>& outcomes() {
  static const List<Outcome> all = [] {
    Visitor visitor;
    visitor.id.text = "visitor-1";
    Agent agent;
    agent.id.text = "agent-1";
    agent.status = "Online";
    Chat chat;
    chat.id.text = "chat-1";
    chat.state = ChatState::active;
    return List<Outcome>{Ref<Chat>(chat),         Page<Visitor>{{visitor}, 7}, Ref<Visitor>(visitor),
                         Page<Agent>{{agent}, 7}, Ref<Agent>(agent),           RecordedPage{},
                         List<Channel>(1),        OpenedChat{chat, true},      Page<Chat>{{chat}, 7}};
  }();
  return all;
}

constexpr auto is_answer_of =
    Operations::table([]<class Op>() { return +[](const Outcome& outcome) { return may_answer<Op>(outcome); }; });
bool answers(const Outcome& outcome, OperationKind kind) {
  return is_answer_of[static_cast<std::size_t>(kind)](outcome);
}

/// Queries of which a call takes at least one: what it requires, and one of the others besides.
List<String> queries_of(const Endpoint& endpoint) {
  String required;
  for (const contract::QueryParameter& one : endpoint.query) {
    if (one.required) required.append(one.name).append("=visitor-1&");
  }
  List<String> queries{required};
  for (const contract::QueryParameter& one : endpoint.query) queries.push_back(required + String(one.name) + "=1");
  return queries;
}

/// Decodes a request that the endpoint takes. false: it takes none of those that this suite knows.
bool decode_some(const Adapter& adapter, std::string_view profile, const Facade& facade, const Endpoint& endpoint,
                 contract::Decoded& decoded) {
  for (const String& query : queries_of(endpoint)) {
    OwnedRequest request(endpoint.method, String(endpoint.pattern), query);
    request.header("Content-Type", "application/json").header("X-User-Id", "conformance-user");
    if (endpoint.body != contract::BodyRule::none) {
      request.body(test::bodies_of(adapter.name, profile, endpoint.pattern).front().json);
    }
    for (std::size_t at = 0; (at = endpoint.pattern.find("/:", at)) != std::string_view::npos; ++at) {
      request.parameter("3d59f909-24cd-43bc-89cb-00a320617c0a");
    }
    if (endpoint.decode(facade, request.get(), decoded)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("conformance: an endpoint takes a request for its operation, and shows the answer to it and no other") {
  for_each_endpoint(
      [](const Adapter& adapter, std::string_view profile, const Facade& facade, const Endpoint& endpoint) {
        if (endpoint.answer != nullptr) return;
        contract::Decoded decoded;
        REQUIRE_MESSAGE(decode_some(adapter, profile, facade, endpoint, decoded),
                        "no request is taken: does the call need a row in tests/support/bodies.cpp?");
        REQUIRE(decoded.operation.has_value());
        CHECK(kind_of(*decoded.operation) == endpoint.operation);
        std::size_t shown = 0;
        for (const Outcome& outcome : outcomes()) {
          CAPTURE(outcome.index());
          http::Reply reply;
          const Result<void> done = endpoint.encode(facade, decoded, outcome, reply);
          CHECK(done.has_value() == answers(outcome, endpoint.operation));
          if (done) {
            ++shown;
            CHECK(test::fault_of(reply) == "");
          } else {
            CHECK(done.error().code == Code::internal);
          }
        }
        CHECK(shown == (endpoint.operation == operation_kind<GetChatContact> ? 2 : 1));  // it has a substitute
      });
}

TEST_CASE("conformance: every operation is asked for by an endpoint, and every type of answer is known here") {
  std::set<OperationKind> asked;
  for_each_endpoint([&asked](const Adapter&, std::string_view, const Facade&, const Endpoint& endpoint) {
    if (endpoint.answer == nullptr) asked.insert(endpoint.operation);
  });
  for (std::size_t kind = 0; kind < operation_count; ++kind) {
    CAPTURE(name_of(static_cast<OperationKind>(kind)));
    CHECK(asked.count(static_cast<OperationKind>(kind)) == 1);
  }
  CHECK(outcomes().size() == std::variant_size_v<Outcome>);
}

TEST_CASE("conformance: an adapter with a backend says what it can do, and another says nothing") {
  for (const Adapter* adapter : contract::registry()) {
    CAPTURE(adapter->name);
    CHECK((adapter->open_backend != nullptr) == (adapter->support != nullptr));
  }
}
