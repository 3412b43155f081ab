// The bodies of the vendor's requests: a struct and a table for each. The facade reads a body by its table, and the connector
// writes it by the same table. `operation_of` and `body_of` convert between bodies and operations.
#pragma once

#include <optional>

#include "adapters/comm100/codecs.hpp"
#include "schemas/operation.hpp"

namespace parley::comm100 {

/// PUT livechat/agents/{id}.
struct AgentUpdate {
  Text id;
  Text status;
};

inline constexpr auto agent_update = shape::fields<AgentUpdate, "comm100.agent_update">(
    shape::row<&AgentUpdate::id, shape::Nullable<LooseText>>("id", shape::Need::optional,
                                                             "The id of the path once more."),
    shape::row<&AgentUpdate::status, LooseText>("status", shape::Need::required,
                                                "Name of the status: online, away, or a custom one."));

/// `agent`: the canonical id from the path. `status` is copied from the body unchanged. Errors: invalid_field, where the body's
/// id is not a guid or differs from `agent`.
[[nodiscard]] Result<SetAgentStatus> operation_of(AgentUpdate&& body, AgentId agent);
[[nodiscard]] AgentUpdate body_of(const SetAgentStatus& operation);

/// PUT livechat/visitors/{id}: an element of the list. Unlike in a document, value and url may be null.
inline constexpr auto variable_update = shape::fields<FieldAndValue, "comm100.variable_update">(
    shape::row<&FieldAndValue::name, LooseText>("name", shape::Need::required, "Name of the variable."),
    shape::row<&FieldAndValue::value, shape::Nullable<LooseText>>("value", shape::Need::always, "Its value."),
    shape::row<&FieldAndValue::url, shape::Nullable<LooseText>>("url", shape::Need::always,
                                                                "A link that goes with it."));

/// The variable that an element of the body sets.
[[nodiscard]] Attribute variable_of(FieldAndValue&& body);
/// The element that sets a variable. A value that is not text is sent as its JSON text.
[[nodiscard]] FieldAndValue body_of(const Attribute& variable);

/// One filter of a search.
struct SearchFilter {
  Text name;
  Text op;
  List<Text> value;
};

/// POST livechat/chats:Search and livechat/missedAndRefusedChats:Search. Chats that began from `from` to `to`, both included.
struct ChatSearch {
  List<SearchFilter> filters;
  Time from;
  Time to;
};

inline constexpr auto search_filter = shape::fields<SearchFilter, "comm100.search_filter">(
    shape::row<&SearchFilter::name, LooseText>("name", shape::Need::required,
                                               "departmentId; others only with the operator ignored."),
    shape::row<&SearchFilter::op, LooseText>("operator", shape::Need::required, "is or ignored."),
    shape::row<&SearchFilter::value, shape::ListOf<LooseText>>("value", shape::Need::required, "One value."));

/// The filters; null counts as none.
struct SearchFilters {
  using Filters = shape::ListOf<shape::Object<search_filter>>;
  static constexpr shape::Type type = Filters::type;
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, List<SearchFilter>& value, shape::Reading& reading) {
    if (node.kind == shape::NodeKind::null) return shape::Fit::respelt;
    return Filters::read(node, value, reading);
  }
  static void write(const List<SearchFilter>& value, shape::Writer& writer) { Filters::write(value, writer); }
  static bool empty(const List<SearchFilter>& value) { return value.empty(); }
};

inline constexpr auto chat_search = shape::fields<ChatSearch, "comm100.chat_search">(
    shape::row<&ChatSearch::filters, SearchFilters>("filters", shape::Need::optional, "All of them must fit."),
    shape::row<&ChatSearch::from, shape::Nullable<shape::IsoTime>>("startTime", shape::Need::optional,
                                                                   "Only chats that began then, or later."),
    shape::row<&ChatSearch::to, shape::Nullable<shape::IsoTime>>("endTime", shape::Need::optional,
                                                                 "Only chats that began then, or before."));

/// Adds what a search asks for to the filter. Errors: invalid_field, for a filter or an operator that Parley does not have.
Result<void> apply(const ChatSearch& search, ChatFilter& filter);

/// The chat that a client names by number or by guid; nullopt: the text is neither.
[[nodiscard]] std::optional<ChatRef> chat_named(std::string_view text);

/// A chat by its number or its guid.
struct ChatNumber {
  static constexpr shape::Type type{.form = shape::Form::json};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, ChatRef& chat, shape::Reading& reading);
  static void write(const ChatRef& chat, shape::Writer& writer);
  static bool empty(const ChatRef& chat) { return chat.id.empty() && chat.sequence == 0; }
};

/// DELETE livechat/chats: an element of the list, if it is an object. The vendor's elements are bare ids.
struct ChatKey {
  ChatRef chat;
};

inline constexpr auto chat_key = shape::fields<ChatKey, "comm100.chat_key">(shape::row<&ChatKey::chat, ChatNumber>(
    "id", shape::Need::required, "Number or guid of the chat. The bare id may stand for the object."));

/// A text that may be absent.
struct OptionalText {
  static constexpr shape::Type type = shape::nullable(shape::TextCodec::type);
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, std::optional<Text>& value, shape::Reading& reading) {
    if (node.kind == shape::NodeKind::null) return shape::Fit::respelt;
    return shape::TextCodec::read(node, value.emplace(), reading);
  }
  static void write(const std::optional<Text>& value, shape::Writer& writer) {
    writer.string(value ? value->view() : std::string_view());
  }
  static bool empty(const std::optional<Text>& value) { return !value; }
};

/// POST /oauth/token, as a form or as JSON. The grant type decides which other members are needed.
struct TokenRequest {
  std::optional<Text> grant_type;
  std::optional<Text> refresh_token;
  std::optional<Text> email;
  std::optional<Text> password;
  std::optional<Text> client_id;
};

inline constexpr auto token_request = shape::fields<TokenRequest, "comm100.token_request">(
    shape::row<&TokenRequest::grant_type, OptionalText>("grant_type", shape::Need::required,
                                                        "password or refresh_token."),
    shape::row<&TokenRequest::refresh_token, OptionalText>("refresh_token", shape::Need::optional,
                                                           "Of an earlier answer. The grant refresh_token needs it."),
    shape::row<&TokenRequest::email, OptionalText>("email", shape::Need::optional,
                                                   "Address of the user. The grant password needs it."),
    shape::row<&TokenRequest::password, OptionalText>("password", shape::Need::optional,
                                                      "Password of the user. The grant password needs it."),
    shape::row<&TokenRequest::client_id, OptionalText>("client_id", shape::Need::optional,
                                                       "The OAuth client, where the site asks for one."));

/// The request as a URL-encoded form: the members that are set, in the order of the table.
[[nodiscard]] String write_form(const TokenRequest& request);

}  // namespace parley::comm100
