// A chat as it is now: the record of the chat, with the visitors and agents in it as they are today.
#pragma once

#include <vector>

#include "adapters/sqlite/tables.hpp"
#include "adapters/store/versions.hpp"

namespace parley::sqlite {

/// A composed record's origins.
struct Dependencies {
  std::vector<store::Slot> slots;  ///< of every record it shows, also of those that are not there yet
  std::size_t bytes = 0;           ///< their JSON together
};

/// What a chat shows beside its participants as they are now.
enum class ChatDetail : std::uint8_t {
  of_people,  ///< nothing else
  of_visit,   ///< what a participant has no member for (company, city, browser, …) goes among the chat's named values
};

/// Lays the present values of visitors (name, handles, addresses, attributes, pages) and agents (name, status) over the participants.
/// A participant whose record is not in the store stays as the chat has it.
void refresh_participants(Chat& chat, Tables& tables, Dependencies& origins,
                          ChatDetail telling = ChatDetail::of_people);

/// The visitor's status that goes with his chats.
[[nodiscard]] VisitorStatus status_of(Standing standing) noexcept;

/// Agents with this status count as online.
inline constexpr std::string_view online_status = "Online";

}  // namespace parley::sqlite
