// The endpoint table: the six calls of Comm100's "Chat Server" page with their decoders, and the call that logs in.
#include <algorithm>

#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/facade/facade.hpp"
#include "schemas/ascii.hpp"

namespace parley::comm100 {
namespace {

using contract::Access;
using contract::BodyRule;
using contract::Endpoint;
using http::Method;
using http::Request;

/// Whether a Content-Type is JSON, with or without parameters.
bool is_json(std::string_view type) {
  type = type.substr(0, type.find(';'));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
  return ascii::same_ignoring_case(type, "application/json") || ascii::same_ignoring_case(type, "text/json");
}

Result<void> parse_body(const Request& request, shape::Document& body) {
  if (request.body.empty()) {
    return fault(Code::missing_body,
                 "The request body is missing. With curl, send it with -d: -D only says where to save the headers.");
  }
  if (const auto type = request.header("Content-Type"); type && !is_json(*type)) {
    return fault(Code::unsupported_media,
                 "The request body must be sent as Content-Type: application/json. With curl, add -H 'Content-Type: "
                 "application/json'.");
  }
  return body.parse_json(request.body);
}

/// The first fault other than an unknown member. Unknown members are ignored, because clients send back whole objects.
std::optional<Error> first_fault(shape::Reading& reading) {
  for (const shape::Fault& found : reading.faults()) {
    if (found.unknown) continue;
    const std::string_view name = std::string_view(found.path).substr(found.path.rfind('.') + 1);
    if (found.missing) return fault(Code::missing_field, "Parameter '" + String(name) + "' is required.", found.path);
    const String what = name.empty()          ? String("The request body")
                        : name.front() == '[' ? "Element " + String(name) + " of the request body"
                                              : "Parameter '" + String(name) + '\'';
    return fault(Code::invalid_field, what + " must be " + found.expected + ", not " + found.got + '.', found.path);
  }
  return {};
}

/// The guid in the path as a canonical id. Errors: invalid_field.
Result<String> path_id(const Request& request) {
  const std::optional<ids::Guid> guid = ids::parse_guid(request.parameters.front());
  if (!guid) return fault(Code::invalid_field, "Parameter 'id' must be a guid.", "id");
  return ids::from_guid(*guid);
}

Result<ListAgents> list_agents(const Facade&, const Request&) { return ListAgents{}; }
Result<ListVisitors> list_visitors(const Facade&, const Request&) { return ListVisitors{}; }

Result<GetAgent> get_agent(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  return GetAgent{.agent = {std::move(*id)}};
}

Result<GetVisitor> get_visitor(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  return GetVisitor{.visitor = {std::move(*id)}, .token = {}};
}

Result<SetAgentStatus> put_agent(const Facade& facade, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  shape::Document body;
  if (Result<void> parsed = parse_body(request, body); !parsed) return std::move(parsed).error();
  AgentUpdate update;
  shape::Reading reading(true);
  shape::read_object(shape::view<agent_update>, body.root(), &update, reading);
  if (std::optional<Error> found = first_fault(reading)) return std::move(*found);
  Result<SetAgentStatus> set = operation_of(std::move(update), {std::move(*id)});
  if (!set) return set;
  Result<String> status = facade.status_name(set->status);
  if (!status) return std::move(status).error();
  set->status = std::move(*status);
  return set;
}

/// Reads one element of the list, or the single object that is accepted instead of a list.
std::optional<Error> read_variable(const shape::Node& node, shape::Reading& reading, Attributes& variables) {
  FieldAndValue item;
  shape::read_object(shape::view<variable_update>, node, &item, reading);
  if (std::optional<Error> found = first_fault(reading)) return found;
  if (item.name.empty()) {
    const shape::Reading::Step step(reading, "name");
    return fault(Code::missing_field, "Parameter 'name' is required.", reading.path());
  }
  variables.push_back(variable_of(std::move(item)));
  return {};
}

Result<SetVisitorVariables> put_visitor(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  shape::Document body;
  if (Result<void> parsed = parse_body(request, body); !parsed) return std::move(parsed).error();
  SetVisitorVariables operation{.visitor = {std::move(*id)}, .variables = {}};
  shape::Reading reading(true);
  const shape::Node& root = body.root();
  if (root.is_object()) {  // the vendor's parameter table describes an object, its example shows a list
    if (std::optional<Error> found = read_variable(root, reading, operation.variables)) return std::move(*found);
    return operation;
  }
  if (!root.is_array()) return fault(Code::invalid_field, "The request body must be a list of objects.");
  operation.variables.reserve(root.size);
  for (const shape::Node& child : root) {
    const shape::Reading::Step step(reading, operation.variables.size());
    if (std::optional<Error> found = read_variable(child, reading, operation.variables)) return std::move(*found);
  }
  return operation;
}

/// The one documented query parameter. Its name matches in any case. Others are ignored, as the vendor does.
constexpr std::array query = {contract::QueryParameter{.name = "siteId"}};

template <class Op, auto decode>
constexpr Endpoint call(Method method, std::string_view pattern) {
  return contract::endpoint<Op, decode>({.method = method,
                                         .pattern = pattern,
                                         .body = method == Method::put ? BodyRule::json : BodyRule::none,
                                         .access = Access::credentials,
                                         .query = query});
}

constexpr std::array table = {
    call<ListAgents, &list_agents>(Method::get, "/v4/livechat/agents"),
    call<GetAgent, &get_agent>(Method::get, "/v4/livechat/agents/:id"),
    call<SetAgentStatus, &put_agent>(Method::put, "/v4/livechat/agents/:id"),
    call<ListVisitors, &list_visitors>(Method::get, "/v4/livechat/visitors"),
    call<GetVisitor, &get_visitor>(Method::get, "/v4/livechat/visitors/:id"),
    call<SetVisitorVariables, &put_visitor>(Method::put, "/v4/livechat/visitors/:id"),
    contract::own_answer<&answer_token_request>(
        "Login", {.method = Method::post, .pattern = "/oauth/token", .body = BodyRule::any}),
};

}  // namespace

std::span<const Endpoint> endpoints(bool with_logins) noexcept {
  return std::span(table).first(table.size() - (with_logins ? 0 : 1));
}

}  // namespace parley::comm100
