// A chat as it is now: the record of the chat, with the visitors and agents in it as they are today.
#pragma once

#include "adapters/store/transaction.hpp"

namespace parley::store {

/// What a chat shows beside its participants as they are now.
enum class ChatDetail : std::uint8_t {
  of_people,  ///< nothing else
  of_visit,   ///< what a participant has no member for (company, city, browser, …) goes among the chat's named values
};

/// The record behind a participant: at most one of them, none where the store has no such record.
struct Person {
  const Visitor* visitor = nullptr;
  const Agent* agent = nullptr;
};

/// The records of a chat's participants, in their order.
[[nodiscard]] List<Person> gather_people(const Chat& chat, Gathered& gathered);

/// Lays the present values of visitors (name, handles, addresses, attributes, pages) and agents (name, status) over the participants.
/// A participant without a record stays as the chat has it. `people` are the chat's, in their order.
void refresh_participants(Chat& chat, const List<Person>& people, ChatDetail detail);

/// The same for a chat of a list. Errors: those of the snapshot.
[[nodiscard]] Result<void> refresh_participants(Chat& chat, Snapshot& snapshot, ChatDetail detail);

}  // namespace parley::store
