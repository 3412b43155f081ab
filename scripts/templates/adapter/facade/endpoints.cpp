// The calls of @NAME@, and how a request becomes an operation.
#include <array>

#include "adapters/@NAME@/facade/facade.hpp"

namespace parley::@NAME @{namespace {

    using contract::Access;
using contract::BodyRule;
using contract::Endpoint;
using http::Method;
using http::Request;

Result<Operation> list_agents(const contract::Facade&, const Request&) { return Operation(ListAgents{}); }

Result<Operation> get_agent(const contract::Facade&, const Request& request) {
  return Operation(GetAgent{.agent = {request.parameters.front()}});
}

constexpr std::array<Endpoint, 2> table = {{
    {Method::get, "/@NAME@/agents", operation_kind<ListAgents>, BodyRule::none, Access::credentials, &list_agents},
    {Method::get, "/@NAME@/agents/:id", operation_kind<GetAgent>, BodyRule::none, Access::credentials, &get_agent},
}};

}  // namespace

std::span<const Endpoint> endpoints() noexcept { return table; }

}  // namespace parley::@NAME@
