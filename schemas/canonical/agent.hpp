// An agent: a person who answers chats.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley {

/// `status` is a display name: Online, Away, Offline, or a custom name such as Meeting.
struct Agent {
  AgentId id;
  Text username;
  Text name;
  Text status;
  std::int64_t ongoing_chats = 0;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Agent&, const Agent&) = default;
};

template <>
inline constexpr auto shape::fields_of<Agent> = shape::fields<Agent, "agent">(
    shape::row<&Agent::id>("id", shape::Need::required, "Stable id of the agent."),
    shape::row<&Agent::username>("username", shape::Need::optional, "Login name."),
    shape::row<&Agent::name>("name", shape::Need::optional, "Display name."),
    shape::row<&Agent::status>("status", shape::Need::optional, "Display name of the status."),
    shape::row<&Agent::ongoing_chats>("ongoing_chats", shape::Need::optional, "Chats that the agent has open now."));

}  // namespace parley
