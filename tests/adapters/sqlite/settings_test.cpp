// The configuration keys of the embedded store.
#include "adapters/sqlite/settings.hpp"

#include <doctest/doctest.h>

#include "adapters/contract/adapter.hpp"

using namespace parley;

TEST_CASE("sqlite settings: every key of a backend, and the defaults") {
  const config::Loaded loaded = config::load_text(
      "backends:\n  local: {kind: sqlite, path: x.db, page_changes: title, out_of_site: never, retention: {messages: "
      "90s, "
      "chats: 5m, page_visits: 12h, offline_messages: 36500d}}\n  other: {kind: sqlite}\n",
      contract::keys_of());
  REQUIRE(loaded.faults.empty());
  CHECK(config::settings_of<sqlite::BackendSettings>(loaded.settings.backends.at(0)) ==
        sqlite::BackendSettings{.path = "x.db",
                                .page_changes = "title",
                                .out_of_site = {},
                                .retention = {.messages = std::chrono::seconds(90),
                                              .chats = std::chrono::minutes(5),
                                              .page_visits = std::chrono::hours(12),
                                              .offline_messages = std::chrono::hours(36'500 * 24)}});
  CHECK(config::settings_of<sqlite::BackendSettings>(loaded.settings.backends.at(1)) ==
        sqlite::BackendSettings{
            .path = "", .page_changes = "url", .out_of_site = std::chrono::minutes(30), .retention = {}});
}

TEST_CASE("sqlite settings: times that are none are refused, with what to write instead") {
  const struct {
    const char* value;
    const char* fault;
  } cases[] = {
      {"90", "expected a time with its unit, such as 30m, 12h or 90d, or never, got \"90\"; write 90d or 90m"},
      {"90 days", "expected a time with its unit, such as 30m, 12h or 90d, or never, got \"90 days\"; write 90d"},
      {"forever", "expected a time with its unit, such as 30m, 12h or 90d, or never, got \"forever\"; write never"},
      {"Never", "expected a time with its unit, such as 30m, 12h or 90d, or never, got \"Never\"; write never"},
      {"1500ms", "expected a time with its unit, such as 30m, 12h or 90d, or never, got \"1500ms\""},
      {"0", "expected a time with its unit, such as 30m, 12h or 90d, or never, got \"0\"; write never"},
      {"0s", "expected a time from 1s to 36500d, or never, got \"0s\""},
      {"36501d", "expected a time from 1s to 36500d, or never, got \"36501d\""},
  };
  for (const auto& one : cases) {
    CAPTURE(one.value);
    for (const std::string_view key : {"out_of_site: ", "retention: {page_visits: "}) {
      const String close = key.ends_with("visits: ") ? "}}" : "}";
      const config::Loaded loaded =
          config::load_text("backends:\n  local: {kind: sqlite, path: x.db, " + String(key) + one.value + close + "\n",
                            contract::keys_of());
      REQUIRE_FALSE(loaded.faults.empty());
      CHECK(loaded.faults.front().what == one.fault);
    }
  }
}
