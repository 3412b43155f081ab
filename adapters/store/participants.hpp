// Shows a chat with the present data of its visitors and agents.
#pragma once

#include "adapters/store/transaction.hpp"

namespace parley::store {

/// What to add to a chat besides the present data of its participants.
enum class ChatDetail : std::uint8_t {
  of_people,  ///< nothing
  of_visit,   ///< visitor data that a participant cannot hold (company, city, browser, …), as named values
};

/// The record of a participant. At most one member is set; none if the store has no such record.
struct Person {
  const Visitor* visitor = nullptr;
  const Agent* agent = nullptr;
};

/// The records of a chat's participants, in the same order.
[[nodiscard]] List<Person> gather_people(const Chat& chat, Gathered& gathered);

/// Replaces participants' data with the present values of visitors (name, handles, addresses, attributes, pages) and
/// agents (name, status). A participant without a record stays unchanged. `people`: as returned by gather_people.
void refresh_participants(Chat& chat, const List<Person>& people, ChatDetail detail);

/// Reads the records and does the same, for a chat of a list. Returns the size of the records' JSON. Errors: those of the snapshot.
[[nodiscard]] Result<std::size_t> refresh_participants(Chat& chat, Snapshot& snapshot, ChatDetail detail);

}  // namespace parley::store
