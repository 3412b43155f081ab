// The canonical requests: a facade decodes a call into an operation, a backend executes it. Whatever needs all operations (names,
// kinds, outcomes, tables of backends, conformance cases) is derived from the list at the end of this file.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "schemas/answer.hpp"
#include "schemas/operation_list.hpp"

namespace parley {

/// The contact of an open chat. Error for an ended chat: no_such_chat.
struct GetChatContact {
  static constexpr OperationFacts facts = reading("GetChatContact");
  using Answer = Ref<Chat>;
  using Substitute = Ref<Visitor>;  ///< of a backend that keeps no chats: the visitor with that id

  ChatId chat;
  Text domain;  ///< tenant as the client wrote it; empty = none given
};

// Every backend answers a list operation with the page that the query asks for.

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
  Text token;
};

/// A custom field of a visitor. Without `overwrite` it is set only if it has no value yet.
struct CustomField {
  Text name;
  Text value;
  bool overwrite = false;
};

/// Sets named values of a visitor and keeps its other values. Finds the visitor by id or by token (exactly one is set).
struct SetVisitorVariables {
  static constexpr OperationFacts facts = writing("SetVisitorVariables");
  using Answer = Ref<Visitor>;

  VisitorId visitor;
  Attributes variables;
  Text token{};
  List<CustomField> fields{};  ///< are set as fields; `variables` are set as variables
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

/// `status` is the display name of the status.
struct SetAgentStatus {
  static constexpr OperationFacts facts = writing("SetAgentStatus");
  using Answer = Ref<Agent>;

  AgentId agent;
  Text status;
};

/// How a backend recognises a returning visitor: it looks for each value in this order. E-mail addresses compare without case. A visitor
/// found by its e-mail address gets the new token; one found by its phone number keeps its own.
enum class IdentityRule : std::uint8_t {
  token_phone_email,
  token_email,
};

/// Updates the visitor that the backend recognises, or makes one. Absent members stay unchanged.
struct RegisterVisitor {
  static constexpr OperationFacts facts = writing("RegisterVisitor");
  using Answer = Ref<Visitor>;

  Text token;
  std::optional<Text> name;
  std::optional<Text> email;
  std::optional<Text> phone;
  std::optional<Text> department;
  Text username;  ///< only for a new visitor; empty = the next guest-N
  VisitorId id;   ///< only for a new visitor; empty = a new id
  List<CustomField> fields;
  IdentityRule identity = IdentityRule::token_phone_email;
  Text ip;
  Text user_agent;
  Text host;
};

/// Records that a visitor viewed a page. `verify`: the visitor and the chat must exist, and the chat must be the visitor's.
struct RecordPageVisit {
  static constexpr OperationFacts facts = writing("RecordPageVisit");
  using Answer = RecordedPage;

  Text token;
  ChatId chat;  ///< empty = before any chat
  Text change;
  Text title;
  Text url;
  bool verify = false;
};

/// An unknown contact has no channels; that is not an error.
struct ListContactChannels {
  static constexpr OperationFacts facts = reading("ListContactChannels");
  using Answer = List<Channel>;

  ContactId contact;
};

/// The visitor's open chat, or a new one. With `chat` set: that chat, which must be open and belong to the visitor.
struct OpenChat {
  static constexpr OperationFacts facts = writing("OpenChat");
  using Answer = OpenedChat;

  Text token;
  ChatId chat;
  AgentId agent;
  Text source;              ///< widget or api
  Text source_destination;  ///< host of the widget
};

/// The chats that have not ended, oldest first unless the query has an order.
struct ListChats {
  static constexpr OperationFacts facts = reading("ListChats");
  using Answer = Page<Chat>;

  Text domain;  ///< tenant as the client wrote it; empty = none given
  ListQuery query{};
};

/// All operations. After a new one is added here, the compiler names what must handle it: the tables of the backends and the store's
/// rules. A facade uses it once it has an endpoint for it.
using Operations =
    OperationList<GetChatContact, ListVisitors, GetVisitor, SetVisitorVariables, ListAgents, GetAgent, SetAgentStatus,
                  RegisterVisitor, RecordPageVisit, ListContactChannels, OpenChat, ListChats>;
using Operation = Operations::Operation;

inline constexpr std::size_t operation_count = Operations::count;

/// The kind of an operation type.
template <class Op>
inline constexpr OperationKind operation_kind = Operations::kind<Op>;

[[nodiscard]] inline OperationKind kind_of(const Operation& operation) noexcept {
  return static_cast<OperationKind>(operation.index());
}
[[nodiscard]] constexpr std::string_view name_of(OperationKind kind) noexcept {
  return Operations::facts[static_cast<std::size_t>(kind)].name;
}
/// Whether executing the operation may change something.
[[nodiscard]] constexpr bool writes(OperationKind kind) noexcept {
  return Operations::facts[static_cast<std::size_t>(kind)].writes;
}
/// Whether the operation answers with a page of records.
[[nodiscard]] constexpr bool lists(OperationKind kind) noexcept {
  return Operations::lists[static_cast<std::size_t>(kind)];
}

}  // namespace parley
