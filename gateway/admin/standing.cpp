// From the parts of the gateway, which know nothing of metrics, to what the metrics show.
#include "gateway/admin/standing.hpp"

namespace parley::admin {

observe::Standing standing_of(const gateway::Gateway& gateway, const gateway::Control& control) {
  const gateway::Gateway::Held held = gateway.held();
  const gateway::State state = gateway.state();
  const gateway::LastReload last = control.last_reload();
  observe::Standing standing;
  standing.in_flight = held.in_flight;
  standing.queued = held.queued;
  standing.memory = held.memory;
  standing.limits = state.settings.server.limits;
  for (const gateway::Bound& bound : state.listeners) {
    if (!bound.certificate_ends || !bound.endpoint.tls) continue;
    standing.certificates.push_back({bound.endpoint.text(), bound.endpoint.tls->certificate, *bound.certificate_ends});
  }
  const bool never = last.at == std::chrono::system_clock::time_point{};
  standing.loaded = never ? state.since : last.at;  // the start was one, too
  standing.loaded_well = last.faults.empty();
  return standing;
}

}  // namespace parley::admin
