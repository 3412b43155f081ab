// The answers of calls that do not answer with the plain document of a record. Facade::show writes all others.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat {

/// `dropped`: the custom fields that the route does not keep; they are reported as losses.
Result<void> show_registered(const Facade& facade, const List<String>& dropped, const Ref<Visitor>& visitor,
                             http::Reply& reply);
/// These two answers repeat what was sent.
Result<void> show_custom_field(const Facade& facade, const SetVisitorVariables& sent, const Ref<Visitor>& visitor,
                               http::Reply& reply);
Result<void> show_custom_fields(const Facade& facade, const SetVisitorVariables& sent, const Ref<Visitor>& visitor,
                                http::Reply& reply);
/// Shows only whether the agent is available.
Result<void> show_status(const Facade& facade, const Ref<Agent>& agent, http::Reply& reply);

/// These show a page of a list, with `count`, `offset` and `total`.
Result<void> show_visitors(const Facade& facade, const ListVisitors& asked, const Page<Visitor>& visitors,
                           http::Reply& reply);
Result<void> show_users(const Facade& facade, const ListAgents& asked, const Page<Agent>& users, http::Reply& reply);
Result<void> show_rooms(const Facade& facade, const ListChats& asked, const Page<Chat>& rooms, http::Reply& reply);
/// Shows the pages that the room's visitor viewed as navigation messages, the newest first unless `shown` orders them. `shown`
/// selects and orders them. The canonical model keeps the addresses of the pages, and the title of the first one.
Result<void> show_pages(const Facade& facade, const ListQuery& shown, const Ref<Chat>& room, http::Reply& reply);

}  // namespace parley::rocketchat
