// Operations that read one record. They need one round; GetChatContact needs a second one, for the people of the chat.
#pragma once

#include "adapters/store/participants.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

struct ChatRecords {
  const Stored<Chat>* chat = nullptr;
  List<Person> people{};  ///< of a chat that has not ended
};
ChatRecords gather(const GetChatContact& operation, Gathered& gathered);
/// The chat without its sequence, with the present data of its people and of the visit. Errors: no_such_chat (also if the chat has
/// ended).
Result<Outcome> decide(const GetChatContact& operation, const ChatRecords& found);

const FoundVisitor* gather(const GetVisitor& operation, Gathered& gathered);
/// Errors: no_such_visitor.
Result<Outcome> decide(const GetVisitor& operation, const FoundVisitor* visitor);

const Stored<Agent>* gather(const GetAgent& operation, Gathered& gathered);
/// Errors: no_such_agent.
Result<Outcome> decide(const GetAgent& operation, const Stored<Agent>* agent);

const Stored<Contact>* gather(const ListContactChannels& operation, Gathered& gathered);
/// One channel for each channel name: that with the latest chat. The names are in the order of their first appearance.
/// An unknown contact has no channels.
Result<Outcome> decide(const ListContactChannels& operation, const Stored<Contact>* contact);

}  // namespace parley::store
