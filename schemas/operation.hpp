// The canonical requests: what a facade decodes and a backend executes. Everything else that has to know all operations
// (names, kinds, outcomes, tables of backends, conformance cases) is derived from the list at the end of this file.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "schemas/answer.hpp"
#include "schemas/operation_list.hpp"

namespace parley {

/// The contact object of a chat that goes on. An ended chat is no_such_chat.
struct GetChatContact {
  static constexpr OperationFacts facts = reading("GetChatContact");
  using Answer = Ref<Chat>;

  ChatId chat;
  String domain;  ///< tenant as the client wrote it; empty = none given
};

// A list operation answers with the page that its query asks for, whatever the backend is.

struct ListVisitors {
  static constexpr OperationFacts facts = reading("ListVisitors");
  using Answer = Page<Visitor>;

  ListQuery query{};
};

/// One visitor, by id or by token (exactly one is set).
struct GetVisitor {
  static constexpr OperationFacts facts = reading("GetVisitor");
  using Answer = Ref<Visitor>;

  VisitorId visitor;
  String token;
};

/// A custom field of a visitor. Not `overwrite` = only where it has no value yet.
struct CustomField {
  String name;
  String value;
  bool overwrite = false;
};

/// Sets named values of a visitor, by name; others stay. The visitor by id or by token (exactly one is set).
struct SetVisitorVariables {
  static constexpr OperationFacts facts = writing("SetVisitorVariables");
  using Answer = Ref<Visitor>;

  VisitorId visitor;
  Attributes variables;
  String token{};
  List<CustomField> fields{};  ///< set as fields, not as variables
};

struct ListAgents {
  static constexpr OperationFacts facts = reading("ListAgents");
  using Answer = Page<Agent>;

  ListQuery query{};
};

struct GetAgent {
  static constexpr OperationFacts facts = reading("GetAgent");
  using Answer = Ref<Agent>;

  AgentId agent;
};

/// `status` is already the display name.
struct SetAgentStatus {
  static constexpr OperationFacts facts = writing("SetAgentStatus");
  using Answer = Ref<Agent>;

  AgentId agent;
  String status;
};

/// How a backend recognises a returning visitor.
enum class IdentityRule : std::uint8_t {
  token_phone_email,  ///< by token; else by phone, and the visitor keeps its old token; else by e-mail, which takes the new token
  token_email,  ///< by token; else by e-mail, case ignored
};

/// Makes a visitor or updates the one it recognises. Absent = leave as it is.
struct RegisterVisitor {
  static constexpr OperationFacts facts = writing("RegisterVisitor");
  using Answer = Ref<Visitor>;

  String token;
  std::optional<String> name;
  std::optional<String> email;
  std::optional<String> phone;
  std::optional<String> department;
  String username;  ///< only for a new visitor; empty = the next guest-N
  VisitorId id;     ///< only for a new visitor; empty = a new id
  List<CustomField> fields;
  IdentityRule identity = IdentityRule::token_phone_email;
  String ip;
  String user_agent;
  String host;
};

/// Notes that a visitor looked at a page. `verify` = the visitor and the chat must exist and belong together.
struct RecordPageVisit {
  static constexpr OperationFacts facts = writing("RecordPageVisit");
  using Answer = RecordedPage;

  String token;
  ChatId chat;  ///< empty = before any chat
  String change;
  String title;
  String url;
  bool verify = false;
};

/// An unknown contact has no channels: not an error.
struct ListContactChannels {
  static constexpr OperationFacts facts = reading("ListContactChannels");
  using Answer = List<Channel>;

  ContactId contact;
};

/// The visitor's open chat, or a new one. With `chat` set: that one, which must be open and the visitor's.
struct OpenChat {
  static constexpr OperationFacts facts = writing("OpenChat");
  using Answer = OpenedChat;

  String token;
  ChatId chat;
  AgentId agent;
  String source;              ///< widget or api
  String source_destination;  ///< host of the widget
};

/// Of the chats that go on (not ended), oldest first unless the query has an order.
struct ListChats {
  static constexpr OperationFacts facts = reading("ListChats");
  using Answer = Page<Chat>;

  String domain;  ///< tenant as the client wrote it; empty = none given
  ListQuery query{};
};

/// All operations. A new one is added here, and the compiler names what has to know it: the tables of the backends, the
/// store's rule. Facades answer it once one of them has an endpoint for it.
using Operations =
    OperationList<GetChatContact, ListVisitors, GetVisitor, SetVisitorVariables, ListAgents, GetAgent, SetAgentStatus,
                  RegisterVisitor, RecordPageVisit, ListContactChannels, OpenChat, ListChats>;
using Operation = Operations::Operation;

inline constexpr std::size_t operation_count = Operations::count;

/// The kind of an operation's type.
template <class Op>
inline constexpr OperationKind operation_kind = Operations::kind<Op>;

[[nodiscard]] inline OperationKind kind_of(const Operation& operation) noexcept {
  return static_cast<OperationKind>(operation.index());
}
[[nodiscard]] constexpr std::string_view name_of(OperationKind kind) noexcept {
  return Operations::facts[static_cast<std::size_t>(kind)].name;
}
/// True where executing it may change something.
[[nodiscard]] constexpr bool writes(OperationKind kind) noexcept {
  return Operations::facts[static_cast<std::size_t>(kind)].writes;
}
/// True where it answers with a page of records.
[[nodiscard]] constexpr bool lists(OperationKind kind) noexcept {
  return Operations::lists[static_cast<std::size_t>(kind)];
}

}  // namespace parley
