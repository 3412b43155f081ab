// ChangeChat: what agents note of a chat and its visitor. RequestTranscript: that somebody wants a copy of a chat.
#pragma once

#include "adapters/store/participants.hpp"
#include "adapters/store/rules/chat_ref.hpp"

namespace parley::store {

struct ChangeChatRecords {
  NamedChat named;
  const FoundVisitor* visitor = nullptr;  ///< who is changed
  List<Person> people{};
};
/// Needs two rounds.
ChangeChatRecords gather(const ChangeChat& operation, Gathered& gathered);
/// The chat, with present data of its people. A blank name leaves the old one. Errors: those of `check`; no_such_visitor; invalid_field.
Result<Decision> decide(const ChangeChat& operation, const ChangeChatRecords& found, const DecisionContext& context);

struct RequestTranscriptRecords {
  NamedChat named;
  const Stored<Agent>* by = nullptr;  ///< who asks, if it is a known agent
  List<Person> people{};
};
/// Needs two rounds.
RequestTranscriptRecords gather(const RequestTranscript& operation, Gathered& gathered);
/// The chat, with present data of its people. Errors: those of `check`; chat_ended; transcript_requested; no_transcript_request.
Result<Decision> decide(const RequestTranscript& operation, const RequestTranscriptRecords& found,
                        const DecisionContext& context);

}  // namespace parley::store
