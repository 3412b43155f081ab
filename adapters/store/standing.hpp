// How a chat stands, and what that makes of its visitor.
#pragma once

#include <cstdint>

#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/visitor.hpp"

namespace parley::store {

/// How a chat stands. A store keeps the numbers: they never change.
enum class Standing : std::uint8_t { waiting = 1, chatting = 2, ended = 3 };

/// The standing of a chat, by its own fields: an agent who has not left makes it `chatting`.
[[nodiscard]] Standing standing_of(const Chat& chat) noexcept;

/// The visitor's status that goes with his chats.
[[nodiscard]] VisitorStatus status_of(Standing standing) noexcept;

}  // namespace parley::store
