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

/// POST livechat/chats:Search, livechat/missedAndRefusedChats:Search and livechat/offlineMessages:search. What began (was left) from `from`
/// to `to`, both included.
struct Search {
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

inline constexpr auto chat_search = shape::fields<Search, "comm100.chat_search">(
    shape::row<&Search::filters, SearchFilters>("filters", shape::Need::optional, "All of them must fit."),
    shape::row<&Search::from, shape::Nullable<shape::IsoTime>>("startTime", shape::Need::optional,
                                                               "Only chats that began then, or later."),
    shape::row<&Search::to, shape::Nullable<shape::IsoTime>>("endTime", shape::Need::optional,
                                                             "Only chats that began then, or before."));

inline constexpr auto offline_search = shape::fields<Search, "comm100.offline_search">(
    shape::row<&Search::filters, SearchFilters>("filters", shape::Need::optional, "All of them must fit."),
    shape::row<&Search::from, shape::Nullable<shape::IsoTime>>("startTime", shape::Need::optional,
                                                               "Only messages that were left then, or later."),
    shape::row<&Search::to, shape::Nullable<shape::IsoTime>>("endTime", shape::Need::optional,
                                                             "Only messages that were left then, or before."));

/// The guid of the department that the filters ask for, as a canonical id; empty if they ask for none. The zero guid asks for what has no
/// department. Errors: invalid_field, for a filter or an operator that Parley does not have.
Result<String> department_of(const List<SearchFilter>& filters);

/// How clients name a chat or an offline message: by its guid (`id`, canonical), or by its number where `id` is empty.
struct RecordName {
  Text id;
  std::int64_t number = 0;
};

/// nullopt: the text is neither a guid nor a number from 1.
[[nodiscard]] std::optional<RecordName> record_named(std::string_view text);

struct NumberOrGuid {
  static constexpr shape::Type type{.form = shape::Form::json};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, RecordName& name, shape::Reading& reading);
  static void write(const RecordName& name, shape::Writer& writer);
  static bool empty(const RecordName& name) { return name.id.empty() && name.number == 0; }
};

/// DELETE livechat/chats and livechat/offlineMessages: an element of the list, if it is an object. The vendor's elements are bare ids.
struct RecordKey {
  RecordName name;
};

inline constexpr auto chat_key =
    shape::fields<RecordKey, "comm100.chat_key">(shape::row<&RecordKey::name, NumberOrGuid>(
        "id", shape::Need::required, "Number or guid of the chat. The bare id may stand for the object."));
inline constexpr auto offline_message_key =
    shape::fields<RecordKey, "comm100.offline_message_key">(shape::row<&RecordKey::name, NumberOrGuid>(
        "id", shape::Need::required, "Number or guid of the message. The bare id may stand for the object."));

/// A value that may be absent. null counts as absent.
template <class Inner>
struct Optional {
  static constexpr shape::Type type = shape::nullable(Inner::type);
  static constexpr shape::Fidelity fidelity = Inner::fidelity;
  template <class T>
  static shape::Fit read(const shape::Node& node, std::optional<T>& value, shape::Reading& reading) {
    if (node.kind == shape::NodeKind::null) return shape::Fit::respelt;
    return Inner::read(node, value.emplace(), reading);
  }
  template <class T>
  static void write(const std::optional<T>& value, shape::Writer& writer) {
    value ? Inner::write(*value, writer) : writer.null();
  }
  template <class T>
  static bool empty(const std::optional<T>& value) {
    return !value;
  }
};
using OptionalText = Optional<shape::TextCodec>;

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
