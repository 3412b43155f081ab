// What a route of this facade may say, checked before it serves.
#include "adapters/enghouse/facade/facade.hpp"
#include "schemas/ascii.hpp"

namespace parley::enghouse {

void check_route(const config::Route& route, config::Faults& faults) {
  const auto fault = [&faults](config::Mark mark, std::string_view path, std::string_view what) {
    faults.push_back({.mark = mark, .path = String(path), .what = String(what)});
  };
  if (!route.auth.users.empty()) fault(route.auth.mark, "auth.users", "enghouse knows tokens, basic and bearer");
  if (!route.auth.site_id.empty()) fault(route.auth.mark, "auth.site_id", "enghouse has no site ids");
  if (!route.auth.logins.empty()) {
    fault(route.auth.mark, "auth.logins", "enghouse has no call that logs in: expected tokens, basic or bearer");
  } else if (!route.auth.token_key.value.empty() || !route.auth.client_id.empty()) {
    fault(route.auth.mark, "auth", "token_key and client_id go with logins, which enghouse does not have");
  }
  for (std::size_t i = 0; i < route.domains.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!ascii::same_ignoring_case(route.domains[i].first, route.domains[j].first)) continue;
      fault(route.mark, "domains", "mapped twice (case is ignored): " + route.domains[i].first);
    }
  }
}

}  // namespace parley::enghouse
