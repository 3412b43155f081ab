// The configuration keys of the embedded store.
#include "adapters/sqlite/settings.hpp"

#include <doctest/doctest.h>

#include "adapters/contract/adapter.hpp"

using namespace parley;

TEST_CASE("sqlite settings: every key of a backend, and the defaults") {
  const config::Loaded loaded = config::load_text(
      "backends:\n  local: {kind: sqlite, path: x.db, page_changes: title}\n  other: {kind: sqlite}\n",
      contract::keys_of());
  REQUIRE(loaded.faults.empty());
  CHECK(config::settings_of<sqlite::BackendSettings>(loaded.settings.backends.at(0)) ==
        sqlite::BackendSettings{.path = "x.db", .page_changes = "title"});
  CHECK(config::settings_of<sqlite::BackendSettings>(loaded.settings.backends.at(1)) ==
        sqlite::BackendSettings{.path = "", .page_changes = "url"});
}
