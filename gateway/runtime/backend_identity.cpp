// Members are taken apart by position: one more in a struct does not compile before it has its place here.
#include "gateway/runtime/backend_identity.hpp"

#include <filesystem>
#include <tuple>

namespace parley::gateway::runtime {
namespace {

auto parts(const config::Credentials& credentials) {
  const auto& [none, given, user, email, password, api_key, site_id, user_id, token, bearer, refresh_token, client_id,
               token_url, mark] = credentials;
  static_cast<void>(mark);
  return std::tie(none, given, user, email, password, api_key, site_id, user_id, token, bearer, refresh_token,
                  client_id, token_url);
}

auto parts(const config::Timeouts& timeouts) {
  const auto& [connect, first_byte, total] = timeouts;
  return std::tie(connect, first_byte, total);
}

auto parts(const config::Quota& quota) {
  const auto& [calls, per] = quota;
  return std::tie(calls, per);
}

auto parts(const config::Backend& backend) {
  const auto& [name, kind, path, demo, page_changes, url, auth, domain, ca, timeouts, quota, connections, answer, mark,
               kind_mark, url_mark] = backend;
  static_cast<void>(std::tie(name, mark, kind_mark, url_mark));
  return std::tuple_cat(std::tie(kind, path, demo, page_changes, url, domain, ca, connections, answer), parts(auth),
                        parts(timeouts), parts(quota));
}

}  // namespace

bool same(const config::Backend& a, const config::Backend& b) { return parts(a) == parts(b); }

bool same_store(const config::Backend& a, const config::Backend& b) {
  if (a.kind != b.kind || a.path.empty() || b.path.empty()) return false;
  std::error_code unknown;
  return std::filesystem::weakly_canonical(a.path, unknown) == std::filesystem::weakly_canonical(b.path, unknown) ||
         std::filesystem::equivalent(a.path, b.path, unknown);
}

}  // namespace parley::gateway::runtime
