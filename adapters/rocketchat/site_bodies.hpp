// The bodies of the calls about departments, and of those by which visitors say that they are there or leave a message: a struct and
// a table for each, as in bodies.hpp.
#pragma once

#include "adapters/rocketchat/bodies.hpp"

namespace parley::rocketchat {

// --- visitors --------------------------------------------------------------------------------------------------------

/// POST livechat/visitor.status.
struct VisitorStatusBody {
  Text token;
  Presence status = Presence::unknown;
};
inline constexpr auto visitor_status_body = shape::fields<VisitorStatusBody, "rocketchat.visitor_status">(
    shape::row<&VisitorStatusBody::token>("token", shape::Need::required, body_rows::token_note),
    shape::row<&VisitorStatusBody::status>("status", shape::Need::required, "online, away, busy or offline."),
    shape::closed());

/// POST livechat/offline.message.
struct OfflineMessageBody {
  Text name;
  Text email;
  Text message;
  Text department;
  Text host;
};
inline constexpr auto offline_message_body = shape::fields<OfflineMessageBody, "rocketchat.offline_message">(
    shape::row<&OfflineMessageBody::name>("name", shape::Need::required, "Who leaves it; not blank."),
    shape::row<&OfflineMessageBody::email>("email", shape::Need::required, "E-mail address to answer to."),
    shape::row<&OfflineMessageBody::message>("message", shape::Need::required, "The text; not blank."),
    shape::row<&OfflineMessageBody::department, NullableText>("department", shape::Need::optional,
                                                              "Id of the department; empty = none."),
    shape::row<&OfflineMessageBody::host, NullableText>("host", shape::Need::optional, "Site with the form."),
    shape::closed());

[[nodiscard]] LeaveOfflineMessage operation_of(OfflineMessageBody&& body);

// --- departments -----------------------------------------------------------------------------------------------------

/// `department` of POST and PUT livechat/department. Members without a canonical field are kept as the client wrote them.
struct DepartmentFieldsBody {
  Text id;
  Text name;
  bool enabled = false;
  Text description;
  Text email;
  bool show_on_registration = false;
  bool show_on_offline_form = false;
  Json offline_channel;
  Json asks_for_tag;
  Json closing_tags;
  Json forwards_to;
  Json fallback;
  Json archived;
  Json business_hour;
  Json most_chats;
  Json agent_count;
  Json updated_at;
  friend bool operator==(const DepartmentFieldsBody&, const DepartmentFieldsBody&) = default;
};
/// An element of `agents`. `count` and `order` are read to report that they are not kept.
struct DepartmentAgentBody {
  Text id;
  Json count;
  Json order;
  friend bool operator==(const DepartmentAgentBody&, const DepartmentAgentBody&) = default;
};
struct DepartmentBody {
  DepartmentFieldsBody department;
  List<DepartmentAgentBody> agents;
};

namespace body_rows {
inline constexpr std::string_view kept_note = "Kept as it is.";
inline constexpr std::string_view computed_note = "Of a document that was read before; has no effect.";
inline constexpr std::string_view agents_note = "Its agents.";
inline constexpr std::string_view department_note = "The department.";
}  // namespace body_rows

inline constexpr auto department_fields_body = shape::fields<DepartmentFieldsBody, "rocketchat.department_fields">(
    shape::row<&DepartmentFieldsBody::name>("name", shape::Need::required, "Display name; not blank."),
    shape::row<&DepartmentFieldsBody::email>("email", shape::Need::required,
                                             "Address for messages that are left for it."),
    shape::row<&DepartmentFieldsBody::enabled>("enabled", shape::Need::required, "Whether it takes chats."),
    shape::row<&DepartmentFieldsBody::show_on_registration>("showOnRegistration", shape::Need::required,
                                                            "Offered in the form before a chat."),
    shape::row<&DepartmentFieldsBody::show_on_offline_form>("showOnOfflineForm", shape::Need::required,
                                                            "Offered in the form for offline messages."),
    shape::row<&DepartmentFieldsBody::id, NullableText>("_id", shape::Need::optional,
                                                        "Of a new department: its id. Else the id in the path counts."),
    shape::row<&DepartmentFieldsBody::description, NullableText>("description", shape::Need::optional,
                                                                 "What it is for."),
    shape::row<&DepartmentFieldsBody::offline_channel>("offlineMessageChannelName", shape::Need::optional,
                                                       body_rows::kept_note),
    shape::row<&DepartmentFieldsBody::asks_for_tag>("requestTagBeforeClosingChat", shape::Need::optional,
                                                    body_rows::kept_note),
    shape::row<&DepartmentFieldsBody::closing_tags>("chatClosingTags", shape::Need::optional, body_rows::kept_note),
    shape::row<&DepartmentFieldsBody::forwards_to>("departmentsAllowedToForward", shape::Need::optional,
                                                   body_rows::kept_note),
    shape::row<&DepartmentFieldsBody::fallback>("fallbackForwardDepartment", shape::Need::optional,
                                                body_rows::kept_note),
    shape::row<&DepartmentFieldsBody::archived>("archived", shape::Need::optional, body_rows::kept_note),
    shape::row<&DepartmentFieldsBody::business_hour>("businessHourId", shape::Need::optional, body_rows::kept_note),
    shape::row<&DepartmentFieldsBody::most_chats>("maxNumberSimultaneousChat", shape::Need::optional,
                                                  body_rows::kept_note),
    shape::row<&DepartmentFieldsBody::agent_count>("numAgents", shape::Need::optional, body_rows::computed_note),
    shape::row<&DepartmentFieldsBody::updated_at>("_updatedAt", shape::Need::optional, body_rows::computed_note),
    shape::closed());

/// Not closed: clients send the elements that they read with livechat/department/:_id/agents.
inline constexpr auto department_agent_body = shape::fields<DepartmentAgentBody, "rocketchat.department_agent">(
    shape::row<&DepartmentAgentBody::id>("agentId", shape::Need::required, "Id of the agent."),
    shape::row<&DepartmentAgentBody::count>("count", shape::Need::optional, "Not kept; only 0 is no loss."),
    shape::row<&DepartmentAgentBody::order>("order", shape::Need::optional, "Not kept; only 0 is no loss."));

inline constexpr auto department_body = shape::fields<DepartmentBody, "rocketchat.new_department_fields">(
    shape::row<&DepartmentBody::department, shape::Object<department_fields_body>>("department", shape::Need::required,
                                                                                   body_rows::department_note),
    shape::row<&DepartmentBody::agents, shape::ListOf<shape::Object<department_agent_body>>>(
        "agents", shape::Need::optional, body_rows::agents_note),
    shape::closed());
/// The agents of a PUT join those that are there.
inline constexpr auto changed_department_body = shape::fields<DepartmentBody, "rocketchat.changed_department">(
    shape::row<&DepartmentBody::department, shape::Object<department_fields_body>>("department", shape::Need::required,
                                                                                   body_rows::department_note),
    shape::row<&DepartmentBody::agents, shape::ListOf<shape::Object<department_agent_body>>>(
        "agents", shape::Need::required, body_rows::agents_note),
    shape::closed());

struct DepartmentAgentsBody {
  List<DepartmentAgentBody> upsert;
  List<DepartmentAgentBody> remove;
};
inline constexpr auto department_agents_body = shape::fields<DepartmentAgentsBody, "rocketchat.department_agents">(
    shape::row<&DepartmentAgentsBody::upsert, shape::ListOf<shape::Object<department_agent_body>>>(
        "upsert", shape::Need::required, "Agents who join."),
    shape::row<&DepartmentAgentsBody::remove, shape::ListOf<shape::Object<department_agent_body>>>(
        "remove", shape::Need::required, "Agents who leave."));

/// Does not set `create`. The agents join.
[[nodiscard]] PutDepartment operation_of(DepartmentBody&& body);

}  // namespace parley::rocketchat
