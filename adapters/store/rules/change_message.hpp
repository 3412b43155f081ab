// EditMessage and DeleteMessage: an author changes a message of an open chat.
#pragma once

#include "adapters/store/rules/chat_ref.hpp"

namespace parley::store {

struct ChangeMessageRecords {
  NamedChat named;
  const Stored<Agent>* agent = nullptr;  ///< the author, if it is a known agent
  const Stored<Message>* message = nullptr;
  List<const Stored<File>*> files{};  ///< of a message that is to be deleted
};

/// Needs one round, and a second one for the files.
ChangeMessageRecords gather(const EditMessage& operation, Gathered& gathered);
ChangeMessageRecords gather(const DeleteMessage& operation, Gathered& gathered);

/// The message as it is now. Errors: those of `check`; chat_ended; no_such_message (none with this id in the chat, or deleted);
/// not_the_authors_message (also a notice, which nobody wrote).
Result<Decision> decide(const EditMessage& operation, const ChangeMessageRecords& found,
                        const DecisionContext& context);
Result<Decision> decide(const DeleteMessage& operation, const ChangeMessageRecords& found,
                        const DecisionContext& context);

}  // namespace parley::store
