// OpenChat: returns the visitor's open chat, or opens a new one and makes the changes that follow from it.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/participants.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

struct OpenChatRecords {
  const FoundVisitor* visitor = nullptr;
  const Stored<Chat>* chat = nullptr;  ///< the chat of the requested id, or the visitor's open chat
  List<Person> people{};               ///< of `chat`, if it is the answer
  // Set if a new chat is needed:
  const Stored<Agent>* agent = nullptr;  ///< the requested agent
  const Stored<Contact>* contact = nullptr;
};

/// Needs three rounds: the visitor; the chat; then the chat's people, or the records that a new chat needs.
OpenChatRecords gather(const OpenChat& operation, Gathered& gathered);

/// The chat, with the present data of its people. A new chat is active if the requested agent exists, otherwise queued.
/// The agent's number of chats and the visitor's status are updated. The visitor's contact, made with the first chat,
/// gets the channel that the chat came by. Errors: no_such_visitor; not_the_visitors_chat (the operation names a chat
/// that does not exist, has ended, or belongs to another visitor).
Result<Decision> decide(const OpenChat& operation, const OpenChatRecords& found, const DecisionContext& context);

}  // namespace parley::store
