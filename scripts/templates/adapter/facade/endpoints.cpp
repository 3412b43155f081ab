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

/// The error of a fault in a body, in the style of @NAME@.
Error in_words(const shape::Fault& found) {
  if (found.missing) return fault(Code::missing_field, "'" + found.path + "' is missing.", found.path);
  if (found.unknown) return fault(Code::unknown_field, "'" + found.path + "' is not known here.", found.path);
  return fault(Code::invalid_field, "'" + found.path + "' must be " + found.expected + '.', found.path);
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
  if (!reading.faults().empty()) return in_words(reading.faults().front());
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
