// Decoders of the calls that integrators make with credentials: visitors by id, agents, rooms.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"
#include "schemas/list_query.hpp"

namespace parley::rocketchat {

/// Errors: malformed_request; missing_field, unknown_field and invalid_field with the source by_schema; those of read_list_request,
/// for a list. get_room: also missing_field with the source by_handler, and no_such_chat. set_agent_status: those of read_body.
/// `shown`: selects and orders the pages of the chat.
Result<GetVisitor> get_visitor_by_id(const Facade& facade, const http::Request& request);
Result<ListVisitors> search_visitors(const Facade& facade, const http::Request& request);
Result<ListAgents> list_users(const Facade& facade, const http::Request& request);
Result<GetAgent> get_user(const Facade& facade, const http::Request& request);
Result<SetAgentStatus> set_agent_status(const Facade& facade, const http::Request& request);
Result<ListChats> list_rooms(const Facade& facade, const http::Request& request);
Result<GetChatContact> get_room(const Facade& facade, const http::Request& request);
Result<GetChatContact> get_pages(const Facade& facade, const http::Request& request, ListQuery& shown);

}  // namespace parley::rocketchat
