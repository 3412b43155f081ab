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

/// Writes the contact that to_chat(visitor) is, followed by a comma, without making that record. Adds what the visitor loses to `losses`,
/// unless that is nullptr.
void write_contact(const Visitor& visitor, shape::Writer& writer, shape::Losses* losses);

}  // namespace parley::enghouse
