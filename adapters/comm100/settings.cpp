// Checks the settings of a route with this facade before it serves.
#include "adapters/comm100/settings.hpp"

#include "adapters/login/logins.hpp"

namespace parley::comm100 {

void check_route(const config::Route& route, config::Faults& faults) {
  const RouteAuth& auth = config::settings_of<RouteAuth>(route);
  const login::Settings& users = config::settings_of<login::Settings>(route);
  const config::Mark at = route.auth.given ? route.auth.mark : route.mark;
  const auto add = [&faults, at](String path, const char* what) { faults.push_back({at, std::move(path), what}); };
  if (!route.auth.none && auth.bearer.empty() && auth.basic.empty() && users.logins.empty()) {
    add("auth",
        "Comm100 requires credentials: expected `auth: {bearer: […]}`, `auth: {basic: […], site_id: …}`, `auth: "
        "{logins: [{email: …, password: …}]}`, or `auth: none` to leave the route open");
  }
  login::check_logins(users, route.auth.none, at, faults);
  if (users.logins.empty() && !auth.client_id.empty()) add("auth.client_id", "has no effect without logins");
  for (std::size_t i = 0; i < users.logins.size(); ++i) {
    const String path = "auth.logins[" + std::to_string(i) + ']';
    if (users.logins[i].email.empty()) add(path + ".email", "missing: clients of Comm100 log in by e-mail address");
    if (!users.logins[i].name.empty()) add(path + ".name", "clients of Comm100 log in by e-mail address: not a name");
  }
  if (!auth.basic.empty() && auth.site_id.empty())
    add("auth.site_id", "missing: an API key (basic) goes with the id of its site");
}

}  // namespace parley::comm100
