// See integrator_api.hpp. Both profiles have these calls, with the texts of current servers: servers of 0.70 had few of them.
#include "adapters/rocketchat/facade/integrator_api.hpp"

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/parameters.hpp"
#include "adapters/rocketchat/fields.hpp"

namespace parley::rocketchat {
using http::Request;

Result<GetVisitor> get_visitor_by_id(const Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, parameters::visitor_info);
  if (!query) return std::move(query).error();
  return GetVisitor{.visitor = {value_of(*query, "visitorId")}, .token = {}};
}

Result<ListVisitors> search_visitors(const Facade& facade, const Request& request) {
  Result<ListQuery> query = read_list_request(request, parameters::visitors, &visitor_view(facade.profile()));
  if (!query) return std::move(query).error();
  return ListVisitors{.query = *std::move(query)};
}

Result<ListAgents> list_users(const Facade&, const Request& request) {
  Result<ListQuery> query = read_list_request(request, parameters::agents, &shape::view<agent>);
  if (!query) return std::move(query).error();
  return ListAgents{.query = *std::move(query)};
}

Result<GetAgent> get_user(const Facade&, const Request& request) { return GetAgent{.agent = {request.parameters[0]}}; }

Result<SetAgentStatus> set_agent_status(const Facade&, const Request& request) {
  Result<AgentStatusBody> body = read_body<agent_status_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  SetAgentStatus set = operation_of(*std::move(body));
  if (set.agent.empty()) set.agent.text.assign(request.header("X-User-Id").value_or(""));
  return set;
}

namespace {
/// Rooms that are over are listed, too, unless a client asks for open ones. The conditions say the same of the documents; with the
/// state, a backend can leave out the others sooner.
ChatFilter::State state_of(std::string_view open) noexcept {
  if (open == "true") return ChatFilter::State::open;
  return open == "false" ? ChatFilter::State::ended : ChatFilter::State::any;
}
}  // namespace

Result<ListChats> list_rooms(const Facade& facade, const Request& request) {
  Result<ListQuery> query = read_list_request(request, parameters::rooms, &room_view(facade.profile()));
  if (!query) return std::move(query).error();
  ListChats list{.domain = {}, .query = *std::move(query)};
  list.filter = {.state = state_of(value_of(parse_query(request.query).value(), "open")), .newest_first = true};
  return list;
}

Result<GetChatContact> get_room(const Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, parameters::room_info);
  if (!query) return std::move(query).error();
  String id = value_of(*query, "roomId");
  // A livechat room has no name of its own, so no room is found by name.
  if (id.empty() && !value_of(*query, "roomName").empty()) {
    return Error{.code = Code::no_such_chat, .message = "no such chat", .field = "roomName"};
  }
  if (id.empty()) return fault(by_handler, Code::missing_field, {}, "roomId");
  return GetChatContact{.chat = {std::move(id)}, .domain = {}, .ended_too = true};
}

Result<GetChatContact> get_pages(const Facade&, const Request& request, ListQuery& shown) {
  Result<ListQuery> query = read_list_request(request, parameters::pages, nullptr);
  if (!query) return std::move(query).error();
  shown = *std::move(query);
  return GetChatContact{.chat = {request.parameters[0]}, .domain = {}, .ended_too = true};
}

}  // namespace parley::rocketchat
