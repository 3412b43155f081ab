// A chat's standing (waiting, chatting, ended), and the visitor status that follows from it.
#pragma once

#include <cstdint>

#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/visitor.hpp"

namespace parley::store {

/// Stores save these numbers, so they must never change.
enum class Standing : std::uint8_t { waiting = 1, chatting = 2, ended = 3 };

/// Computed from the chat's own fields. `chatting`: the chat has an agent, or an agent among its participants who has not left.
[[nodiscard]] Standing standing_of(const Chat& chat) noexcept;

/// The visitor status for a standing of the visitor's chats.
[[nodiscard]] VisitorStatus status_of(Standing standing) noexcept;

}  // namespace parley::store
