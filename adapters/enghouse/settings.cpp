// Checks the settings of a route with this facade before it serves.
#include "adapters/enghouse/settings.hpp"

#include "schemas/ascii.hpp"

namespace parley::enghouse {

void check_route(const config::Route& route, config::Faults& faults) {
  const auto& domains = config::settings_of<RouteSettings>(route).domains;
  for (std::size_t i = 0; i < domains.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!ascii::same_ignoring_case(domains[i].first, domains[j].first)) continue;
      faults.push_back({route.mark, "domains", "mapped twice (case is ignored): " + domains[i].first});
    }
  }
}

}  // namespace parley::enghouse
