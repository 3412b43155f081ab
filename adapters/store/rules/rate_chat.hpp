// RateChat: keeps what a visitor thinks of a chat.
#pragma once

#include "adapters/store/participants.hpp"
#include "adapters/store/rules/chat_ref.hpp"

namespace parley::store {

struct RateChatRecords {
  NamedChat named;
  List<Person> people{};
};
/// Needs two rounds.
RateChatRecords gather(const RateChat& operation, Gathered& gathered);

/// The chat, with present data of its people. A grade or comment that the rating lacks stays; answers replace those of the same name.
/// Errors: those of `check`.
Result<Decision> decide(const RateChat& operation, const RateChatRecords& found, const DecisionContext& context);

}  // namespace parley::store
