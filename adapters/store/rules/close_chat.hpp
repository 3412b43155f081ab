// CloseChat and CloseAllChats: ends chats.
#pragma once

#include "adapters/store/participants.hpp"
#include "adapters/store/rules/chat_ref.hpp"

namespace parley::store {

/// An open chat and what changes with its end.
struct ClosingRecords {
  const Stored<Chat>* chat = nullptr;
  const LastMessage* last = nullptr;
  const FoundVisitor* visitor = nullptr;  ///< who started it
  const Stored<Chat>* open = nullptr;     ///< the visitor's latest open chat
  const Stored<Agent>* agent = nullptr;   ///< who has it
};
struct CloseChatRecords {
  NamedChat named;
  const Stored<Agent>* closer = nullptr;  ///< if it is a known agent
  ClosingRecords closing{};
  List<Person> people{};
};
/// Needs two rounds.
CloseChatRecords gather(const CloseChat& operation, Gathered& gathered);
/// The chat, with present data of its people. A message says that it was closed. Nobody takes part any more, the agent has a chat less, and
/// the visitor's status is that of an ended chat. Errors: those of `check`; chat_ended.
Result<Decision> decide(const CloseChat& operation, const CloseChatRecords& found, const DecisionContext& context);

struct CloseAllChatsRecords {
  const Stored<Agent>* closer = nullptr;
  List<ClosingRecords> closing{};
};
/// Needs two rounds.
CloseAllChatsRecords gather(const CloseAllChats& operation, Gathered& gathered);
/// The ids of the chats that were open, the oldest first. No errors.
Result<Decision> decide(const CloseAllChats& operation, const CloseAllChatsRecords& found,
                        const DecisionContext& context);

}  // namespace parley::store
