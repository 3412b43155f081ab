// RFC 6454, 6.2: an origin is scheme, host and port, and nothing behind them.
#include "gateway/admin/origin.hpp"

#include "schemas/ascii.hpp"

namespace parley::gateway::admin {
namespace {

using ascii::same_ignoring_case;

struct Authority {
  std::string_view host;
  std::string_view port;
};

Authority split(std::string_view text, std::string_view standard_port) noexcept {
  const std::size_t bracket = text.rfind(']');
  const std::size_t colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  if (!has_port) return {text, standard_port};
  const std::string_view port = text.substr(colon + 1);
  return {text.substr(0, colon), port.empty() ? standard_port : port};
}

bool says_own(std::string_view site) noexcept { return site == "same-origin" || site == "none"; }

}  // namespace

bool is_same_origin(const Fetch& fetch) noexcept {
  const std::size_t end = fetch.origin.find("://");
  if (end == std::string_view::npos || fetch.host.empty()) return false;
  const std::string_view scheme = fetch.origin.substr(0, end);
  const bool secure = same_ignoring_case(scheme, "https");
  if (!secure && !same_ignoring_case(scheme, "http")) return false;
  const std::string_view spoken = fetch.forwarded_proto.empty() ? "http" : fetch.forwarded_proto;
  if (!same_ignoring_case(scheme, spoken) && fetch.site != "same-origin") return false;
  const std::string_view standard_port = secure ? "443" : "80";
  const Authority page = split(fetch.origin.substr(end + 3), standard_port);
  const Authority asked = split(fetch.host, standard_port);
  return !page.host.empty() && same_ignoring_case(page.host, asked.host) && page.port == asked.port;
}

bool may_ask(const Fetch& fetch, bool writes) noexcept {
  if (fetch.origin.empty()) return !writes || fetch.site.empty() || says_own(fetch.site);
  return (fetch.site.empty() || says_own(fetch.site)) && is_same_origin(fetch);
}

}  // namespace parley::gateway::admin
