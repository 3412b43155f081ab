// The bodies of requests to @NAME@, as tables. The facade reads bodies by these tables, and a connector writes them.
#pragma once

#include "schemas/operation.hpp"
#include "schemas/shape/codecs.hpp"

namespace parley::@NAME@ {

/// PUT /@NAME@/agents/:id.
struct AgentUpdate {
  String status;
};

inline constexpr auto agent_update = shape::fields<AgentUpdate, "@NAME@.agent_update">(
    shape::row<&AgentUpdate::status>("status", shape::Need::required, "Display name of the status."), shape::closed());

/// `agent`: the id from the path.
[[nodiscard]] inline SetAgentStatus operation_of(AgentUpdate&& body, AgentId agent) {
  return {.agent = std::move(agent), .status = std::move(body.status)};
}

}  // namespace parley::@NAME@
