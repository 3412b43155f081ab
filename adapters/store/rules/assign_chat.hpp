// AssignChat: an agent takes a chat, or a chat goes to another agent or department.
#pragma once

#include "adapters/store/participants.hpp"
#include "adapters/store/rules/chat_ref.hpp"

namespace parley::store {

struct AssignChatRecords {
  NamedChat named;
  const Stored<Agent>* by = nullptr;      ///< who does it, if it is a known agent
  const Stored<Agent>* agent = nullptr;   ///< the new agent
  const Stored<Agent>* before = nullptr;  ///< who has the chat now
  const LastMessage* last = nullptr;
  const FoundVisitor* visitor = nullptr;  ///< who started the chat
  List<Person> people{};
};
/// Needs two rounds.
AssignChatRecords gather(const AssignChat& operation, Gathered& gathered);

/// The chat, with present data of its people. It is active if an agent has it now, else queued. The former agent leaves it. A message says
/// that it was taken or transferred. Nothing changes if the agent takes what he or she has; a transfer to the agent who has it is
/// chat_taken. An agent without a record who takes a chat gets one. Errors: those of `check`; chat_ended; no_such_agent; chat_taken.
Result<Decision> decide(const AssignChat& operation, const AssignChatRecords& found, const DecisionContext& context);

}  // namespace parley::store
