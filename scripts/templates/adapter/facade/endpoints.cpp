// The calls of @NAME@, and how a request becomes an operation.
#include <array>

#include "adapters/@NAME@/bodies.hpp"
#include "adapters/@NAME@/facade/facade.hpp"

namespace parley::@NAME@ {
namespace {

using contract::Access;
using contract::BodyRule;
using contract::Endpoint;
using http::Method;
using http::Request;

Result<Operation> list_agents(const contract::Facade&, const Request&) { return Operation(ListAgents{}); }

Result<Operation> get_agent(const contract::Facade&, const Request& request) {
  return Operation(GetAgent{.agent = {request.parameters.front()}});
}

/// The first fault of a body, in the words of @NAME@.
Error refuse(const shape::Fault& fault) {
  const auto make = [&fault](Code code, std::string_view what) {
    return Error{.code = code, .message = "'" + fault.path + "' " + String(what) + '.', .field = fault.path, .detail = {}, .source = "@NAME@"};
  };
  if (fault.missing) return make(Code::missing_field, "is missing");
  if (fault.unknown) return make(Code::unknown_field, "is not known here");
  return make(Code::invalid_field, "must be " + fault.expected);
}

Result<Operation> put_agent(const contract::Facade&, const Request& request) {
  shape::Document document;
  if (Result<void> parsed = document.parse_json(request.body); !parsed) return std::move(parsed).error();
  AgentUpdate body;
  shape::Reading reading(true);
  shape::read_object(shape::view<agent_update>, document.root(), &body, reading);
  if (!reading.faults().empty()) return refuse(reading.faults().front());
  return Operation(operation_of(std::move(body), {request.parameters.front()}));
}

constexpr std::array<Endpoint, 3> table = {{
    {Method::get, "/@NAME@/agents", OperationKind::list_agents, BodyRule::none, Access::credentials, &list_agents},
    {Method::get, "/@NAME@/agents/:id", OperationKind::get_agent, BodyRule::none, Access::credentials, &get_agent},
    {Method::put, "/@NAME@/agents/:id", OperationKind::set_agent_status, BodyRule::json, Access::credentials, &put_agent},
}};

}  // namespace

std::span<const Endpoint> endpoints() noexcept { return table; }

}  // namespace parley::@NAME@
