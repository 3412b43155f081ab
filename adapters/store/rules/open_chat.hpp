// OpenChat: the visitor's open chat, or a new one with everything that follows from it.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/participants.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

struct OpenChatRecords {
  const FoundVisitor* visitor = nullptr;
  const Stored<Chat>* chat = nullptr;  ///< the chat that is asked for by id, or the visitor's open one
  List<Person> people{};               ///< of `chat`, where it is the answer
  // Where a chat is to be opened:
  const Stored<Agent>* agent = nullptr;  ///< the agent that is asked for
  const Stored<Contact>* contact = nullptr;
};

/// Three rounds: the visitor, the chat, then its people or what a new chat needs.
OpenChatRecords gather(const OpenChat& operation, Gathered& gathered);

/// The chat with its people as they are now. A new one is queued, or active where the agent exists who is asked for; the agent counts it,
/// the visitor's status follows, and the person behind the visitor (one contact, made with the first chat) has the channel it came by.
/// Errors: no_such_visitor; not_the_visitors_chat (with `chat` set: unknown, another visitor's, or over).
Result<Decision> decide(const OpenChat& operation, const OpenChatRecords& found, const DecisionContext& context);

}  // namespace parley::store
