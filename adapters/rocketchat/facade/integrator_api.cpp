// See integrator_api.hpp. Both profiles have these calls, with today's texts: servers of 0.70 had few of them.
#include "adapters/rocketchat/facade/integrator_api.hpp"

#include "adapters/rocketchat/codecs.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/parameters.hpp"
#include "adapters/rocketchat/fields.hpp"

namespace parley::rocketchat {
namespace {

using http::Request;
using shape::Node;

constexpr std::array<std::string_view, 2> status_keys = {"status", "agentId"};

bool is_absent(const Node* node) noexcept { return node == nullptr || node->kind == shape::NodeKind::null; }

}  // namespace

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
  shape::Document document;
  if (Result<void> parsed = parse_body(request, document); !parsed) return std::move(parsed).error();
  const Node& root = document.root();
  if (Result<void> object = schema::object(root, {}); !object) return std::move(object).error();
  // The vendor toggles where no status is sent; what it would become here is not known without asking the backend.
  // Both members may be null, which is as good as absent.
  const Node* const sent = root.find("status");
  if (is_absent(sent)) return schema::missing("status", {});
  if (Result<void> alone = schema::nothing_else(root, status_keys, {}); !alone) return std::move(alone).error();
  SetAgentStatus set;
  const Result<String> status = schema::string(*sent, "status");
  if (!status) return status.error();
  if (*status != available && *status != not_available) {
    return Error{.code = Code::invalid_field,
                 .message = "must be equal to one of the allowed values",
                 .field = "status",
                 .detail = {},
                 .source = by_schema};
  }
  set.status = *status == available ? "Online" : "Away";
  if (const Node* agent = root.find("agentId"); !is_absent(agent)) {
    Result<String> id = schema::string(*agent, "agentId");
    if (!id) return std::move(id).error();
    set.agent.text = std::move(*id);
  }
  if (set.agent.empty()) set.agent.text.assign(request.header("X-User-Id").value_or(""));
  return set;
}

Result<ListChats> list_rooms(const Facade& facade, const Request& request) {
  Result<ListQuery> query = read_list_request(request, parameters::rooms, &room_view(facade.profile()));
  if (!query) return std::move(query).error();
  return ListChats{.domain = {}, .query = *std::move(query)};
}

Result<GetChatContact> get_room(const Facade&, const Request& request) {
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
  return GetChatContact{.chat = {std::move(id)}, .domain = {}};
}

Result<GetChatContact> get_pages(const Facade&, const Request& request, ListQuery& shown) {
  Result<ListQuery> query = read_list_request(request, parameters::pages, nullptr);
  if (!query) return std::move(query).error();
  shown = *std::move(query);
  return GetChatContact{.chat = {request.parameters[0]}, .domain = {}};
}

}  // namespace parley::rocketchat
