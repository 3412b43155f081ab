// The Enghouse facade of a route: the check of credentials, the tenants of domains.
#include "adapters/enghouse/facade/facade.hpp"

#include <algorithm>

#include "adapters/http/base64.hpp"
#include "adapters/http/query.hpp"
#include "adapters/http/secret.hpp"
#include "adapters/login/credentials.hpp"
#include "schemas/ascii.hpp"

namespace parley::enghouse {
namespace {

// This and the functions below compare with every entry of a list, so that the time does not reveal which entry nearly matched.
std::optional<std::string_view> find_secret(std::string_view given, const List<config::Secret>& secrets,
                                            const List<String>& names) noexcept {
  std::optional<std::string_view> found;
  for (std::size_t i = 0; i < secrets.size(); ++i) {
    if (http::same_secret(given, secrets[i].value)) found = names[i];
  }
  return found;
}

}  // namespace

Facade::Facade(const config::Route& route)
    : open_(route.auth.none),
      auth_(config::settings_of<RouteAuth>(route)),
      domains_(config::settings_of<RouteSettings>(route).domains),
      strict_status_(config::settings_of<RouteSettings>(route).strict_status),
      reports_losses_(route.loss != config::LossPolicy::allow) {
  for (std::size_t i = 0; i < auth_.tokens.size(); ++i) token_names_.push_back("tokens[" + std::to_string(i) + ']');
  for (std::size_t i = 0; i < auth_.bearer.size(); ++i) bearer_names_.push_back("bearer[" + std::to_string(i) + ']');
  const auto add = [this](bool taken, std::string_view scheme) {
    if (taken) challenge_.append(challenge_.empty() ? "" : ", ").append(scheme).append(R"( realm="enghouse")");
  };
  add(!auth_.bearer.empty(), "Bearer");
  add(!auth_.basic.empty(), "Basic");
  add(challenge_.empty(), "ctlivetoken");  // not a registered scheme, but a 401 must name one
}

std::unique_ptr<contract::Facade> make_facade(const config::Route& route) { return std::make_unique<Facade>(route); }

Result<String> Facade::tenant_of(std::string_view domain) const {
  if (domains_.empty()) return String();
  if (domain.empty()) {
    // Without a domain, the chat could be another tenant's unless all domains have the same tenant.
    const auto same = [this](const auto& entry) { return entry.second == domains_.front().second; };
    if (std::all_of(domains_.begin(), domains_.end(), same)) return domains_.front().second;
    return refuse(Code::no_such_chat);
  }
  for (const auto& [name, tenant] : domains_) {
    if (ascii::same_ignoring_case(name, domain)) return tenant;
  }
  return refuse(Code::no_such_chat);
}

std::optional<std::string_view> Facade::holder_of_token(std::string_view token) const noexcept {
  return find_secret(token, auth_.tokens, token_names_);
}

std::optional<std::string_view> Facade::holder_of_authorization(std::string_view value) const {
  const std::size_t blank = std::min(value.find(' '), value.size());
  const std::string_view scheme = value.substr(0, blank);
  const std::string_view rest = value.substr(std::min(blank + 1, value.size()));
  if (ascii::same_ignoring_case(scheme, "bearer")) return find_secret(rest, auth_.bearer, bearer_names_);
  if (!ascii::same_ignoring_case(scheme, "basic")) return {};
  const auto pair = http::base64_decode(rest);
  if (!pair) return {};
  std::optional<std::string_view> found;
  for (const login::Basic& known : auth_.basic) {
    if (http::same_secret(*pair, known.user + ':' + known.password.value)) found = known.user;
  }
  return found;
}

Result<std::string_view> Facade::admit(const http::Request& request) const {
  if (open_) return std::string_view();
  const auto shown = request.header("ctlivetoken");
  const auto asked = http::query_value(request.query, "ctlivetoken");
  if (login::comes_twice(request, "ctlivetoken") || login::comes_twice(request, "authorization") ||
      login::asked_twice(request, "ctlivetoken") || (shown && asked && *shown != *asked)) {
    return refuse(Code::unauthorized);
  }
  std::optional<std::string_view> holder;
  if (shown) holder = holder_of_token(*shown);
  if (const auto value = request.header("authorization"); value && !holder) holder = holder_of_authorization(*value);
  if (asked && !holder) holder = holder_of_token(*asked);
  if (holder) return *holder;
  return refuse(Code::unauthorized);  // cookies are never read: a script tag on any page makes the browser send them
}

}  // namespace parley::enghouse
