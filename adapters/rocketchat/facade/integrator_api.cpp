// See integrator_api.hpp. Both profiles have these calls, with today's texts: servers of 0.70 had few of them.
#include "adapters/rocketchat/facade/integrator_api.hpp"

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/parameters.hpp"

namespace parley::rocketchat {
namespace {

using http::Request;

}  // namespace

Result<Operation> get_visitor_by_id(const contract::Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, parameters::visitor_info);
  if (!query) return std::move(query).error();
  return Operation(GetVisitor{.visitor = {value_of(*query, "visitorId")}, .token = {}});
}

Result<Operation> search_visitors(const contract::Facade&, const Request& request) {
  Result<ListRequest> asked = read_list_request(request, parameters::visitors);
  if (!asked) return std::move(asked).error();
  return Operation(ListVisitors{.query = std::move(asked->query)});
}

Result<Operation> list_users(const contract::Facade&, const Request& request) {
  Result<ListRequest> asked = read_list_request(request, parameters::agents);
  if (!asked) return std::move(asked).error();
  return Operation(ListAgents{.query = std::move(asked->query)});
}

Result<Operation> get_user(const contract::Facade&, const Request& request) {
  return Operation(GetAgent{.agent = {request.parameters[0]}});
}

Result<Operation> set_agent_status(const contract::Facade&, const Request& request) {
  Result<AgentStatusBody> body = read_body<agent_status_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  SetAgentStatus set = operation_of(*std::move(body));
  if (set.agent.empty()) set.agent.text.assign(request.header("X-User-Id").value_or(""));
  return Operation(std::move(set));
}

Result<Operation> list_rooms(const contract::Facade&, const Request& request) {
  Result<ListRequest> asked = read_list_request(request, parameters::rooms);
  if (!asked) return std::move(asked).error();
  return Operation(ListChats{.domain = {}, .query = std::move(asked->query)});
}

Result<Operation> get_room(const contract::Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, parameters::room_info);
  if (!query) return std::move(query).error();
  String id = value_of(*query, "roomId");
  // A livechat room has no name, only the one of its visitor: nothing is found by it.
  if (id.empty() && !value_of(*query, "roomName").empty()) {
    return Error{.code = Code::no_such_chat, .message = "no such chat", .field = "roomName"};
  }
  if (id.empty()) {
    return Error{.code = Code::missing_field, .message = {}, .field = "roomId", .detail = {}, .source = by_handler};
  }
  return Operation(GetChatContact{.chat = {std::move(id)}, .domain = {}});
}

Result<Operation> get_pages(const contract::Facade&, const Request& request) {
  const Result<ListRequest> asked = read_list_request(request, parameters::pages);
  if (!asked) return asked.error();
  return Operation(GetChatContact{.chat = {request.parameters[0]}, .domain = {}});
}

}  // namespace parley::rocketchat
