// Translates the gateway's state into values for the metrics. The gateway itself knows nothing of metrics.
#include "gateway/admin/standing.hpp"

namespace parley::gateway::admin {

observe::Standing standing_of(const runtime::Gateway& gateway, const runtime::Control& control) {
  const runtime::Gateway::Held held = gateway.held();
  const runtime::State state = gateway.state();
  const runtime::LastReload last = control.last_reload();
  observe::Standing standing;
  standing.in_flight = held.in_flight;
  standing.queued = held.queued;
  standing.memory = held.memory;
  standing.limits = state.settings.server.limits;
  for (const runtime::Bound& bound : state.listeners) {
    if (!bound.certificate_ends || !bound.endpoint.tls) continue;
    standing.certificates.push_back({bound.endpoint.text(), bound.endpoint.tls->certificate, *bound.certificate_ends});
  }
  const bool never = last.at == std::chrono::system_clock::time_point{};
  standing.loaded = never ? state.since : last.at;  // the start also loaded a configuration
  standing.loaded_well = last.faults.empty();
  return standing;
}

}  // namespace parley::gateway::admin
