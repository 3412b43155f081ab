// Which changes of a backend's settings need another backend.
#include "gateway/runtime/backend_identity.hpp"

#include <doctest/doctest.h>

namespace parley::test {
namespace {

config::Backend backend(const String& keys) {
  const config::Loaded loaded = config::load_text("backends: {a: {" + keys + "}}\n", contract::keys_of());
  REQUIRE(loaded.faults.empty());
  return loaded.settings.backends.at(0);
}

}  // namespace

TEST_CASE("every key of a backend is compared, but not its name and place") {
  struct Case {
    const char* kind;
    const char* keys;
  };
  const Case cases[] = {
      {"sqlite", "path: other"},
      {"sqlite", "demo: true"},
      {"sqlite", "page_changes: title"},
      {"enghouse", "url: \"http://other\""},
      {"enghouse", "auth: none"},
      {"enghouse", "auth: {user: other}"},
      {"enghouse", "auth: {password: other}"},
      {"enghouse", "auth: {token: other}"},
      {"enghouse", "auth: {bearer: other}"},
      {"enghouse", "domain: other"},
      {"enghouse", "ca: other"},
      {"enghouse", "timeouts: {connect: 3s}"},
      {"enghouse", "timeouts: {first_byte: 3s}"},
      {"enghouse", "timeouts: {total: 3s}"},
      {"enghouse", "quota: {calls: 7, per: 1m}"},
      {"enghouse", "connections: 7"},
      {"enghouse", "answer: 1MiB"},
      {"comm100", "auth: {email: other}"},
      {"comm100", "auth: {password: other}"},
      {"comm100", "auth: {api_key: other}"},
      {"comm100", "auth: {site_id: other}"},
      {"comm100", "auth: {bearer: other}"},
      {"comm100", "auth: {refresh_token: other}"},
      {"comm100", "auth: {client_id: other}"},
      {"comm100", "auth: {token_url: other}"},
      {"rocketchat", "auth: {user_id: other}"},
      {"rocketchat", "auth: {token: other}"},
      {"rocketchat", "auth: {user: other}"},
      {"rocketchat", "auth: {password: other}"},
  };
  for (const Case& one : cases) {
    if (contract::find_adapter(one.kind) == nullptr) continue;  // its adapter was deleted
    CAPTURE(one.kind);
    CAPTURE(one.keys);
    const config::Backend plain = backend(String("kind: ") + one.kind);
    const config::Backend other = backend(String("kind: ") + one.kind + ", " + one.keys);
    CHECK_FALSE(gateway::runtime::same(plain, other));
    CHECK_FALSE(gateway::runtime::same(other, plain));
    CHECK(gateway::runtime::same(other, backend(String("kind: ") + one.kind + ", " + one.keys)));
  }
  const config::Backend plain;
  config::Backend changed;
  changed.kind = "other";
  CHECK_FALSE(gateway::runtime::same(plain, changed));
  config::Backend moved;
  moved.name = "other";
  moved.mark = moved.kind_mark = moved.auth.mark = {3, 3};
  CHECK(gateway::runtime::same(plain, moved));
}

TEST_CASE("a given value equals the default of a file without it") {
  if (contract::find_adapter("sqlite") == nullptr) return;
  CHECK(gateway::runtime::same(backend("kind: sqlite, demo: false"), backend("kind: sqlite")));
  config::Backend bare;
  bare.kind = "sqlite";
  CHECK(gateway::runtime::same(backend("kind: sqlite"), bare));
  CHECK_FALSE(gateway::runtime::same(bare, backend("kind: sqlite, demo: true")));
}

}  // namespace parley::test
