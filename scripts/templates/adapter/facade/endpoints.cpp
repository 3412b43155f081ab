// The endpoint table of @NAME@, and the decoders that make an operation of a request.
#include <array>

#include "adapters/@NAME@/bodies.hpp"
#include "adapters/@NAME@/facade/facade.hpp"
#include "schemas/shape/node.hpp"

namespace parley::@NAME@ {
namespace {

using contract::Access;
using contract::BodyRule;
using contract::Endpoint;
using contract::endpoint;
using http::Method;
using http::Request;

Error refuse(Code code, String message, String field = {}) {
  return {.code = code, .message = std::move(message), .field = std::move(field), .source = "@NAME@"};
}

/// The error of a fault in a body, in the style of @NAME@.
Error refuse(const shape::Fault& fault) {
  if (fault.missing) return refuse(Code::missing_field, "'" + fault.path + "' is missing.", fault.path);
  if (fault.unknown) return refuse(Code::unknown_field, "'" + fault.path + "' is not known here.", fault.path);
  return refuse(Code::invalid_field, "'" + fault.path + "' must be " + fault.expected + '.', fault.path);
}

// Reads: the operation comes from the path or the query. Facade::show writes the answer.

Result<ListAgents> list_agents(const Facade&, const Request&) { return ListAgents{}; }

Result<GetAgent> get_agent(const Facade&, const Request& request) {
  return GetAgent{.agent = {request.parameters.front()}};
}

// Writes: the operation comes from the body, which is read by its table.

Result<SetAgentStatus> put_agent(const Facade&, const Request& request) {
  shape::Document document;
  if (Result<void> parsed = document.parse_json(request.body); !parsed) return std::move(parsed).error();
  AgentUpdate body;
  shape::Reading reading(true);
  shape::read_object(shape::view<agent_update>, document.root(), &body, reading);
  if (!reading.faults().empty()) return refuse(reading.faults().front());
  return operation_of(std::move(body), {request.parameters.front()});
}

constexpr std::array table = {
    endpoint<ListAgents, &list_agents>({.pattern = "/@NAME@/agents", .access = Access::credentials}),
    endpoint<GetAgent, &get_agent>({.pattern = "/@NAME@/agents/:id", .access = Access::credentials}),
    endpoint<SetAgentStatus, &put_agent>({.method = Method::put, .pattern = "/@NAME@/agents/:id", .body = BodyRule::json, .access = Access::credentials}),
};

}  // namespace

std::span<const Endpoint> endpoints() noexcept { return table; }

}  // namespace parley::@NAME@
