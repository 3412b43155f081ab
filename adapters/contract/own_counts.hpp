// What a store counts of its own accord.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "schemas/shape/loss.hpp"

namespace parley::contract {

/// Canonical members that a store fills in while a conversation goes on: no client has sent them. An answer without them lacks nothing that
/// anybody said, so a facade does not report them as losses of its answers. The tables of the shapes announce them nevertheless, because
/// in `translate` such a value is a part of somebody's document.
inline constexpr std::array<std::string_view, 21> own_counts = {
    "message.number",        "message.shown_at",       "message.updated_at",
    "chat.sequence",         "chat.updated_at",        "chat.taken_at",
    "chat.first_reply_at",   "chat.visitor_messages",  "chat.agent_messages",
    "chat.messages",         "chat.last_message_at",   "chat.contact",
    "department.updated_at", "offline_message.number", "offline_message.updated_at",
    "identity.id",           "identity.contact",       "contact.channels",
    "contact.unknown",       "contact.last_chat",      "contact.last_chat_at"};

[[nodiscard]] constexpr bool is_own_count(std::string_view member) noexcept {
  return std::find(own_counts.begin(), own_counts.end(), member) != own_counts.end();
}

/// Removes the losses that are own counts. Call it at the end of an answer.
inline void forgive_own_counts(shape::Losses& losses) {
  std::erase_if(losses, [](const shape::Loss& loss) { return is_own_count(loss.member.view()); });
}

}  // namespace parley::contract
