// OpenChat: returns the visitor's open chat, or opens a new one and makes the changes that follow from it.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/participants.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// Counts the chats of the store: a new chat gets the next number as its sequence.
inline constexpr std::string_view chat_counter = "chats";

/// What a new chat is made of.
struct AddedChatRecords {
  const Stored<Agent>* agent = nullptr;  ///< who takes it at once
  const Stored<Contact>* contact =
      nullptr;  ///< the visitor's; or one without a channel that is known by the visitor's address or number
  const std::int64_t* chats = nullptr;
};
/// Needs up to two rounds. `agent` is left to the caller.
void gather_added(AddedChatRecords& found, const FoundVisitor& visitor, Gathered& gathered);

/// A new chat of the visitor, without present data of people. It is active if an agent takes it, otherwise queued. Adds all changes that
/// follow from it, but not that of the chat itself.
[[nodiscard]] Chat add_chat(const OpenChat& operation, const FoundVisitor& starter, const AddedChatRecords& found,
                            const DecisionContext& context, Changes& changes);

/// An agent as somebody in a chat.
[[nodiscard]] Participant taking_part(const Agent& agent, Time begin_at);

struct OpenChatRecords {
  const FoundVisitor* visitor = nullptr;
  const Stored<Chat>* chat = nullptr;  ///< the chat of the requested id, or the visitor's open chat
  List<Person> people{};               ///< of `chat`, if it is the answer
  AddedChatRecords added{};            ///< set if a new chat is needed
};

/// Needs up to four rounds: the visitor; the chat; then the chat's people, or the records that a new chat needs; a registered contact.
OpenChatRecords gather(const OpenChat& operation, Gathered& gathered);

/// The chat, with the present data of its people. A new chat is active if the requested agent exists, otherwise queued. The agent's number
/// of chats and the visitor's status are updated. The visitor's contact gets the channel that the chat came by. With the first chat it is
/// made, or found: a contact without a channel that has the visitor's e-mail address or number. Errors: no_such_visitor;
/// not_the_visitors_chat (the operation names a chat that does not exist, has ended, or belongs to another visitor).
Result<Decision> decide(const OpenChat& operation, const OpenChatRecords& found, const DecisionContext& context);

}  // namespace parley::store
