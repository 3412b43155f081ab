// The canonical requests: a facade decodes a call into an operation, a backend executes it. Whatever needs all operations (names,
// kinds, outcomes, tables of backends, conformance cases) is derived from the list at the end of this file.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "schemas/answer.hpp"
#include "schemas/chat_query.hpp"
#include "schemas/contact_operations.hpp"
#include "schemas/file_operations.hpp"
#include "schemas/operation_list.hpp"
#include "schemas/site_operations.hpp"

namespace parley {

/// The contact of a chat. Error: no_such_chat; so is an ended chat unless `ended_too`, which connectors may leave unheeded: their vendors
/// know open chats.
struct GetChatContact {
  static constexpr OperationFacts facts = reading("GetChatContact");
  using Answer = Ref<Chat>;
  using Substitute = Ref<Visitor>;  ///< of a backend that keeps no chats: the visitor with that id

  ChatId chat;
  Text domain;  ///< tenant as the client wrote it; empty = none given
  bool ended_too = false;
};

// Every backend answers a list operation with the page that the query asks for.

/// `on_site`: only the visitors who are on the site now, as the store has seen. A connector lists whom its vendor lists.
struct ListVisitors {
  static constexpr OperationFacts facts = reading("ListVisitors");
  using Answer = Page<Visitor>;

  ListQuery query{};
  bool on_site = false;
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

/// Updates the visitor that the backend recognises, or makes one. Absent members stay unchanged. Error: no_such_agent (`manager`).
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
  bool by_agent = false;  ///< an agent says it: no sign of life, and an empty e-mail or phone removes those there
  Text manager{};         ///< username of an agent who looks after the visitor, and must exist; empty = none
  shape::Extensions extensions{};  ///< replace those of the same shape and key
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

/// The chats of a filter, in the filter's order unless the query has an order.
struct ListChats {
  static constexpr OperationFacts facts = reading("ListChats");
  using Answer = Page<Chat>;

  Text domain;  ///< tenant as the client wrote it; empty = none given
  ListQuery query{};
  ChatFilter filter{};
};

/// A chat, open or ended.
struct GetChat {
  static constexpr OperationFacts facts = reading("GetChat");
  using Answer = Ref<Chat>;

  ChatRef chat{};
};

/// Writes a message. Errors: no_such_visitor; not_the_visitors_chat (no such chat, or another visitor's); chat_ended; message_exists (the
/// id belongs to a message with another author or content). The same message again is answered again, and stored once.
struct PostMessage {
  static constexpr OperationFacts facts = writing("PostMessage");
  using Answer = PostedMessage;

  ChatRef chat{};
  Actor author{};  ///< a visitor is named by `chat.token`; of an agent, the id or a name is set
  MessageId id{};  ///< chosen by the client; empty = a new id
  MessageKind kind = MessageKind::text;
  Text text{};
  MessageId reply_to{};
  bool reopen = false;  ///< if the chat has ended: opens a new one for the same visitor instead of an error
};

/// Replaces the text of a message. Errors: those of GetMessage; chat_ended; not_the_authors_message.
struct EditMessage {
  static constexpr OperationFacts facts = writing("EditMessage");
  using Answer = Ref<Message>;

  ChatRef chat{};
  Actor author{};  ///< as in PostMessage
  MessageId id{};
  Text text{};
};

/// Deletes a message: it keeps its number, loses its text, and is listed no more. Errors: as EditMessage.
struct DeleteMessage {
  static constexpr OperationFacts facts = writing("DeleteMessage");
  using Answer = Ref<Message>;

  ChatRef chat{};
  Actor author{};  ///< as in PostMessage
  MessageId id{};
};

/// Errors: no_such_visitor, not_the_visitors_chat, no_such_message (none with this id in the chat, or deleted).
struct GetMessage {
  static constexpr OperationFacts facts = reading("GetMessage");
  using Answer = Ref<Message>;

  ChatRef chat{};
  MessageId id{};
};

/// A chat with the messages of a query. Errors: those of GetChat.
struct ListMessages {
  static constexpr OperationFacts facts = reading("ListMessages");
  using Answer = Transcript;

  ChatRef chat{};
  MessageQuery query{};
};

/// The chats of a filter, each with all its messages. `limit`: most chats.
struct ListTranscripts {
  static constexpr OperationFacts facts = reading("ListTranscripts");
  using Answer = List<Transcript>;

  Text domain{};  ///< as in ListChats
  ChatFilter filter{};
  std::size_t limit = 0;
};

/// Ends a chat. Errors: those of GetChat; chat_ended.
struct CloseChat {
  static constexpr OperationFacts facts = writing("CloseChat");
  using Answer = Ref<Chat>;

  ChatRef chat{};
  Actor closer{};  ///< as `author` in PostMessage
  Text reason{};
  Text comment{};
  List<Text> tags{};  ///< are added to those of the chat
};

/// Ends every open chat.
struct CloseAllChats {
  static constexpr OperationFacts facts = writing("CloseAllChats");
  using Answer = ClosedChats;

  Text domain{};   ///< as in ListChats
  Actor closer{};  ///< as `author` in PostMessage
  Text reason{};
};

/// Gives a chat to an agent or a department (or both). From another agent too, with `transfer`. Errors: those of GetChat; chat_ended;
/// no_such_agent; chat_taken (another agent has it, and this is no transfer).
struct AssignChat {
  static constexpr OperationFacts facts = writing("AssignChat");
  using Answer = Ref<Chat>;

  ChatRef chat{};
  Actor by{};  ///< as `author` in PostMessage
  AgentId agent{};
  DepartmentId department{};
  Text comment{};
  bool transfer = false;
};

/// Keeps what the visitor thinks of a chat; a later rating replaces the answers of the same name. Errors: those of GetChat.
struct RateChat {
  static constexpr OperationFacts facts = writing("RateChat");
  using Answer = Ref<Chat>;

  ChatRef chat{};
  Rating rating{};
};

/// Writes messages of a visitor, all or none. An unknown visitor is registered. They go to the visitor's open chat, or to a new one. The
/// answer has these messages only.
struct PostMessages {
  static constexpr OperationFacts facts = writing("PostMessages");
  using Answer = Transcript;

  Text token{};  ///< not empty; as in RegisterVisitor
  List<Text> texts{};
  IdentityRule identity = IdentityRule::token_phone_email;  ///< of an unknown visitor: which ids it gets
  Text ip{};                                                ///< of an unknown visitor, as the two below
  Text user_agent{};
  Text host{};
  Text source{};              ///< as in OpenChat
  Text source_destination{};  ///< as in OpenChat
};

/// Changes what agents note of a chat and its visitor. Absent members stay unchanged. Errors: those of GetChat; no_such_visitor;
/// invalid_field (`attributes`).
struct ChangeChat {
  static constexpr OperationFacts facts = writing("ChangeChat");
  using Answer = Ref<Chat>;

  ChatRef chat{};
  std::optional<Text> topic{};
  std::optional<List<Text>> tags{};
  List<CustomField> fields{};  ///< are set among the chat's named values
  VisitorId visitor{};
  std::optional<Text> name{};
  std::optional<Text> email{};  ///< an empty one removes all addresses
  std::optional<Text> phone{};  ///< an empty one removes all numbers
  List<CustomField> visitor_fields{};
};

/// Keeps that somebody wants a copy of an open chat by e-mail, or forgets it (`withdraw`). Errors: those of GetChat; chat_ended;
/// transcript_requested; no_transcript_request.
struct RequestTranscript {
  static constexpr OperationFacts facts = writing("RequestTranscript");
  using Answer = Ref<Chat>;

  ChatRef chat{};
  Actor by{};  ///< as `author` in PostMessage
  Text email{};
  Text subject{};
  bool withdraw = false;
};

/// Removes ended chats with their messages; unknown ones are passed over. Errors, if `chats` has one: no_such_chat (unknown, or open).
struct DeleteChats {
  static constexpr OperationFacts facts = writing("DeleteChats");
  using Answer = DeletedChats;

  List<ChatRef> chats{};
};

/// All operations. After a new one is added here, the compiler names what must handle it: the tables of the backends and the store's
/// rules. A facade uses it once it has an endpoint for it.
using Operations =
    OperationList<GetChatContact, ListVisitors, GetVisitor, SetVisitorVariables, ListAgents, GetAgent, SetAgentStatus,
                  RegisterVisitor, RecordPageVisit, ListContactChannels, OpenChat, ListChats, GetChat, PostMessage,
                  EditMessage, DeleteMessage, GetMessage, ListMessages, ListTranscripts, CloseChat, CloseAllChats,
                  AssignChat, RateChat, DeleteChats, PostMessages, ChangeChat, RequestTranscript, ListDepartments,
                  GetDepartment, PutDepartment, DeleteDepartment, LeaveOfflineMessage, ListOfflineMessages,
                  GetOfflineMessage, ChangeOfflineMessage, DeleteOfflineMessages, SetPresence, DeleteVisitor, GetSite,
                  PostFile, GetFile, ListContacts, GetContact, PutContact, PutIdentity, DeleteIdentity, MergeContacts,
                  DeleteContacts>;

/// One of the operations. Its copies and moves are functions of operation.cpp: each source would compile them for itself otherwise.
struct Operation : Operations::OperationVariant {
  using variant::variant;
  Operation(const Operation&);
  Operation(Operation&&) noexcept;
  Operation& operator=(const Operation&);
  Operation& operator=(Operation&&) noexcept;
  ~Operation();
};

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
/// Whether the operation lists records of a whole table.
[[nodiscard]] constexpr bool lists(OperationKind kind) noexcept {
  return Operations::lists[static_cast<std::size_t>(kind)];
}

}  // namespace parley
