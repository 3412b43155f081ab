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
