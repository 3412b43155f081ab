// Adds messages to a chat, and keeps the chat's record in step with them.
#pragma once

#include "adapters/store/decision.hpp"

namespace parley::store {

/// Gives `message` its place at the end of `chat`: its chat, number and times. Counts it in the chat. `last`: the chat's present last
/// message; nullptr: there is none, and counts that a vendor told of the chat end here.
void append(Message& message, Chat& chat, const LastMessage* last, Time now);

/// Counts a message that has its place, and that is the last one now. `first`: it is the chat's first message, and counts that a vendor told
/// of the chat end here.
void count(const Message& message, Chat& chat, bool first);

/// A message of the store about what `by` did in the chat. It has its id and no place yet.
[[nodiscard]] Message notice(MessageKind kind, Actor by, const DecisionContext& context);

}  // namespace parley::store
