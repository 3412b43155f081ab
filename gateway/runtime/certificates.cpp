// A day is told as what is left of it, rounded down: "ends in 0 days" is today.
#include "gateway/runtime/certificates.hpp"

#include "schemas/time.hpp"

namespace parley::gateway {

List<String> ending_certificates(const List<Bound>& listeners, std::chrono::system_clock::time_point now) {
  List<String> texts;
  for (const Bound& bound : listeners) {
    if (!bound.certificate_ends || *bound.certificate_ends - now > certificate_warning) continue;
    const auto end = std::chrono::floor<std::chrono::milliseconds>(*bound.certificate_ends);
    Buffer moment;
    append_iso(Time::at(end.time_since_epoch().count()), moment);
    const auto days = std::chrono::floor<std::chrono::days>(*bound.certificate_ends - now).count();
    String text = "the certificate of https://" + bound.endpoint.text();
    text.append(days < 0 ? " has ended" : " ends in " + std::to_string(days) + (days == 1 ? " day" : " days"));
    text.append(", ").append(moment.view());
    if (bound.endpoint.tls) text.append("; renew ").append(bound.endpoint.tls->certificate).append(" and reload");
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace parley::gateway
