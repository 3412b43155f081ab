// Who did something in a chat: wrote a message, closed the chat.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley {

enum class ActorKind : std::uint8_t { unknown, visitor, agent, bot, system };
template <>
inline constexpr auto shape::words_of<ActorKind> = shape::words("", "visitor", "agent", "bot", "system");

/// `id` is the canonical id of the visitor or agent; empty where only a name is known. Names are those of that moment.
struct Actor {
  ActorKind kind = ActorKind::unknown;
  Text id;
  Text name;
  Text username;
  Text token;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Actor&, const Actor&) = default;
};

template <>
inline constexpr auto shape::fields_of<Actor> = shape::fields<Actor, "actor">(
    shape::row<&Actor::kind>("kind", shape::Need::optional, "visitor, agent, bot or system."),
    shape::row<&Actor::id>("id", shape::Need::optional, "Canonical id of the visitor or agent."),
    shape::row<&Actor::name>("name", shape::Need::optional, "Display name."),
    shape::row<&Actor::username>("username", shape::Need::optional, "Short handle."),
    shape::row<&Actor::token>("token", shape::Need::optional, "A visitor's secret handle."));

}  // namespace parley
