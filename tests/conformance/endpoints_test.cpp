// Every endpoint of every facade, from a valid request to the answer; and what the registry as a whole must have.
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

/// One answer of every type; types with records have one record.
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
    Participant& serves = chat.participants.emplace_back();
    serves.id = chat.agent.text = agent.id.text;
    serves.is_agent = true;
    Message message;
    message.id.text = "message-1";
    message.chat = chat.id;
    message.kind = MessageKind::text;
    message.text = "Hello";
    message.author.kind = ActorKind::visitor;
    message.author.id = "visitor-1";
    message.at = message.shown_at = Time::at(1'700'000'000'000);
    Department department;
    department.id.text = "department-1";
    department.name = "Sales";
    OfflineMessage offline_message;
    offline_message.id.text = "offline-1";
    offline_message.number = 1;
    offline_message.at = Time::at(1'700'000'000'000);
    offline_message.text = "Call me";
    Contact contact;
    contact.id.text = "contact-1";
    contact.name = "Ann";
    Identity& identity = contact.identities.emplace_back();
    identity.id.text = "3d59f909-24cd-43bc-89cb-00a320617c0a";
    identity.kind = IdentityKind::email;
    identity.value = "visitor-1";
    return List<Outcome>{Ref<Chat>(chat),
                         Page<Visitor>{{visitor}, 7},
                         Ref<Visitor>(visitor),
                         Page<Agent>{{agent}, 7},
                         Ref<Agent>(agent),
                         RecordedPage{},
                         List<Channel>(1),
                         OpenedChat{chat, true},
                         Page<Chat>{{chat}, 7},
                         PostedMessage{Ref<Message>(message), true},
                         Ref<Message>(message),
                         Transcript{Ref<Chat>(chat), Page<Message>{{message}, 7}},
                         List<Transcript>{{Ref<Chat>(chat), Page<Message>{{message}}}},
                         ClosedChats{{chat.id}},
                         DeletedChats{1},
                         Page<Department>{{department}, 7},
                         Ref<Department>(department),
                         Ref<OfflineMessage>(offline_message),
                         Page<OfflineMessage>{{offline_message}, 7},
                         DeletedOfflineMessages{1},
                         ErasedVisitor{.visitor = visitor.id, .at = Time::at(1'700'000'000'000)},
                         Site{.online = true,
                              .departments = {Ref<Department>(department)},
                              .visitor = Ref<Visitor>(visitor),
                              .chat = Ref<Chat>(chat)},
                         OpenedFile{Ref<File>(File{}), nullptr},
                         Page<Contact>{{contact}, 7},
                         Ref<Contact>(contact),
                         DeletedContacts{1}};
  }();
  return all;
}

constexpr auto is_answer_of =
    Operations::table([]<class Op>() { return +[](const Outcome& outcome) { return may_answer<Op>(outcome); }; });
bool answers(const Outcome& outcome, OperationKind kind) {
  return is_answer_of[static_cast<std::size_t>(kind)](outcome);
}

/// Queries for an endpoint, of which it accepts at least one: its required parameters, alone or with one other.
List<String> queries_of(const Endpoint& endpoint) {
  String required;
  for (const contract::QueryParameter& one : endpoint.query) {
    if (one.required) required.append(one.name).append("=visitor-1&");
  }
  List<String> queries{required};
  for (const contract::QueryParameter& one : endpoint.query) queries.push_back(required + String(one.name) + "=1");
  return queries;
}

/// Decodes a request that the endpoint accepts. false: it accepts none of those that this suite knows.
bool decode_some(const Adapter& adapter, std::string_view profile, const Facade& facade, const Endpoint& endpoint,
                 contract::Decoded& decoded) {
  for (const String& query : queries_of(endpoint)) {
    OwnedRequest request(endpoint.method, String(endpoint.pattern), query);
    request.header("Content-Type", "application/json").header("X-User-Id", "conformance-user");
    if (endpoint.body != contract::BodyRule::none) {
      request.body(test::bodies_of(adapter.name, profile, endpoint.pattern, endpoint.method).front().json);
    }
    for (String& value : test::parameters_of(endpoint.pattern)) request.parameter(std::move(value));
    if (endpoint.decode(facade, request.get(), decoded)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("conformance: an endpoint decodes its operation, and shows only that operation's answer") {
  for_each_endpoint(
      [](const Adapter& adapter, std::string_view profile, const Facade& facade, const Endpoint& endpoint) {
        if (endpoint.answer != nullptr || endpoint.receive != nullptr) return;
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
            if (!std::holds_alternative<OpenedFile>(outcome))
              CHECK(test::fault_of(reply) == "");  // its bytes are anything
          } else {
            CHECK(done.error().code == Code::internal);
          }
        }
        CHECK(shown == (endpoint.operation == operation_kind<GetChatContact> ? 2 : 1));  // it has a substitute
      });
}

TEST_CASE("conformance: every operation has an endpoint, and every type of answer is known here") {
  std::set<OperationKind> asked;
  for_each_endpoint([&asked](const Adapter&, std::string_view, const Facade&, const Endpoint& endpoint) {
    if (endpoint.answer == nullptr) asked.insert(endpoint.operation);
  });
  // An operation that one vendor alone serves has no endpoint without that vendor's folder.
  const auto is_there = [](const char* name) { return contract::find_adapter(name) != nullptr; };
  const bool whole = is_there("enghouse") && is_there("comm100") && is_there("rocketchat");
  for (std::size_t kind = 0; whole && kind < operation_count; ++kind) {
    CAPTURE(name_of(static_cast<OperationKind>(kind)));
    CHECK(asked.count(static_cast<OperationKind>(kind)) == 1);
  }
  CHECK(outcomes().size() == std::variant_size_v<Operations::OutcomeVariant>);
}

TEST_CASE("conformance: an adapter has a table of operations exactly if it has a backend") {
  for (const Adapter* adapter : contract::registry()) {
    CAPTURE(adapter->name);
    CHECK((adapter->open_backend != nullptr) == (adapter->support != nullptr));
  }
}

TEST_CASE("conformance: a call that a facade does not serve has a reason, and no endpoint") {
  std::set<String> served;
  const auto name_call = [](std::string_view style, http::Method method, std::string_view pattern) {
    return String(style).append(" ").append(http::name_of(method)).append(" ").append(pattern);
  };
  for_each_endpoint([&](const Adapter& adapter, std::string_view, const Facade&, const Endpoint& endpoint) {
    served.insert(name_call(adapter.name, endpoint.method, endpoint.pattern));
  });
  for (const Adapter* adapter : contract::registry()) {
    for (const contract::UnservedCall& call : adapter->unserved) {
      CAPTURE(call.pattern);
      CHECK(!call.why.empty());
      CHECK(served.count(name_call(adapter->name, call.method, call.pattern)) == 0);
    }
  }
}
