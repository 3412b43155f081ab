// The bodies of the vendor's requests: a struct and a table for each. The facade reads a body by its table, and the connector
// writes it by the same table. `operation_of` and `body_of` convert between bodies and operations.
#pragma once

#include <optional>

#include "adapters/rocketchat/codecs.hpp"
#include "schemas/operation.hpp"
#include "schemas/shape/codecs.hpp"

namespace parley::rocketchat {

// --- codecs ----------------------------------------------------------------------------------------------------------

/// Text. Any other value is treated as absent.
struct TextIfText {
  static constexpr shape::Type type{.form = shape::Form::json};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  template <class T>
  static shape::Fit read(const shape::Node& node, T& value, shape::Reading&) {
    if (!node.is_text()) return shape::Fit::respelt;
    value = Text(node.text);
    return shape::Fit::exact;
  }
  static void write(const Text& value, shape::Writer& writer) { writer.string(value); }
  static bool empty(const Text& value) { return value.empty(); }
  static void write(const std::optional<Text>& value, shape::Writer& writer) { writer.string(value.value_or("")); }
  static bool empty(const std::optional<Text>& value) { return !value; }
};

/// `available` or `not-available`.
struct AvailabilityWord {
  static constexpr shape::Type type{.form = shape::Form::word, .words = LivechatAvailability::words};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, Text& value, shape::Reading& reading) {
    return shape::TextCodec::read(node, value, reading);
  }
  static void write(const Text& value, shape::Writer& writer) { writer.string(value); }
  static bool empty(const Text& value) { return value.empty(); }
};

using NullableText = shape::Nullable<shape::TextCodec>;

// --- custom fields ---------------------------------------------------------------------------------------------------

/// An element of `customFields`.
struct FieldBody {
  Text key;
  Text value;
  bool overwrite = false;
  friend bool operator==(const FieldBody&, const FieldBody&) = default;
};

/// POST livechat/custom.field.
struct SetFieldBody {
  Text token;
  Text key;
  Text value;
  bool overwrite = false;
};

/// POST livechat/custom.fields.
struct SetFieldsBody {
  Text token;
  List<FieldBody> fields;
};

namespace body_rows {
using shape::Need;
inline constexpr std::string_view token_note = "The visitor's token.";
inline constexpr std::string_view key_note = "Name of the custom field.";
inline constexpr std::string_view value_note = "Its value.";
inline constexpr std::string_view overwrite_note = "false: only where the field has no value yet.";
inline constexpr auto key = shape::row<&FieldBody::key>("key", Need::required, key_note);
inline constexpr auto value = shape::row<&FieldBody::value>("value", Need::required, value_note);
inline constexpr auto overwrite = shape::row<&FieldBody::overwrite>("overwrite", Need::required, overwrite_note);
inline constexpr auto fields_token = shape::row<&SetFieldsBody::token>("token", Need::required, token_note);
}  // namespace body_rows

inline constexpr auto field_body = shape::fields<FieldBody, "rocketchat.custom_field">(
    body_rows::key, body_rows::value, body_rows::overwrite, shape::closed());
/// The same for the validator `check`, which ignores further members here.
inline constexpr auto open_field_body =
    shape::fields<FieldBody, "rocketchat.open_custom_field">(body_rows::key, body_rows::value, body_rows::overwrite);

inline constexpr auto set_field_body = shape::fields<SetFieldBody, "rocketchat.set_custom_field">(
    shape::row<&SetFieldBody::token>("token", shape::Need::required, body_rows::token_note),
    shape::row<&SetFieldBody::key>("key", shape::Need::required, body_rows::key_note),
    shape::row<&SetFieldBody::value>("value", shape::Need::required, body_rows::value_note),
    shape::row<&SetFieldBody::overwrite>("overwrite", shape::Need::required, body_rows::overwrite_note),
    shape::closed());

inline constexpr auto set_fields_body = shape::fields<SetFieldsBody, "rocketchat.set_custom_fields">(
    body_rows::fields_token,
    shape::row<&SetFieldsBody::fields, shape::ListOf<shape::Object<field_body>>>("customFields", shape::Need::required,
                                                                                 "The fields to be set."),
    shape::closed());
inline constexpr auto set_fields_body_0_70 = shape::fields<SetFieldsBody, "rocketchat.set_custom_fields_0_70">(
    body_rows::fields_token,
    shape::row<&SetFieldsBody::fields, shape::ListOf<shape::Object<open_field_body>>>(
        "customFields", shape::Need::required, "The fields to be set."),
    shape::closed());

/// A body names the visitor by token and the values as custom fields. `variables` and `visitor` of the operation stay empty.
[[nodiscard]] SetVisitorVariables operation_of(SetFieldBody&& body);
[[nodiscard]] SetVisitorVariables operation_of(SetFieldsBody&& body);
[[nodiscard]] SetFieldBody body_of(const Text& token, const CustomField& field);
[[nodiscard]] SetFieldsBody body_of(const Text& token, const List<CustomField>& fields);

// --- registration ----------------------------------------------------------------------------------------------------

/// `visitor` of a registration. An empty text has no effect: the server keeps the value that it has.
struct VisitorBody {
  Text token;
  Text name;
  Text email;
  Text phone;
  Text department;
  Text username;
  Text id;
  List<FieldBody> fields;
  friend bool operator==(const VisitorBody&, const VisitorBody&) = default;
};

/// POST livechat/visitor.
struct RegistrationBody {
  VisitorBody visitor;
};

inline constexpr auto visitor_body = shape::fields<VisitorBody, "rocketchat.registered_visitor">(
    shape::row<&VisitorBody::token>("token", shape::Need::required,
                                    "Chosen by the client; whoever knows it may act as the visitor."),
    shape::row<&VisitorBody::name, NullableText>("name", shape::Need::optional, "Display name."),
    shape::row<&VisitorBody::email, NullableText>("email", shape::Need::optional, "E-mail address."),
    shape::row<&VisitorBody::phone, NullableText>("phone", shape::Need::optional, "Phone number."),
    shape::row<&VisitorBody::department, NullableText>("department", shape::Need::optional,
                                                       "Id or name of the department."),
    shape::row<&VisitorBody::username, NullableText>("username", shape::Need::optional,
                                                     "Only for a new visitor; else the next guest-N."),
    shape::row<&VisitorBody::id, TextIfText>("id", shape::Need::optional,
                                             "Only for a new visitor: its id. A value that is not text is ignored."),
    shape::row<&VisitorBody::fields, shape::Nullable<shape::ListOf<shape::Object<open_field_body>>>>(
        "customFields", shape::Need::optional, "Custom fields to be set."));

inline constexpr auto registration_body = shape::fields<RegistrationBody, "rocketchat.registration">(
    shape::row<&RegistrationBody::visitor, shape::Object<visitor_body>>("visitor", shape::Need::required,
                                                                        "Who is to be known."),
    shape::closed());

/// Does not set `identity`, nor the members that a server takes from the request: `ip`, `user_agent`, `host`.
[[nodiscard]] RegisterVisitor operation_of(RegistrationBody&& body);
[[nodiscard]] RegistrationBody body_of(const RegisterVisitor& operation);

// --- page visited ----------------------------------------------------------------------------------------------------

struct LocationBody {
  Text href;
  friend bool operator==(const LocationBody&, const LocationBody&) = default;
};
struct PageInfoBody {
  Text change;
  Text title;
  LocationBody location;
  friend bool operator==(const PageInfoBody&, const PageInfoBody&) = default;
};
/// POST livechat/page.visited.
struct PageBody {
  Text token;
  Text rid;
  PageInfoBody info;
};

namespace body_rows {
inline constexpr auto href = shape::row<&LocationBody::href>("href", Need::required, "Address of the page.");
inline constexpr auto change =
    shape::row<&PageInfoBody::change>("change", Need::required, "What made the page change: url or title.");
inline constexpr auto title = shape::row<&PageInfoBody::title>("title", Need::required, "Title of the page.");
inline constexpr std::string_view location_note = "Where the visitor is.";
inline constexpr auto page_token = shape::row<&PageBody::token>("token", Need::required, token_note);
inline constexpr auto rid =
    shape::row<&PageBody::rid, NullableText>("rid", Need::optional, "Id of the room; none before any chat.");
inline constexpr std::string_view info_note = "The page.";
}  // namespace body_rows

// Current servers check for missing members in the order title, change, location; servers of 0.70 begin with change.
inline constexpr auto location_body =
    shape::fields<LocationBody, "rocketchat.page_location">(body_rows::href, shape::closed());
inline constexpr auto page_info_body = shape::fields<PageInfoBody, "rocketchat.page_info">(
    body_rows::title, body_rows::change,
    shape::row<&PageInfoBody::location, shape::Object<location_body>>("location", shape::Need::required,
                                                                      body_rows::location_note),
    shape::closed());
inline constexpr auto page_body = shape::fields<PageBody, "rocketchat.page_visited">(
    body_rows::page_token, body_rows::rid,
    shape::row<&PageBody::info, shape::Object<page_info_body>>("pageInfo", shape::Need::required, body_rows::info_note),
    shape::closed());

inline constexpr auto open_location_body =
    shape::fields<LocationBody, "rocketchat.page_location_0_70">(body_rows::href);
inline constexpr auto page_info_body_0_70 = shape::fields<PageInfoBody, "rocketchat.page_info_0_70">(
    body_rows::change, body_rows::title,
    shape::row<&PageInfoBody::location, shape::Object<open_location_body>>("location", shape::Need::required,
                                                                           body_rows::location_note));
inline constexpr auto page_body_0_70 = shape::fields<PageBody, "rocketchat.page_visited_0_70">(
    body_rows::page_token, shape::row<&PageBody::rid>("rid", shape::Need::required, "Id of the room."),
    shape::row<&PageBody::info, shape::Object<page_info_body_0_70>>("pageInfo", shape::Need::required,
                                                                    body_rows::info_note),
    shape::closed());

/// The body that the connector sends: the members in the order of 0.70, without `rid` where there is no room yet.
inline constexpr auto sent_page_body = shape::fields<PageBody, "rocketchat.sent_page_visited">(
    body_rows::page_token, body_rows::rid,
    shape::row<&PageBody::info, shape::Object<page_info_body_0_70>>("pageInfo", shape::Need::required,
                                                                    body_rows::info_note));

/// Does not set `verify`.
[[nodiscard]] RecordPageVisit operation_of(PageBody&& body);
[[nodiscard]] PageBody body_of(const RecordPageVisit& operation);

// --- agent status ----------------------------------------------------------------------------------------------------

/// POST livechat/agent.status.
struct AgentStatusBody {
  Text status;
  Text agent;
};

/// A body without a status toggles the status at the vendor. Toggling needs the present status, so `status` is required here.
inline constexpr auto agent_status_body = shape::fields<AgentStatusBody, "rocketchat.agent_status">(
    shape::row<&AgentStatusBody::status, shape::Nullable<AvailabilityWord>>("status", shape::Need::required,
                                                                            "Whether the agent takes chats."),
    shape::row<&AgentStatusBody::agent, NullableText>("agentId", shape::Need::always,
                                                      "Id of the agent; the caller where it is absent."),
    shape::closed());

/// body_of keeps only the availability of a status: `Online` becomes available, any other status not-available.
[[nodiscard]] SetAgentStatus operation_of(AgentStatusBody&& body);
[[nodiscard]] AgentStatusBody body_of(const SetAgentStatus& operation);

// --- login -----------------------------------------------------------------------------------------------------------

/// A password as text, or its SHA-256 in hexadecimal digits.
struct PasswordBody {
  std::optional<Text> text;
  Text digest;
};

/// Text, or `{"digest": "…", "algorithm": "sha-256"}`.
struct PasswordCodec {
  static constexpr shape::Type type{.form = shape::Form::json};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, PasswordBody& value, shape::Reading& reading);
  static void write(const PasswordBody& value, shape::Writer& writer);
  static bool empty(const PasswordBody& value) { return !value.text && value.digest.empty(); }
};

/// POST login.
struct LoginBody {
  std::optional<Text> user;
  Text username;
  Text email;
  PasswordBody password;
  Text resume;
  Json code;
};

inline constexpr auto login_body = shape::fields<LoginBody, "rocketchat.login">(
    shape::row<&LoginBody::user, TextIfText>("user", shape::Need::optional,
                                             "A name, or an address if it has an @. Goes before the two others."),
    shape::row<&LoginBody::username, NullableText>("username", shape::Need::optional, "A name."),
    shape::row<&LoginBody::email, NullableText>("email", shape::Need::optional, "An e-mail address."),
    shape::row<&LoginBody::password, shape::Nullable<PasswordCodec>>(
        "password", shape::Need::optional, "Text, or {digest, algorithm} with the SHA-256 in hexadecimal digits."),
    shape::row<&LoginBody::resume, NullableText>("resume", shape::Need::optional,
                                                 "The token of an earlier login, in place of all the others."),
    shape::row<&LoginBody::code>("code", shape::Need::optional,
                                 "For a second factor, which no user here has; ignored."),
    shape::closed());

/// The JSON of a body, written by its table.
template <const auto& TableRef>
[[nodiscard]] Buffer write_body(const typename std::remove_cvref_t<decltype(TableRef)>::object& body) {
  Buffer text;
  shape::Writer writer(text);
  shape::write_object(shape::view<TableRef>, &body, writer);
  writer.finish();
  return text;
}

}  // namespace parley::rocketchat
