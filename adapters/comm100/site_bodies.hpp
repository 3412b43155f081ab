// The bodies of the requests that change departments and offline messages.
#pragma once

#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/department.hpp"

namespace parley::comm100 {

/// A list of which only the JSON text is kept; null counts as absent.
struct KeptList {
  static constexpr shape::Type type{.form = shape::Form::list, .element = &shape::JsonCodec::type, .nullable = true};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, Json& value, shape::Reading& reading) {
    if (node.kind == shape::NodeKind::null) return shape::Fit::respelt;
    return node.is_array() ? shape::JsonCodec::read(node, value, reading) : reading.refuse(node, "a list");
  }
  static void write(const Json& value, shape::Writer& writer) { shape::JsonCodec::write(value, writer); }
  static bool empty(const Json& value) { return value.text.empty(); }
};

/// POST global/departments and PUT global/departments/{id}. `ticketing` and the lists after `agents` are only kept. PUT leaves unchanged what
/// is absent or null.
struct DepartmentUpdate {
  Text id;
  Text name;
  std::optional<Text> description;
  std::optional<bool> in_live_chat;
  std::optional<bool> ticketing;
  MailTo mail_to = MailTo::unsaid;
  Text addresses;
  std::optional<List<Text>> agents;
  Json triggers;
  Json shifts;
  Json segments;
};

inline constexpr auto department_update = shape::fields<DepartmentUpdate, "comm100.department_update">(
    shape::row<&DepartmentUpdate::id, shape::Nullable<LooseText>>("id", shape::Need::optional,
                                                                  "The id of the path once more. POST ignores it."),
    shape::row<&DepartmentUpdate::name, LooseText>("name", shape::Need::required, "Display name."),
    shape::row<&DepartmentUpdate::description, Optional<LooseText>>("description", shape::Need::optional,
                                                                    "What it is for."),
    shape::row<&DepartmentUpdate::in_live_chat, Optional<shape::BooleanCodec>>(
        "isAvailableInLiveChat", shape::Need::optional, "Whether it takes chats; true where POST leaves it out."),
    shape::row<&DepartmentUpdate::ticketing, Optional<shape::BooleanCodec>>("isAvailableInTicketingAndMessaging",
                                                                            shape::Need::optional, "Is kept."),
    shape::row<&DepartmentUpdate::mail_to, shape::Nullable<shape::WordCodec<MailTo>>>(
        "offlineMessageMailTo", shape::Need::optional,
        "toAllAgents or toEmailAddresses. With toAllAgents the addresses have no effect."),
    shape::row<&DepartmentUpdate::addresses, shape::Nullable<LooseText>>(
        "offlineMessageEmailAddresses", shape::Need::optional, "toEmailAddresses needs it."),
    shape::row<&DepartmentUpdate::agents, Optional<shape::ListOf<GuidId>>>("agentIds", shape::Need::optional,
                                                                           "Ids of its agents."),
    shape::row<&DepartmentUpdate::triggers, KeptList>("chatbotStartTriggerActionIds", shape::Need::optional,
                                                      "Is kept."),
    shape::row<&DepartmentUpdate::shifts, KeptList>("shiftIds", shape::Need::optional, "Is kept."),
    shape::row<&DepartmentUpdate::segments, KeptList>("segmentIds", shape::Need::optional, "Is kept."));

/// Adds a department (`replaced` is empty; the backend chooses the id), or changes one. Errors: missing_field, for a blank name or for
/// toEmailAddresses without an address; invalid_field, where the body's id is not a guid or differs from `replaced`.
[[nodiscard]] Result<PutDepartment> operation_of(DepartmentUpdate&& body, DepartmentId replaced);

/// PUT livechat/offlineMessages/{id}. Members that are absent or null stay as they are.
struct OfflineMessageUpdate {
  std::optional<Text> name;
  std::optional<Text> email;
  std::optional<Text> phone;
  std::optional<Text> company;
  std::optional<DepartmentId> department;
  std::optional<AgentId> agent;
  std::optional<std::int64_t> ticket;
  std::optional<Text> subject;
  std::optional<Text> text;
};

inline constexpr auto offline_message_update = shape::fields<OfflineMessageUpdate, "comm100.offline_message_update">(
    shape::row<&OfflineMessageUpdate::name, OptionalText>("name", shape::Need::optional, "Who left it."),
    shape::row<&OfflineMessageUpdate::email, OptionalText>("email", shape::Need::optional,
                                                           "E-mail address to answer to."),
    shape::row<&OfflineMessageUpdate::phone, OptionalText>("phone", shape::Need::optional,
                                                           "Phone number to answer to."),
    shape::row<&OfflineMessageUpdate::company, OptionalText>("company", shape::Need::optional,
                                                             "Company of who left it."),
    shape::row<&OfflineMessageUpdate::department, Optional<GuidId>>("departmentId", shape::Need::optional,
                                                                    "Its department; the zero guid for none."),
    shape::row<&OfflineMessageUpdate::agent, Optional<GuidId>>("agentId", shape::Need::optional,
                                                               "Who deals with it; the zero guid for nobody."),
    shape::row<&OfflineMessageUpdate::ticket, Optional<shape::IntegerCodec>>("ticketId", shape::Need::optional,
                                                                             "Number of its ticket; 0 for none."),
    shape::row<&OfflineMessageUpdate::subject, OptionalText>("subject", shape::Need::optional, "What it is about."),
    shape::row<&OfflineMessageUpdate::text, OptionalText>("message", shape::Need::optional, "What was written."));

[[nodiscard]] OfflineMessageRef offline_message_ref(RecordName&& name);
/// Errors: invalid_field, for a ticket below 0.
[[nodiscard]] Result<ChangeOfflineMessage> operation_of(OfflineMessageUpdate&& body, OfflineMessageRef message);

}  // namespace parley::comm100
