// The chat that an operation names, and who acts in it. Every operation on a chat begins with these.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/chat_query.hpp"

namespace parley::store {

struct NamedChat {
  const FoundVisitor* visitor = nullptr;  ///< with the reference's token, if it has one
  const Stored<Chat>* chat = nullptr;
};

/// Needs one round.
[[nodiscard]] NamedChat gather(const ChatRef& ref, Gathered& gathered);

/// Errors, in this order: no_such_visitor (nobody has the token); no_such_chat, or with a token not_the_visitors_chat (unknown, of another
/// tenant, or of another visitor); chat_ended (it must be open); no_such_chat (it must have ended).
[[nodiscard]] Result<void> check(const ChatRef& ref, const NamedChat& found);

/// Whether a chat may be shown to a tenant. A chat without a tenant is everybody's.
[[nodiscard]] bool is_of_tenant(const Chat& chat, std::string_view tenant) noexcept;

/// The agent's record, where `actor` names an agent by id.
[[nodiscard]] const Stored<Agent>* gather_agent(const Actor& actor, Gathered& gathered);

/// Who acts: the visitor of the token, or the agent or bot that `actor` names, with present names.
[[nodiscard]] Actor actor_of(const Actor& actor, const NamedChat& found, const Stored<Agent>* agent);

}  // namespace parley::store
