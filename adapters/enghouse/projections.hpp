// A contact as a visitor or as agents, and a visitor as a contact.
#pragma once

#include <array>

#include "adapters/contract/adapter.hpp"

namespace parley::enghouse {

/// The visitor who started the chat, with what the contact says about the visitor.
[[nodiscard]] Visitor to_visitor(const Chat& chat);

/// A contact that shows the visitor: the latest chat or, for a visitor who never chatted, a chat with the visitor's own id.
/// Borrows its texts from `visitor`. to_visitor(to_chat(v)) equals v in every member that the projection carries exactly or converted.
[[nodiscard]] Chat to_chat(const Visitor& visitor);

/// The agents in the chat, each with the status Online or Offline.
[[nodiscard]] List<Agent> to_agents(const Chat& chat);

/// The projections of the contact to a visitor and to agents.
extern const std::array<contract::Projection, 2> projections;

/// Adds what `visitor` loses when it is shown as `chat`. `chat` must be to_chat(visitor).
void find_losses(const Visitor& visitor, const Chat& chat, shape::Losses& losses);

}  // namespace parley::enghouse
