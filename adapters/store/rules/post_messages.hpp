// PostMessages: adds messages of a visitor, who is registered and gets a chat where needed.
#pragma once

#include "adapters/store/rules/open_chat.hpp"

namespace parley::store {

struct PostMessagesRecords {
  const FoundVisitor* visitor = nullptr;
  const std::int64_t* guests = nullptr;  ///< of an unknown visitor: the highest N of any guest-N so far
  const Stored<Chat>* chat = nullptr;    ///< the visitor's open chat
  const LastMessage* last = nullptr;     ///< of `chat`
  List<Person> people{};                 ///< of `chat`
  AddedChatRecords added{};              ///< set if a new chat is needed
};

/// Needs up to three rounds.
PostMessagesRecords gather(const PostMessages& operation, Gathered& gathered);

/// The chat, with the present data of its people, and the messages that were added. Errors: invalid_field (no token).
Result<Decision> decide(const PostMessages& operation, const PostMessagesRecords& found,
                        const DecisionContext& context);

}  // namespace parley::store
