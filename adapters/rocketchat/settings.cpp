// Checks the settings of a route with this facade before it serves.
#include "adapters/rocketchat/settings.hpp"

#include "adapters/login/logins.hpp"
#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat {

void check_route(const config::Route& route, config::Faults& faults) {
  const auto add = [&faults](const config::Mark& mark, String path, String what) {
    faults.push_back({mark, std::move(path), std::move(what)});
  };
  if (!find_profile(route.profile)) {
    String what = "unknown profile \"" + route.profile + "\"";
    if (const auto near = config::nearest(route.profile, {"8", "0.70", "pimenta"})) {
      what.append("; did you mean ").append(*near).append("?");
    }
    add(route.profile_mark, "profile", what + "; known: 8, 0.70 (or pimenta)");
  }
  const List<RouteAuth::User>& users = config::settings_of<RouteAuth>(route).users;
  const login::Settings& own = config::settings_of<login::Settings>(route);
  const config::Mark at = route.auth.given ? route.auth.mark : route.mark;
  if (!route.auth.none && users.empty() && own.logins.empty()) {
    add(at, "auth",
        "Rocket.Chat requires credentials for omnichannel/contacts.channels: expected `auth: {users: [{id: …, token: "
        "…}]}`, `auth: {logins: [{id: …, name: …, password: …}]}`, or `auth: none` to leave the route open");
  }
  login::check_logins(own, route.auth.none, at, faults);
  for (std::size_t i = 0; i < own.logins.size(); ++i) {
    const login::Login& login = own.logins[i];
    const String path = "auth.logins[" + std::to_string(i) + ']';
    if (login.id.empty()) add(at, path + ".id", "missing: what clients send as X-User-Id");
    if (login.name.empty() && login.email.empty()) add(at, path, "expected a name, an e-mail address, or both");
    if (login.name.find('@') != String::npos) add(at, path + ".name", "a name with @ is taken for an e-mail address");
  }
  for (const RouteAuth::User& user : users) {
    if (user.id.empty() || user.token.value.empty())
      add(at, "auth.users", "a user needs an id and a token, neither empty");
  }
}

}  // namespace parley::rocketchat
