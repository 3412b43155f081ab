// The calls of @NAME@, and how a request becomes an operation.
#include <array>

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

// Reading: what the path or the query says. The answer is shown by Facade::show.

Result<ListAgents> list_agents(const Facade&, const Request&) { return ListAgents{}; }

Result<GetAgent> get_agent(const Facade&, const Request& request) {
  return GetAgent{.agent = {request.parameters.front()}};
}

// Writing: what the body says.

Result<SetAgentStatus> set_status(const Facade&, const Request& request) {
  shape::Document body;
  if (Result<void> parsed = body.parse_json(request.body); !parsed) return std::move(parsed).error();
  const shape::Node* status = body.root().is_object() ? body.root().find("status") : nullptr;
  if (status == nullptr) return refuse(Code::missing_field, "status is missing", "status");
  if (!status->is_text()) return refuse(Code::invalid_field, "status must be a text", "status");
  return SetAgentStatus{.agent = {request.parameters.front()}, .status = String(status->text)};
}

constexpr std::array table = {
    endpoint<ListAgents, &list_agents>({.pattern = "/@NAME@/agents", .access = Access::credentials}),
    endpoint<GetAgent, &get_agent>({.pattern = "/@NAME@/agents/:id", .access = Access::credentials}),
    endpoint<SetAgentStatus, &set_status>({.method = Method::put, .pattern = "/@NAME@/agents/:id/status", .body = BodyRule::json, .access = Access::credentials}),
};

}  // namespace

std::span<const Endpoint> endpoints() noexcept { return table; }

}  // namespace parley::@NAME@
