// GetChat, GetMessage and ListMessages: reads of conversations.
#pragma once

#include "adapters/store/participants.hpp"
#include "adapters/store/rules/chat_ref.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

struct GetChatRecords {
  NamedChat named;
  List<Person> people{};
};
/// Needs two rounds.
GetChatRecords gather(const GetChat& operation, Gathered& gathered);
/// The chat, with the present data of its people and of the visit. In a chat that has ended, people keep their names of then where the store
/// knows no others. Errors: those of `check`.
Result<Outcome> decide(const GetChat& operation, const GetChatRecords& found);

struct GetMessageRecords {
  NamedChat named;
  const Stored<Message>* message = nullptr;
};
/// Needs one round.
GetMessageRecords gather(const GetMessage& operation, Gathered& gathered);
/// Errors: those of `check`; no_such_message.
Result<Outcome> decide(const GetMessage& operation, const GetMessageRecords& found);

struct ListMessagesRecords {
  NamedChat named;
  List<Person> people{};
  const FoundMessages* messages = nullptr;
};
/// Needs two rounds.
ListMessagesRecords gather(const ListMessages& operation, Gathered& gathered);
/// The chat as GetChat shows it, and its messages. Errors: those of `check`; answer_too_large.
Result<Outcome> decide(const ListMessages& operation, const ListMessagesRecords& found);

}  // namespace parley::store
