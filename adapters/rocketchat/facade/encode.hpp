// The answers of calls that ask for something in particular; the others are shown by Facade::show.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat {

/// `dropped`: the custom fields that the route does not keep, which are losses.
Result<void> show_registered(const Facade& facade, const List<String>& dropped, const Ref<Visitor>& visitor,
                             http::Reply& reply);
/// These calls answer with what was sent.
Result<void> show_custom_field(const Facade& facade, const SetVisitorVariables& sent, const Ref<Visitor>& visitor,
                               http::Reply& reply);
Result<void> show_custom_fields(const Facade& facade, const SetVisitorVariables& sent, const Ref<Visitor>& visitor,
                                http::Reply& reply);
/// Only whether the agent is available.
Result<void> show_status(const Facade& facade, const Ref<Agent>& agent, http::Reply& reply);

/// The page of a list that was asked for, with its numbers.
Result<void> show_visitors(const Facade& facade, const ListVisitors& asked, const Page<Visitor>& visitors,
                           http::Reply& reply);
Result<void> show_users(const Facade& facade, const ListAgents& asked, const Page<Agent>& users, http::Reply& reply);
Result<void> show_rooms(const Facade& facade, const ListChats& asked, const Page<Chat>& rooms, http::Reply& reply);
/// The pages of the room's visitor as navigation messages, the newest first. The model keeps their addresses, and the title of
/// the first one. `shown`: which of them, in which order.
Result<void> show_pages(const Facade& facade, const ListQuery& shown, const Ref<Chat>& room, http::Reply& reply);

}  // namespace parley::rocketchat
