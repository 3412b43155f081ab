// The calls that integrators make with credentials: about visitors by their id, about agents and about rooms.
#pragma once

#include "adapters/facade.hpp"

namespace parley::rocketchat {

/// Decoders. Errors: malformed_request; missing_field, unknown_field, invalid_field by_schema.
Result<Operation> get_visitor_by_id(const adapters::Facade& facade, const adapters::Request& request);
Result<Operation> search_visitors(const adapters::Facade& facade, const adapters::Request& request);
Result<Operation> list_users(const adapters::Facade& facade, const adapters::Request& request);
Result<Operation> get_user(const adapters::Facade& facade, const adapters::Request& request);
Result<Operation> set_agent_status(const adapters::Facade& facade, const adapters::Request& request);
Result<Operation> list_rooms(const adapters::Facade& facade, const adapters::Request& request);
Result<Operation> get_room(const adapters::Facade& facade, const adapters::Request& request);
Result<Operation> get_pages(const adapters::Facade& facade, const adapters::Request& request);

/// Which part of a list a request asks for.
struct Paging {
  String text;          ///< what to look for; empty = everything
  String leave_out;     ///< id of a record that is not wanted
  String department;    ///< id of the only one that is wanted
  bool closed = false;  ///< only rooms that are over, of which there are none
  std::size_t offset = 0;
  std::size_t count = 0;  ///< 0 = all that follow
};
/// Of visitors.search, users/agent, rooms and visitors.pagesVisited; everything for another request.
[[nodiscard]] Paging paging_of(const adapters::Request& request);

/// As the vendor searches: e-mail and phone exactly, name and username in part, case ignored.
[[nodiscard]] bool matches(const Visitor& visitor, const Paging& paging);
[[nodiscard]] bool matches(const Agent& agent, const Paging& paging);
[[nodiscard]] bool matches(const Chat& chat, const Paging& paging);

}  // namespace parley::rocketchat
