// In every facade, each declared query parameter has an effect for some value. A parameter that a vendor accepts
// without an effect has a reason, and changes nothing.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/conformance/each_facade.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/operations.hpp"
#include "tests/support/requests.hpp"

namespace {

using namespace parley;
using contract::Adapter;
using contract::Endpoint;
using contract::Facade;
using contract::QueryParameter;
using test::for_each_endpoint;

Time time(const char* text) {
  bool exact = false;
  return *parse_iso(text, exact);
}

/// Records that differ in every property that a client can ask for.
struct World {
  List<Visitor> visitors{3};
  List<Agent> agents{4};
  List<Chat> chats{7};
  List<Message> messages{3};
  List<Department> departments{4};
  List<OfflineMessage> offline_messages{3};
  List<Contact> contacts{3};

  World() {
    visitors[0].id.text = "visitor-1";
    visitors[0].name = "Ada";
    visitors[0].page_history = {"https://a.example/1", "https://a.example/2"};
    visitors[1].id.text = "visitor-2";
    visitors[1].name = "Bob";
    visitors[2].id.text = "visitor-3";
    for (Visitor& one : visitors) one.username = "like visitor-1";  // so that a search finds several
    const char* statuses[] = {"Online", "Away", "Offline", "Online"};
    for (std::size_t i = 0; i < agents.size(); ++i) {
      agents[i].id.text = "agent-" + std::to_string(i);
      agents[i].name = i == 0 ? "Ada" : "Bob";
      agents[i].status = statuses[i];
      agents[i].emails = {"agent-" + std::to_string(9 - i) + "@a.example"};
    }
    for (std::size_t i = 0; i < chats.size(); ++i) {
      Chat& chat = chats[i];
      chat.id.text = "chat-" + std::to_string(i);
      chat.kind = "chat";
      chat.state = ChatState::active;
      chat.agent.text = "agent-0";
      chat.begin_at = time("2024-01-02T00:00:00.000Z");
      Participant& visitor = chat.participants.emplace_back();
      visitor.id = chat.visitor.text = "visitor-1";
      visitor.page_history = visitors[0].page_history;
    }
    chats[0].title = "Ada";
    chats[0].department.text = "department-1";
    chats[1].agent.text.clear();
    chats[1].state = ChatState::queued;
    chats[2].state = ChatState::ended;
    chats[2].end_at = time("2024-01-03T00:00:00.000Z");
    chats[3].begin_at = time("2024-01-04T00:00:00.000Z");
    Attribute& plan = chats[3].call_data.emplace_back();
    plan.name = "plan";
    plan.value = "gold";
    chats[3].agent.text = "agent-1";
    for (std::size_t i = 0; i < messages.size(); ++i) {
      Message& message = messages[i];
      message.id.text = "message-" + std::to_string(i);
      message.chat = chats[0].id;
      message.number = static_cast<std::int64_t>(i) + 1;
      message.kind = MessageKind::text;
      message.text = i == 0 ? "Ada" : "Bob";
      message.at = message.shown_at = time(i == 0 ? "2024-01-02T00:00:00.000Z" : "2024-01-04T00:00:00.000Z");
    }
    for (std::size_t i = 0; i < departments.size(); ++i) {
      departments[i].id.text = "department-" + std::to_string(i + 1);
      departments[i].name = i == 0 ? "Ada" : "Bob";
      departments[i].disabled = i == 1;
      departments[i].agents = {"agent-0", "agent-1"};
    }
    departments[2].id.text = "unit-1";  // archived, as the last one
    departments[3].id.text = "vip";
    chats[4].tags = {"vip"};
    for (std::size_t i = 5; i < chats.size(); ++i) {  // nobody took these
      chats[i].agent.text.clear();
      chats[i].state = ChatState::ended;
      chats[i].end_at = time(i == 5 ? "2024-01-03T00:00:00.000Z" : "2024-01-04T00:00:00.000Z");
    }
    for (std::size_t i = 0; i < offline_messages.size(); ++i) {
      offline_messages[i].id.text = "offline-" + std::to_string(i);
      offline_messages[i].number = static_cast<std::int64_t>(i) + 1;
      offline_messages[i].at = messages[i].at;
      offline_messages[i].name = messages[i].text;
      offline_messages[i].email = departments[i].id.text;
    }
    for (std::size_t i = 0; i < contacts.size(); ++i) {
      contacts[i].id.text = "contact-" + std::to_string(i);
      contacts[i].name = i == 1 ? "Ada" : "Bob";
      contacts[i].unknown = i == 1;
      contacts[i].created_at = messages[i].at;
      Identity& identity = contacts[i].identities.emplace_back();
      identity.id.text = i == 0 ? "3d59f909-24cd-43bc-89cb-00a320617c0a" : "identity-" + std::to_string(i);
      identity.kind = i == 2 ? IdentityKind::external_id : IdentityKind::email;
      identity.value = visitors[i].id.text;
      identity.name = contacts[i].name;
    }
    visitors[0].emails = {"visitor-1"};
    // Members that only one vendor has.
    const auto extend = [this](const char* key, const char* json) {
      chats[4].extensions.push_back({"rocketchat.room", key, json});
    };
    extend("onHold", "true");
    extend("departmentAncestors", R"(["unit-1"])");
    for (std::size_t i = 2; i < departments.size(); ++i) {
      departments[i].extensions.push_back({"rocketchat.department", "archived", "true"});
    }
  }

  /// An answer to an operation of that kind.
  [[nodiscard]] Outcome answer_to(OperationKind kind) const {
    static constexpr auto makers = Operations::table([]<class Op>() {
      return +[](const World& world) { return world.answer(std::in_place_type<typename Op::Answer>); };
    });
    return makers[static_cast<std::size_t>(kind)](*this);
  }

 private:
  Outcome answer(std::in_place_type_t<Page<Visitor>>) const { return Page<Visitor>{visitors}; }
  Outcome answer(std::in_place_type_t<Page<Agent>>) const { return Page<Agent>{agents}; }
  Outcome answer(std::in_place_type_t<Page<Chat>>) const { return Page<Chat>{chats}; }
  Outcome answer(std::in_place_type_t<Ref<Visitor>>) const { return Ref<Visitor>(visitors[0]); }
  Outcome answer(std::in_place_type_t<Ref<Agent>>) const { return Ref<Agent>(agents[0]); }
  Outcome answer(std::in_place_type_t<Ref<Chat>>) const { return Ref<Chat>(chats[0]); }
  Outcome answer(std::in_place_type_t<OpenedChat>) const { return OpenedChat{chats[0], true}; }
  Outcome answer(std::in_place_type_t<RecordedPage>) const { return RecordedPage{}; }
  Outcome answer(std::in_place_type_t<List<Channel>>) const { return List<Channel>(1); }
  Outcome answer(std::in_place_type_t<PostedMessage>) const { return PostedMessage{Ref<Message>(messages[0]), true}; }
  Outcome answer(std::in_place_type_t<Ref<Message>>) const { return Ref<Message>(messages[0]); }
  Outcome answer(std::in_place_type_t<Transcript>) const { return transcript(); }
  Outcome answer(std::in_place_type_t<List<Transcript>>) const { return List<Transcript>{transcript()}; }
  Outcome answer(std::in_place_type_t<ClosedChats>) const { return ClosedChats{{chats[0].id}}; }
  Outcome answer(std::in_place_type_t<DeletedChats>) const { return DeletedChats{1}; }
  Outcome answer(std::in_place_type_t<Page<Department>>) const { return Page<Department>{departments}; }
  Outcome answer(std::in_place_type_t<Ref<Department>>) const { return Ref<Department>(departments[0]); }
  Outcome answer(std::in_place_type_t<Page<OfflineMessage>>) const { return Page<OfflineMessage>{offline_messages}; }
  Outcome answer(std::in_place_type_t<Ref<OfflineMessage>>) const { return Ref<OfflineMessage>(offline_messages[0]); }
  Outcome answer(std::in_place_type_t<DeletedOfflineMessages>) const { return DeletedOfflineMessages{1}; }
  Outcome answer(std::in_place_type_t<Page<Contact>>) const { return Page<Contact>{contacts}; }
  Outcome answer(std::in_place_type_t<Ref<Contact>>) const { return Ref<Contact>(contacts[0]); }
  Outcome answer(std::in_place_type_t<DeletedContacts>) const { return DeletedContacts{1}; }
  Outcome answer(std::in_place_type_t<ErasedVisitor>) const {
    return ErasedVisitor{visitors[0].id, time("2024-01-02T00:00:00.000Z")};
  }
  Outcome answer(std::in_place_type_t<Site>) const {
    return Site{true, {Ref<Department>(departments[0])}, Ref<Visitor>(visitors[0]), Ref<Chat>(chats[0])};
  }
  Outcome answer(std::in_place_type_t<OpenedFile>) const { return OpenedFile{Ref<File>(File{}), nullptr}; }
  [[nodiscard]] Transcript transcript() const {
    return {Ref<Chat>(chats[0]), Page<Message>{messages, messages.size()}};
  }
};

/// For each parameter at least one of these values has an effect: words, numbers, JSON, names of the world, credentials.
constexpr std::string_view values[] = {"true",
                                       "false",
                                       "0",
                                       "1",
                                       "2",
                                       "Ada",
                                       "nobody",
                                       "agent-0",
                                       "agent-1",
                                       "chat-1",
                                       "visitor-1",
                                       "visitor-2",
                                       "department-1",
                                       "unit-1",
                                       "vip",
                                       "visitor",
                                       "endTime",
                                       "name",
                                       "asc",
                                       "desc",
                                       "agent",
                                       "email",
                                       "3d59f909-24cd-43bc-89cb-00a320617c0a",
                                       "callback",
                                       "conformance-token",
                                       "10000",
                                       "%7B%22_id%22%3A-1%7D",
                                       "%7B%22ts%22%3A1%7D",
                                       "%7B%22start%22%3A%222024-01-03%22%7D",
                                       "%7B%22plan%22%3A%22gold%22%7D",
                                       "2024-01-03T00:00:00.000Z"};

struct Observed {
  String text;         ///< what the client sees, and what the backend is asked
  bool wrong = false;  ///< the parameter cannot have this value
};

Observed observe(const Facade& facade, const Endpoint& endpoint, const String& query, std::string_view authorization) {
  static const World world;
  test::OwnedRequest owned(endpoint.method, String(endpoint.pattern), query);
  owned.header("X-User-Id", "conformance-user");  // who calls, for calls in an agent's name
  if (!authorization.empty()) owned.header("Authorization", String(authorization));
  if (endpoint.method != http::Method::get) {
    // What the calls delete is in a list of ids.
    const bool deletes = endpoint.method == http::Method::del;
    owned.header("Content-Type", "application/json")
        .body(deletes ? R"(["3d59f909-24cd-43bc-89cb-00a320617c0a"])" : R"({"name":"a","status":"Away"})");
  }
  for (String& value : test::parameters_of(endpoint.pattern)) owned.parameter(std::move(value));
  http::Request request = owned.get();
  request.endpoint = &endpoint;
  http::Reply reply;
  const auto refused = [&](const Error& error) {
    facade.render(error, request, reply);
    return std::to_string(reply.status) + ' ' + String(reply.body.view());
  };
  String seen;
  if (endpoint.access == contract::Access::credentials) {
    const Result<std::string_view> admitted = facade.admit(request);
    seen = admitted ? "let in as " + String(*admitted) + '\n' : refused(admitted.error()) + '\n';
    reply.clear();
  }
  contract::Decoded decoded;
  if (const Result<void> done = endpoint.decode(facade, request, decoded); !done) {
    const Code code = done.error().code;
    const bool wrong = code == Code::invalid_field || code == Code::malformed_request || code == Code::invalid_callback;
    return {seen + refused(done.error()), wrong};
  }
  seen += test::describe(*decoded.operation);
  if (endpoint.encode(facade, decoded, test::answer(*decoded.operation, world.answer_to(endpoint.operation)), reply))
    seen.append(reply.body.view());
  return {std::move(seen), false};
}

/// The required parameters with a value that each of them accepts, followed by this one.
String query_with(const Endpoint& endpoint, std::string_view name, std::string_view value) {
  String query;
  for (const QueryParameter& one : endpoint.query) {
    if (one.required && one.name != name) query.append(one.name).append("=visitor-1&");
  }
  if (!name.empty()) query.append(name).append("=").append(value);
  return query;
}

/// Whether two values, or a value and none, give different results.
bool has_effect(const Facade& facade, const Endpoint& endpoint, const QueryParameter& parameter) {
  // Comm100's API keys belong to a site; the value is the base64 of agent@example.com:conformance-key.
  for (const char* authorization : {"", "Basic YWdlbnRAZXhhbXBsZS5jb206Y29uZm9ybWFuY2Uta2V5"}) {
    const String plain = query_with(endpoint, parameter.required ? parameter.name : std::string_view(), values[0]);
    const Observed first = observe(facade, endpoint, plain, authorization);
    for (const std::string_view value : values) {
      const Observed other = observe(facade, endpoint, query_with(endpoint, parameter.name, value), authorization);
      if (!other.wrong && other.text != first.text) return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("conformance: every declared query parameter has an effect") {
  for_each_endpoint([](const Adapter&, const String&, const Facade& facade, const Endpoint& endpoint) {
    for (const QueryParameter& parameter : endpoint.query) {
      CAPTURE(parameter.name);
      REQUIRE((endpoint.decode != nullptr));
      CHECK(has_effect(facade, endpoint, parameter) == parameter.ignored.empty());
    }
  });
}

TEST_CASE("conformance: an undeclared query parameter has no effect, or is refused") {
  for_each_endpoint([](const Adapter&, const String&, const Facade& facade, const Endpoint& endpoint) {
    if (endpoint.decode == nullptr) return;
    const String plain = observe(facade, endpoint, query_with(endpoint, {}, {}), {}).text;
    for (const char* name : {"offset",  "count",         "sort",      "query",          "fields",    "text",
                             "term",    "onlyAvailable", "excludeId", "showIdleAgents", "open",      "onhold",
                             "queued",  "tags",          "agents",    "departmentId",   "units",     "roomName",
                             "roomId",  "createdAt",     "closedAt",  "customFields",   "contactId", "visitorId",
                             "token",   "rid",           "agentId",   "siteId",         "callback",  "ctlivetoken",
                             "include", "status",        "pageSize",  "domain",         "chatId",    "_"}) {
      const auto declared = [name](const QueryParameter& one) { return one.name == name; };
      if (std::any_of(endpoint.query.begin(), endpoint.query.end(), declared)) continue;
      CAPTURE(name);
      const String seen = observe(facade, endpoint, query_with(endpoint, name, "Ada"), {}).text;
      const bool refused = seen.find("must NOT have additional properties") != String::npos ||
                           seen.find("Unknown key in field") != String::npos;
      CHECK((refused || seen == plain));
    }
  });
}
