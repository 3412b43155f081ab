// The operations that read one record. Whatever they want is asked for at once, but for the people of a chat.
#pragma once

#include "adapters/store/participants.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

struct ChatRecords {
  const Stored<Chat>* chat = nullptr;
  List<Person> people{};  ///< of a chat that goes on
};
ChatRecords gather(const GetChatContact& operation, Gathered& gathered);
/// The chat with its people as they are now, and what is known of the visit. Errors: no_such_chat (also one that is over).
Result<Outcome> decide(const GetChatContact& operation, const ChatRecords& found);

const FoundVisitor* gather(const GetVisitor& operation, Gathered& gathered);
/// Errors: no_such_visitor.
Result<Outcome> decide(const GetVisitor& operation, const FoundVisitor* visitor);

const Stored<Agent>* gather(const GetAgent& operation, Gathered& gathered);
/// Errors: no_such_agent.
Result<Outcome> decide(const GetAgent& operation, const Stored<Agent>* agent);

const Stored<Contact>* gather(const ListContactChannels& operation, Gathered& gathered);
/// One channel for each name: the one with the latest chat, where the name first stood. Nobody's contact has none.
Result<Outcome> decide(const ListContactChannels& operation, const Stored<Contact>* contact);

}  // namespace parley::store
