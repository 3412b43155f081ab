// The calls that integrators make with credentials: about visitors by their id, about agents and about rooms.
#pragma once

#include "adapters/contract/facade.hpp"

namespace parley::rocketchat {

/// Decoders. Errors: malformed_request; missing_field, unknown_field, invalid_field by_schema; of lists those of
/// read_list_request.
Result<Operation> get_visitor_by_id(const contract::Facade& facade, const http::Request& request);
Result<Operation> search_visitors(const contract::Facade& facade, const http::Request& request);
Result<Operation> list_users(const contract::Facade& facade, const http::Request& request);
Result<Operation> get_user(const contract::Facade& facade, const http::Request& request);
Result<Operation> set_agent_status(const contract::Facade& facade, const http::Request& request);
Result<Operation> list_rooms(const contract::Facade& facade, const http::Request& request);
Result<Operation> get_room(const contract::Facade& facade, const http::Request& request);
Result<Operation> get_pages(const contract::Facade& facade, const http::Request& request);

}  // namespace parley::rocketchat
