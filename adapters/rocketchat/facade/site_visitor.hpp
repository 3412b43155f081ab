// Decoders and answers of the calls of a visitor on a site, apart from chats: presence, deletion, offline messages, who may greet.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat {

/// Errors: those of read_body; no_such_visitor, for an empty token.
Result<SetPresence> set_presence(const Facade& facade, const http::Request& request);
Result<DeleteVisitor> delete_visitor(const Facade& facade, const http::Request& request);
/// Errors: those of read_body; invalid_field with the source by_mail.
Result<LeaveOfflineMessage> leave_message(const Facade& facade, const http::Request& request);
/// The available agent with the fewest chats, of the department that the query names. Errors: those of read_visitors_query.
Result<ListAgents> find_next_agent(const Facade& facade, const http::Request& request);

/// Repeats what was sent.
Result<void> show_presence(const Facade& facade, const SetPresence& sent, const Ref<Visitor>& visitor,
                           http::Reply& reply);
/// That the message was left. Nothing of it is shown.
Result<void> show_left(const Facade& facade, const Ref<OfflineMessage>& message, http::Reply& reply);
/// The first agent, as visitors see him or her. Errors: no_such_agent.
Result<void> show_next_agent(const Facade& facade, const Page<Agent>& agents, http::Reply& reply);

}  // namespace parley::rocketchat
