// How the personal data of visitors is removed from all records. DeleteVisitor and DeleteContacts use it.
#pragma once

#include <span>

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"

namespace parley::store {

/// All that a store has of a visitor.
struct VisitorTraces {
  const FoundVisitor* visitor = nullptr;
  const List<Stored<Chat>>* chats = nullptr;
  const List<Stored<Contact>>* contacts = nullptr;
  const Traces* traces = nullptr;
  List<const List<Stored<OfflineMessage>>*> offline_messages{};  ///< of the visitor, and of each e-mail address
};
/// Needs one round. `visitor` may be nullptr.
VisitorTraces gather_traces(const FoundVisitor* visitor, Gathered& gathered);

/// Whether a chat of the visitor goes on.
[[nodiscard]] bool has_open_chat(const VisitorTraces& found) noexcept;

/// Removes the visitors, none of whom may have an open chat, the contacts `whole`, and the offline messages. The visitors' chats stay
/// without them, and other contacts without what they had of them: one that has no channel then is removed as well. Returns what was
/// removed, without `visitor`.
ErasedVisitor erase(std::span<const VisitorTraces> visitors, std::span<const Stored<Contact>* const> whole,
                    std::span<const List<Stored<OfflineMessage>>* const> messages, const DecisionContext& context,
                    Changes& changes);

/// A chat without the personal data of its visitor: its ids, times, counts, state, department, grade and agents.
[[nodiscard]] Chat without_visitor(const Chat& chat);

}  // namespace parley::store
