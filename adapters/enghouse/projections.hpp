// A contact seen as its visitor or as its agents, and a visitor seen as a contact.
#pragma once

#include <array>

#include "adapters/contract/adapter.hpp"

namespace parley::enghouse {

/// The visitor who started the chat, as the contact tells of him.
[[nodiscard]] Visitor to_visitor(const Chat& chat);

/// A contact that tells of the visitor: his latest chat or, if he never chatted, one that bears his own id.
/// to_visitor(to_chat(v)) equals v in every member that the projection carries exactly or converted.
[[nodiscard]] Chat to_chat(const Visitor& visitor);

/// The agents in the chat: Online or Offline.
[[nodiscard]] List<Agent> to_agents(const Chat& chat);

/// The contact's projections: visitor, agents.
extern const std::array<contract::Projection, 2> projections;

/// Adds what `visitor` loses when it is shown as `chat`, which to_chat made of it.
void find_losses(const Visitor& visitor, const Chat& chat, shape::Losses& losses);

}  // namespace parley::enghouse
