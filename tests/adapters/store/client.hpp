// A client of a store, and short ways to write operations and records, for the tests of stores.
#pragma once

#include <doctest/doctest.h>

#include "adapters/contract/backend.hpp"
#include "tests/support/records_of.hpp"

namespace parley::store::test {

/// Asks a store and waits for the answer.
class Client {
 public:
  virtual ~Client() = default;
  virtual Result<Outcome> run(const Operation& operation, const contract::Call& call) = 0;
  Result<Outcome> run(const Operation& operation) { return run(operation, {}); }

  /// The outcome of an operation that must succeed.
  template <class T>
  T get(const Operation& operation) {
    auto result = run(operation);
    REQUIRE_MESSAGE(result.has_value(), (result ? String() : result.error().message + " " + result.error().detail));
    REQUIRE(std::holds_alternative<T>(*result));
    return std::get<T>(*std::move(result));
  }
  /// Copies of the records of a list.
  template <class T>
  List<T> list(const Operation& operation) {
    return parley::test::records_of(get<Page<T>>(operation));
  }
  Visitor visitor(const Operation& operation) { return *get<Ref<Visitor>>(operation); }
  Chat chat(const Operation& operation) { return *get<Ref<Chat>>(operation); }
  Agent agent(const Operation& operation) { return *get<Ref<Agent>>(operation); }
  /// The error code of an operation that must fail.
  Code refused(const Operation& operation) {
    auto result = run(operation);
    REQUIRE(result.has_error());
    return result.error().code;
  }
};

inline RegisterVisitor registration(std::string_view token) {
  RegisterVisitor operation;
  operation.token = token;
  return operation;
}
inline GetVisitor by_token(std::string_view token) {
  GetVisitor operation;
  operation.token = token;
  return operation;
}
inline GetVisitor by_id(std::string_view id) {
  GetVisitor operation;
  operation.visitor.text = id;
  return operation;
}
inline GetChatContact contact_of(std::string_view chat) {
  GetChatContact operation;
  operation.chat.text = chat;
  return operation;
}
inline OpenChat opening(std::string_view token) {
  OpenChat operation;
  operation.token = token;
  operation.source = "api";
  return operation;
}
inline RecordPageVisit page_of(std::string_view token, std::string_view url, std::string_view change = "url") {
  RecordPageVisit operation;
  operation.token = token;
  operation.change = change;
  operation.title = "Title of " + url;
  operation.url = url;
  return operation;
}
inline SetAgentStatus status_for(std::string_view agent, std::string_view status) {
  SetAgentStatus operation;
  operation.agent.text = agent;
  operation.status = status;
  return operation;
}
inline Agent agent_named(std::string_view id, std::string_view name, std::string_view status) {
  Agent agent;
  agent.id.text = id;
  agent.name = name;
  agent.status = status;
  return agent;
}

}  // namespace parley::store::test
