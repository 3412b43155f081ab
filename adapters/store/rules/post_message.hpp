// PostMessage: adds a message to an open chat, once.
#pragma once

#include "adapters/store/rules/chat_ref.hpp"
#include "adapters/store/rules/open_chat.hpp"

namespace parley::store {

struct PostMessageRecords {
  NamedChat named;                         ///< the chat of the operation
  const Stored<Agent>* agent = nullptr;    ///< the author, if it is a known agent
  const Stored<Message>* known = nullptr;  ///< the message that has the chosen id
  const Stored<Chat>* chat = nullptr;      ///< the chat that takes the message; nullptr: a new one
  const LastMessage* last = nullptr;       ///< of `chat`
  AddedChatRecords added;                  ///< set where a chat must be opened
};

/// Needs three rounds where the chat has ended and the operation says `reopen`; else two.
PostMessageRecords gather(const PostMessage& operation, Gathered& gathered);

/// The message, with its place in the chat. A message with the id of one that has the same author and content is answered with that one.
/// Errors: those of `check`; message_exists; chat_ended.
Result<Decision> decide(const PostMessage& operation, const PostMessageRecords& found, const DecisionContext& context);

}  // namespace parley::store
