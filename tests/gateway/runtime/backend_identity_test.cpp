// Which change of a backend's settings asks for another backend.
#include "gateway/runtime/backend_identity.hpp"

#include <doctest/doctest.h>

#include <functional>

namespace parley::test {

TEST_CASE("each setting of a backend counts, its name and places do not") {
  using config::Backend;
  const std::pair<const char*, std::function<void(Backend&)>> changes[] = {
      {"kind", [](Backend& b) { b.kind = "other"; }},
      {"path", [](Backend& b) { b.path = "other"; }},
      {"demo", [](Backend& b) { b.demo = true; }},
      {"page_changes", [](Backend& b) { b.page_changes = "title"; }},
      {"url", [](Backend& b) { b.url = "other"; }},
      {"auth.none", [](Backend& b) { b.auth.none = true; }},
      {"auth", [](Backend& b) { b.auth.given = true; }},
      {"auth.user", [](Backend& b) { b.auth.user = "other"; }},
      {"auth.email", [](Backend& b) { b.auth.email = "other"; }},
      {"auth.password", [](Backend& b) { b.auth.password.value = "other"; }},
      {"auth.api_key", [](Backend& b) { b.auth.api_key.value = "other"; }},
      {"auth.site_id", [](Backend& b) { b.auth.site_id = "other"; }},
      {"auth.user_id", [](Backend& b) { b.auth.user_id = "other"; }},
      {"auth.token", [](Backend& b) { b.auth.token.value = "other"; }},
      {"auth.bearer", [](Backend& b) { b.auth.bearer.value = "other"; }},
      {"auth.refresh_token", [](Backend& b) { b.auth.refresh_token.value = "other"; }},
      {"auth.client_id", [](Backend& b) { b.auth.client_id = "other"; }},
      {"auth.token_url", [](Backend& b) { b.auth.token_url = "other"; }},
      {"domain", [](Backend& b) { b.domain = "other"; }},
      {"ca", [](Backend& b) { b.ca = "other"; }},
      {"timeouts.connect", [](Backend& b) { b.timeouts.connect += std::chrono::seconds(1); }},
      {"timeouts.first_byte", [](Backend& b) { b.timeouts.first_byte += std::chrono::seconds(1); }},
      {"timeouts.total", [](Backend& b) { b.timeouts.total += std::chrono::seconds(1); }},
      {"quota.calls", [](Backend& b) { ++b.quota.calls; }},
      {"quota.per", [](Backend& b) { b.quota.per += std::chrono::seconds(1); }},
      {"connections", [](Backend& b) { ++b.connections; }},
      {"answer", [](Backend& b) { ++b.answer; }},
  };
  const Backend plain;
  for (const auto& one : changes) {
    CAPTURE(one.first);
    Backend other;
    one.second(other);
    CHECK_FALSE(gateway::runtime::same(plain, other));
    CHECK(gateway::runtime::same(other, Backend(other)));
  }
  Backend moved;
  moved.name = "other";
  moved.mark = moved.kind_mark = moved.url_mark = moved.auth.mark = {3, 3};
  CHECK(gateway::runtime::same(plain, moved));
}

}  // namespace parley::test
