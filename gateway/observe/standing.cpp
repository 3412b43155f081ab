// Exposes each value beside its limit, so that an alert rule can divide them.
#include "gateway/observe/standing.hpp"

#include <cmath>

namespace parley::gateway::observe {
namespace {

double seconds(std::chrono::system_clock::time_point time) {
  return std::floor(std::chrono::duration<double>(time.time_since_epoch()).count());
}

}  // namespace

void expose_standing(const Standing& standing, Exposition& out) {
  const auto one = [&out](std::string_view name, std::string_view about, auto value) {
    out.family(name, Exposition::Kind::gauge, about);
    out.sample(static_cast<double>(value));
  };
  const config::Limits& limits = standing.limits;
  one("parley_requests_in_flight", "Requests that wait for a backend.", standing.in_flight);
  one("parley_requests_in_flight_limit", "Most that may wait for a backend.", limits.in_flight);
  one("parley_requests_queued", "Requests that wait for a place among those in flight.", standing.queued);
  one("parley_requests_queued_limit", "Most that may wait for a place.", limits.queue);
  one("parley_held_bytes", "Bytes of requests and answers that are held while a client or a backend is waited for.",
      standing.memory);
  one("parley_held_limit_bytes", "Most bytes that may be held.", limits.memory);
  one("parley_connections_limit", "Most connections of clients that may be open.", limits.connections);

  one("parley_config_last_reload_successful", "1: the configuration read last is served. 0: it was faulty.",
      standing.loaded_well ? 1 : 0);
  one("parley_config_last_reload_timestamp_seconds", "When the configuration was read last, since 1970.",
      seconds(standing.loaded));
  if (standing.certificates.empty()) return;
  out.family("parley_certificate_expiry_timestamp_seconds", Exposition::Kind::gauge,
             "When the certificate of a listener ends, since 1970.");
  for (const Standing::Certificate& certificate : standing.certificates) {
    const Label labels[] = {{"listener", certificate.listener}, {"file", certificate.file}};
    out.sample(labels, seconds(certificate.ends));
  }
}

}  // namespace parley::gateway::observe
