// The calls that integrators make with credentials: about visitors by their id, about agents and about rooms.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"
#include "schemas/list_query.hpp"

namespace parley::rocketchat {

/// Decoders. Errors: malformed_request; missing_field, unknown_field, invalid_field by_schema; of lists those of
/// read_list_request. `shown`: which of the chat's pages.
Result<GetVisitor> get_visitor_by_id(const Facade& facade, const http::Request& request);
Result<ListVisitors> search_visitors(const Facade& facade, const http::Request& request);
Result<ListAgents> list_users(const Facade& facade, const http::Request& request);
Result<GetAgent> get_user(const Facade& facade, const http::Request& request);
Result<SetAgentStatus> set_agent_status(const Facade& facade, const http::Request& request);
Result<ListChats> list_rooms(const Facade& facade, const http::Request& request);
Result<GetChatContact> get_room(const Facade& facade, const http::Request& request);
Result<GetChatContact> get_pages(const Facade& facade, const http::Request& request, ListQuery& shown);

}  // namespace parley::rocketchat
