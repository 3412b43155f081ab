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

// --- rooms -----------------------------------------------------------------------------------------------------------

/// A value of which absent (or null) and empty are not the same.
template <class Inner>
struct Given {
  static constexpr shape::Type type = shape::nullable(Inner::type);
  static constexpr shape::Fidelity fidelity = Inner::fidelity;
  template <class T>
  static shape::Fit read(const shape::Node& node, std::optional<T>& value, shape::Reading& reading) {
    return node.kind == shape::NodeKind::null ? shape::Fit::respelt : Inner::read(node, value.emplace(), reading);
  }
  template <class T>
  static void write(const std::optional<T>& value, shape::Writer& writer) {
    Inner::write(*value, writer);
  }
  template <class T>
  static bool empty(const std::optional<T>& value) {
    return !value;
  }
};
using GivenText = Given<shape::TextCodec>;
using GivenTexts = Given<shape::ListOf<shape::TextCodec>>;

/// POST livechat/transcript.
struct SendTranscriptBody {
  Text token;
  Text room;
  Text email;
  Text subject;
};
inline constexpr auto send_transcript_body = shape::fields<SendTranscriptBody, "rocketchat.send_transcript">(
    shape::row<&SendTranscriptBody::token>("token", shape::Need::required, body_rows::token_note),
    shape::row<&SendTranscriptBody::room>("rid", shape::Need::required, "Id of the room."),
    shape::row<&SendTranscriptBody::email>("email", shape::Need::required, "Address to send it to."),
    shape::row<&SendTranscriptBody::subject, NullableText>("subject", shape::Need::optional, "Subject of the e-mail."),
    shape::closed());

/// POST livechat/transcript/:rid.
struct TranscriptBody {
  Text email;
  Text subject;
};
inline constexpr auto transcript_body = shape::fields<TranscriptBody, "rocketchat.requested_transcript">(
    shape::row<&TranscriptBody::email>("email", shape::Need::required, "Address to send it to."),
    shape::row<&TranscriptBody::subject>("subject", shape::Need::required, "Subject of the e-mail."), shape::closed());

/// `guestData` and `roomData` of POST livechat/room.saveInfo.
struct GuestDataBody {
  Text id;
  std::optional<Text> name;
  std::optional<Text> email;
  std::optional<Text> phone;
  Attributes data;
  friend bool operator==(const GuestDataBody&, const GuestDataBody&) = default;
};
struct RoomDataBody {
  Text id;
  std::optional<Text> topic;
  std::optional<List<Text>> tags;
  Attributes data;
  Text priority;
  Text agreement;
  friend bool operator==(const RoomDataBody&, const RoomDataBody&) = default;
};
struct SaveInfoBody {
  GuestDataBody guest;
  RoomDataBody room;
};
inline constexpr auto guest_data_body = shape::fields<GuestDataBody, "rocketchat.guest_data">(
    shape::row<&GuestDataBody::id>("_id", shape::Need::required, "Id of the visitor."),
    shape::row<&GuestDataBody::name, GivenText>("name", shape::Need::optional, "New name; a blank one has no effect."),
    shape::row<&GuestDataBody::email, GivenText>("email", shape::Need::optional, "The only address; empty = none."),
    shape::row<&GuestDataBody::phone, GivenText>("phone", shape::Need::optional, "The only number; empty = none."),
    shape::row<&GuestDataBody::data, shape::Nullable<ValueMap>>("livechatData", shape::Need::optional,
                                                                "Custom fields to be set."),
    shape::closed());
inline constexpr auto room_data_body = shape::fields<RoomDataBody, "rocketchat.room_data">(
    shape::row<&RoomDataBody::id>("_id", shape::Need::required, "Id of the room."),
    shape::row<&RoomDataBody::topic, GivenText>("topic", shape::Need::optional, "What it is about; empty = nothing."),
    shape::row<&RoomDataBody::tags, GivenTexts>("tags", shape::Need::optional, "Replace those of the room."),
    shape::row<&RoomDataBody::data, shape::Nullable<ValueMap>>("livechatData", shape::Need::optional,
                                                               "Custom fields to be set."),
    shape::row<&RoomDataBody::priority, NullableText>("priorityId", shape::Need::optional,
                                                      "Not kept; only empty is no loss."),
    shape::row<&RoomDataBody::agreement, NullableText>("slaId", shape::Need::optional,
                                                       "Not kept; only empty is no loss."),
    shape::closed());
inline constexpr auto save_info_body = shape::fields<SaveInfoBody, "rocketchat.save_info">(
    shape::row<&SaveInfoBody::guest, shape::Object<guest_data_body>>("guestData", shape::Need::required,
                                                                     "The visitor."),
    shape::row<&SaveInfoBody::room, shape::Object<room_data_body>>("roomData", shape::Need::required, "The room."),
    shape::closed());

/// POST livechat/messages.
struct BatchVisitorBody {
  Text token;
  friend bool operator==(const BatchVisitorBody&, const BatchVisitorBody&) = default;
};
struct BatchedMessageBody {
  Text text;
  friend bool operator==(const BatchedMessageBody&, const BatchedMessageBody&) = default;
};
struct MessagesBody {
  BatchVisitorBody visitor;
  List<BatchedMessageBody> messages;
};
inline constexpr auto batch_visitor_body = shape::fields<BatchVisitorBody, "rocketchat.batch_visitor">(
    shape::row<&BatchVisitorBody::token>("token", shape::Need::required, body_rows::token_note), shape::closed());
inline constexpr auto batched_message_body = shape::fields<BatchedMessageBody, "rocketchat.batched_message">(
    shape::row<&BatchedMessageBody::text>("msg", shape::Need::required, "The text, of at most 64 KiB."),
    shape::closed());
inline constexpr auto messages_body = shape::fields<MessagesBody, "rocketchat.batch">(
    shape::row<&MessagesBody::visitor, shape::Object<batch_visitor_body>>("visitor", shape::Need::required,
                                                                          "Who wrote them; registered if unknown."),
    shape::row<&MessagesBody::messages, shape::ListOf<shape::Object<batched_message_body>>>(
        "messages", shape::Need::required, "1 to 1000 messages, in their order."),
    shape::closed());

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
