// Days are rounded down: "ends in 0 days" means within 24 hours.
#include "gateway/runtime/certificates.hpp"

#include "config/file.hpp"
#include "gateway/runtime/mounting.hpp"
#include "gateway/runtime/try_out.hpp"
#include "schemas/time.hpp"

namespace parley::gateway::runtime {
namespace {

using TimePoint = std::chrono::system_clock::time_point;

/// ` ends in 3 days, 2026-12-02T…Z`; empty if the end is not near.
String how_it_ends(TimePoint end, TimePoint now) {
  if (end - now > certificate_warning) return {};
  const auto millis = std::chrono::floor<std::chrono::milliseconds>(end);
  Buffer moment;
  append_iso(Time::at(millis.time_since_epoch().count()), moment);
  const auto days = std::chrono::floor<std::chrono::days>(end - now).count();
  String text = days < 0 ? " has ended" : " ends in " + std::to_string(days) + (days == 1 ? " day" : " days");
  return text.append(", ").append(moment.view());
}

}  // namespace

config::Faults ending_certificates(const config::Settings& settings, TimePoint now) {
  config::Faults found;
  for (const config::Endpoint& listener : listeners_of(settings)) {
    const auto& shown = listener.tls;  // a file that can be read only once is left for serving
    if (!shown || config::can_be_read_once(shown->certificate) || config::can_be_read_once(shown->key)) continue;
    const auto tls = net::open_tls(listener);
    if (!tls) continue;
    const String end = how_it_ends((*tls)->expires(), now);
    if (end.empty()) continue;
    const Error error{.message = "the certificate " + shown->certificate + end + ": renew it", .field = "certificate"};
    found.push_back(listener_fault(settings, listener, error));
    found.back().severity = config::Severity::warning;
  }
  return found;
}

List<String> ending_certificates(const List<Bound>& listeners, TimePoint now) {
  List<String> texts;
  for (const Bound& bound : listeners) {
    const String end = bound.certificate_ends ? how_it_ends(*bound.certificate_ends, now) : String();
    if (end.empty()) continue;
    String text = "the certificate of https://" + bound.endpoint.text() + end;
    if (bound.endpoint.tls) text.append("; renew ").append(bound.endpoint.tls->certificate).append(" and reload");
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace parley::gateway::runtime
