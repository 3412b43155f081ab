// The canonical requests: what a facade decodes and a backend executes.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "schemas/attribute.hpp"
#include "schemas/id.hpp"
#include "schemas/text.hpp"
#include "schemas/time.hpp"

namespace parley {

/// The contact object of a chat that goes on. An ended chat is no_such_chat.
struct GetChatContact {
  ChatId chat;
  String domain;  ///< tenant as the client wrote it; empty = none given
};

/// What a client asks of a list, in the words of the API that it called: filters, order and page, checked and decoded.
/// A backend that speaks the same API may obey all of it and say so; every other gives the whole list, and the facade
/// that made the query selects.
struct ListQuery {
  std::string_view api;  ///< the adapter's name; a literal; empty = nothing is asked
  List<std::pair<String, String>> parameters;
};

/// Every visitor of the store.
struct ListVisitors {
  ListQuery query{};
};

/// One visitor, by id or by token (exactly one is set).
struct GetVisitor {
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
  VisitorId visitor;
  Attributes variables;
  String token{};
  List<CustomField> fields{};  ///< set as fields, not as variables
};

struct ListAgents {
  ListQuery query{};
};

struct GetAgent {
  AgentId agent;
};

/// `status` is already the display name.
struct SetAgentStatus {
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
  String token;
  ChatId chat;  ///< empty = before any chat
  String change;
  String title;
  String url;
  bool verify = false;
};

/// An unknown contact has no channels: not an error.
struct ListContactChannels {
  ContactId contact;
};

/// The visitor's open chat, or a new one. With `chat` set: that one, which must be open and the visitor's.
struct OpenChat {
  String token;
  ChatId chat;
  AgentId agent;
  String source;              ///< widget or api
  String source_destination;  ///< host of the widget
};

/// The chats that go on (not ended), oldest first.
struct ListChats {
  String domain;  ///< tenant as the client wrote it; empty = none given
  ListQuery query{};
};

using Operation =
    std::variant<GetChatContact, ListVisitors, GetVisitor, SetVisitorVariables, ListAgents, GetAgent, SetAgentStatus,
                 RegisterVisitor, RecordPageVisit, ListContactChannels, OpenChat, ListChats>;

/// Index of an operation in the variant; its name is in operation_names.
enum class OperationKind : std::uint8_t {
  get_chat_contact,
  list_visitors,
  get_visitor,
  set_visitor_variables,
  list_agents,
  get_agent,
  set_agent_status,
  register_visitor,
  record_page_visit,
  list_contact_channels,
  open_chat,
  list_chats,
};
inline constexpr std::array<std::string_view, std::variant_size_v<Operation>> operation_names = {
    "GetChatContact", "ListVisitors",    "GetVisitor",      "SetVisitorVariables", "ListAgents", "GetAgent",
    "SetAgentStatus", "RegisterVisitor", "RecordPageVisit", "ListContactChannels", "OpenChat",   "ListChats"};

[[nodiscard]] inline OperationKind kind_of(const Operation& operation) noexcept {
  return static_cast<OperationKind>(operation.index());
}
[[nodiscard]] inline std::string_view name_of(OperationKind kind) noexcept {
  return operation_names[static_cast<std::size_t>(kind)];
}
/// True where executing it may change something.
[[nodiscard]] inline bool writes(OperationKind kind) noexcept {
  switch (kind) {
    case OperationKind::set_visitor_variables:
    case OperationKind::set_agent_status:
    case OperationKind::register_visitor:
    case OperationKind::record_page_visit:
    case OperationKind::open_chat:
      return true;
    default:
      return false;
  }
}

}  // namespace parley
