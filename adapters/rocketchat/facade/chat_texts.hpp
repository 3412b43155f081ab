// What the texts of messages must be like, and who an agent is. For the decoders of visitor_chat.cpp and agent_chat.cpp.
#pragma once

#include "adapters/http/request.hpp"
#include "adapters/rocketchat/errors.hpp"
#include "adapters/rocketchat/settings.hpp"
#include "schemas/canonical/actor.hpp"

namespace parley::rocketchat {

inline constexpr std::size_t most_text = 65'536;  ///< bytes of a message's text
inline constexpr std::size_t longest_id = 128;    ///< bytes of an id that a client chooses

/// What a server says to a visitor, and to an agent, whose text is too long.
inline constexpr std::string_view too_long_of_visitor = "message-length-exceeds-character-limit";
inline constexpr std::string_view too_long_of_agent = "error-message-size-exceeded";

/// Errors: invalid_field with the source by_name: `too_long`, or a code of our own for a text with U+0000.
Result<void> check_text(std::string_view text, std::string_view field, std::string_view too_long);
/// The same for a text of a visitor, which also has no more characters than the widget was told.
Result<void> check_visitors_text(const Widget& widget, std::string_view text, std::string_view field);
/// The same for an id that a client chose for a message; an empty one stands for a new id.
Result<void> check_chosen_id(std::string_view id, std::string_view field);

/// The agent who calls. Errors: unauthorized, on a route without credentials where the caller does not say who it is.
Result<Actor> caller(const http::Request& request);

}  // namespace parley::rocketchat
