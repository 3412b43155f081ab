// The credentials of CTLive that go into a header, and the checks of a backend's settings.
#include "adapters/enghouse/connector/connector.hpp"
#include "adapters/http/base64.hpp"
#include "adapters/upstream/check.hpp"
#include "adapters/upstream/settings.hpp"

namespace parley::enghouse {

upstream::Credential credential_of(const BackendAuth& auth) {
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
  if (config::settings_of<upstream::Settings>(settings).url.empty()) {
    add(settings.kind_mark, "url", "missing: the server, for example \"https://ctlive.example.com\"");
  }
  static constexpr std::string_view own[] = {"/livechat/*/*/*"};  // a domain, a service and an id may follow
  upstream::check_settings(settings, own, faults);

  if (settings.auth.none) return;
  if (!settings.auth.given) {
    return add(settings.kind_mark, "auth",
               "missing: expected {user: …, password: …}, {token: …}, {bearer: …}, or none");
  }
  const BackendAuth& given = config::settings_of<BackendAuth>(settings);
  const config::Mark& at = settings.auth.mark;
  const bool basic = !given.user.empty() || !given.password.value.empty();
  const int kinds = basic + !given.token.value.empty() + !given.bearer.value.empty();
  if (kinds == 0) add(at, "auth", "incomplete: expected user with password, token, or bearer");
  if (kinds > 1) add(at, "auth", "more than one kind of credential: one of them is enough");
  if (!basic) return;
  if (given.user.empty()) add(at, "auth.user", "missing: it goes with password");
  if (given.password.value.empty()) add(at, "auth.password", "missing: it goes with user");
}

}  // namespace parley::enghouse
