// The three credentials of CTLive that fit into a header, and what a configuration may say of them.
#include "adapters/enghouse/connector/connector.hpp"
#include "adapters/http/base64.hpp"
#include "adapters/upstream/check.hpp"

namespace parley::enghouse {

upstream::Credential credential_of(const config::Credentials& auth) {
  upstream::Credential credential;
  if (!auth.token.value.empty()) {
    credential.headers.emplace_back("ctlivetoken", auth.token.value);
  } else if (!auth.bearer.value.empty()) {
    credential.headers.emplace_back("Authorization", "Bearer " + auth.bearer.value);
  } else if (!auth.user.empty()) {
    const String pair = auth.user + ':' + auth.password.value;
    credential.headers.emplace_back("Authorization", "Basic " + http::base64_encode(pair));
  }
  return credential;
}

void check_backend(const config::Backend& settings, config::Faults& faults) {
  const auto add = [&](const config::Mark& mark, std::string_view path, std::string_view what) {
    faults.push_back({mark, String("backends.").append(settings.name).append(".").append(path), String(what)});
  };
  if (settings.url.empty()) {
    add(settings.kind_mark, "url", "missing: the server, for example \"https://ctlive.example.com\"");
  }
  static constexpr std::string_view own[] = {"/livechat/*/*/*"};  // a tenant, a service and an id may follow
  upstream::check_settings(settings, own, faults);

  const config::Credentials& given = settings.auth;
  if (given.none) return;
  if (!given.given) {
    return add(settings.kind_mark, "auth",
               "missing: expected {user: …, password: …}, {token: …}, {bearer: …}, or none");
  }
  const auto foreign = [&](bool is_there, std::string_view key) {
    if (is_there) add(given.mark, String("auth.").append(key), "not a credential of Enghouse");
  };
  foreign(!given.email.empty(), "email");
  foreign(!given.api_key.value.empty(), "api_key");
  foreign(!given.site_id.empty(), "site_id");
  foreign(!given.user_id.empty(), "user_id");
  foreign(!given.refresh_token.value.empty(), "refresh_token");
  foreign(!given.client_id.empty(), "client_id");
  foreign(!given.token_url.empty(), "token_url");
  const bool basic = !given.user.empty() || !given.password.value.empty();
  const int kinds = basic + !given.token.value.empty() + !given.bearer.value.empty();
  if (kinds == 0) add(given.mark, "auth", "incomplete: expected user with password, token, or bearer");
  if (kinds > 1) add(given.mark, "auth", "more than one kind of credential: one of them is enough");
  if (!basic) return;
  if (given.user.empty()) add(given.mark, "auth.user", "missing: it goes with password");
  if (given.password.value.empty()) add(given.mark, "auth.password", "missing: it goes with user");
}

}  // namespace parley::enghouse
