// DeleteVisitor: removes a visitor's personal data from all records.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

struct DeleteVisitorRecords {
  const FoundVisitor* visitor = nullptr;
  const List<Stored<Chat>>* chats = nullptr;
  const List<Stored<Contact>>* contacts = nullptr;
  const Traces* traces = nullptr;
  List<const List<Stored<OfflineMessage>>*> offline_messages;  ///< of the visitor, and of each e-mail address
};
/// Needs up to two rounds.
DeleteVisitorRecords gather(const DeleteVisitor& operation, Gathered& gathered);

/// What was removed. Errors: no_such_visitor; visitor_has_open_chat.
Result<Decision> decide(const DeleteVisitor& operation, const DeleteVisitorRecords& found,
                        const DecisionContext& context);

/// A chat without the personal data of its visitor: its ids, times, counts, state, department, grade and agents.
[[nodiscard]] Chat without_visitor(const Chat& chat);

}  // namespace parley::store
