// An agent: a person who answers chats.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley {

/// `status` is a display name: Online, Away, Offline, or a custom name such as Meeting.
struct Agent {
  AgentId id;
  Text username;
  Text name;
  Text first_name;
  Text last_name;
  List<Text> emails;
  Text phone;
  Text title;
  Text bio;
  Text time_zone;
  Text status;
  std::int64_t ongoing_chats = 0;
  std::int64_t most_chats = 0;
  List<Text> departments;
  bool administrator = false;
  bool disabled = false;
  Time created_at;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Agent&, const Agent&) = default;
};

/// Whether an agent takes chats now.
[[nodiscard]] inline bool is_available(const Agent& agent) noexcept { return agent.status == "Online"; }

template <>
inline constexpr auto shape::fields_of<Agent> = shape::fields<Agent, "agent">(
    shape::row<&Agent::id>("id", shape::Need::required, "Stable id of the agent."),
    shape::row<&Agent::username>("username", shape::Need::optional, "Login name."),
    shape::row<&Agent::name>("name", shape::Need::optional, "Display name."),
    shape::row<&Agent::first_name>("first_name", shape::Need::optional, "Given name."),
    shape::row<&Agent::last_name>("last_name", shape::Need::optional, "Family name."),
    shape::row<&Agent::emails>("emails", shape::Need::optional, "E-mail addresses, the preferred one first."),
    shape::row<&Agent::phone>("phone", shape::Need::optional, "Phone number."),
    shape::row<&Agent::title>("title", shape::Need::optional, "Job title."),
    shape::row<&Agent::bio>("bio", shape::Need::optional, "A few words about the agent, for visitors."),
    shape::row<&Agent::time_zone>("time_zone", shape::Need::optional, "Time zone, as text."),
    shape::row<&Agent::status>("status", shape::Need::optional, "Display name of the status."),
    shape::row<&Agent::ongoing_chats>("ongoing_chats", shape::Need::optional, "Chats that the agent has open now."),
    shape::row<&Agent::most_chats>("most_chats", shape::Need::optional, "Most chats at once; 0: no limit of its own."),
    shape::row<&Agent::departments>("departments", shape::Need::optional, "Ids of the agent's departments."),
    shape::row<&Agent::administrator>("administrator", shape::Need::optional, "May change the settings of the site."),
    shape::row<&Agent::disabled>("disabled", shape::Need::optional, "May not log in."),
    shape::row<&Agent::created_at>("created_at", shape::Need::optional, "When the record was made."));

}  // namespace parley
