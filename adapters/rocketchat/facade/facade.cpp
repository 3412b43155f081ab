// The Rocket.Chat facade of a route: its profile, the check of credentials, which custom fields it keeps.
#include "adapters/rocketchat/facade/facade.hpp"

#include <algorithm>

#include "adapters/http/secret.hpp"
#include "adapters/login/credentials.hpp"
#include "adapters/rocketchat/errors.hpp"

namespace parley::rocketchat {

std::optional<Profile> find_profile(std::string_view name) noexcept {
  if (name.empty() || name == "8") return Profile::v8;
  if (name == "0.70" || name == "pimenta") return Profile::pimenta;
  return {};
}

Facade::Facade(const config::Route& route)
    : profile_(find_profile(route.profile).value_or(Profile::v8)),
      open_(route.auth.none),
      users_(config::settings_of<RouteAuth>(route).users),
      logins_("rocketchat", config::settings_of<login::Settings>(route)),
      custom_fields_(config::settings_of<RouteSettings>(route).custom_fields),
      widget_(config::settings_of<RouteSettings>(route).widget),
      files_(config::settings_of<RouteSettings>(route).files),
      report_losses_(route.loss != config::LossPolicy::allow),
      any_origin_(route.cors.origins.empty()) {}

bool Facade::keeps(std::string_view custom_field) const noexcept {
  return custom_fields_.empty() ||
         std::find(custom_fields_.begin(), custom_fields_.end(), custom_field) != custom_fields_.end();
}

Result<std::string_view> Facade::admit(const http::Request& request) const {
  if (open_) return std::string_view();
  const auto unauthorized = [] {
    return fault(by_rocketchat, Code::unauthorized, "You must be logged in to do this.");
  };
  if (login::comes_twice(request, "X-User-Id") || login::comes_twice(request, "X-Auth-Token")) {
    return unauthorized();
  }
  const std::string_view id = request.header("X-User-Id").value_or("");
  const std::string_view token = request.header("X-Auth-Token").value_or("");
  if (const std::string_view known = holder_of(id, token); !known.empty()) return known;
  return unauthorized();
}

std::string_view Facade::holder_of(std::string_view id, std::string_view token) const {
  std::string_view known;
  for (const RouteAuth::User& user : users_) {  // all users: the time must not reveal who exists
    const bool same_id = http::same_secret(id, user.id);
    const bool same_token = http::same_secret(token, user.token.value);
    if (same_id && same_token) known = user.id;
  }
  if (const login::Logins::User* user = logins_.holder(login::TokenKind::access, token)) {
    if (http::same_secret(id, user->id)) known = user->id;
  }
  return known;
}

}  // namespace parley::rocketchat
