// DeleteChats: removes ended chats with their messages.
#pragma once

#include "adapters/store/rules/chat_ref.hpp"

namespace parley::store {

using DeleteChatsRecords = List<NamedChat>;
/// Needs one round.
DeleteChatsRecords gather(const DeleteChats& operation, Gathered& gathered);

/// The number of chats removed; each is counted once. Errors, where the operation names one chat: no_such_chat (unknown, or open).
Result<Decision> decide(const DeleteChats& operation, const DeleteChatsRecords& found, const DecisionContext& context);

}  // namespace parley::store
