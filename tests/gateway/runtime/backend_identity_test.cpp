// Which changes of a backend's settings need another backend.
#include "gateway/runtime/backend_identity.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>

namespace parley::test {
namespace {

/// nullopt: a value is refused.
std::optional<config::Backend> try_backend(const String& keys) {
  const config::Loaded loaded = config::load_text("backends: {a: {" + keys + "}}\n", contract::keys_of());
  if (!loaded.faults.empty()) return {};
  return loaded.settings.backends.at(0);
}
config::Backend backend(const String& keys) {
  const std::optional<config::Backend> loaded = try_backend(keys);
  REQUIRE(loaded.has_value());
  return *loaded;
}

/// Values for any key; the first that a key accepts and that is not its default is used. A new type of value may need another one.
constexpr std::string_view values[] = {"other", "7", "3s", "1MiB", "true", "\"http://other\"", "{calls: 7, per: 1m}"};

/// Whether the key is compared: some value of it makes a backend that is another one.
bool is_compared(const String& kind, const String& before, const shape::Row& row, const String& after) {
  List<String> all(std::begin(values), std::end(values));
  all.insert(all.end(), row.type->words.begin(), row.type->words.end());
  for (const String& value : all) {
    const String keys = kind + ", " + before + String(row.key) + ": " + value + after;
    const std::optional<config::Backend> other = try_backend(keys);
    if (!other || gateway::runtime::same(backend(kind), *other)) continue;
    CHECK_FALSE(gateway::runtime::same(*other, backend(kind)));
    CHECK(gateway::runtime::same(*other, backend(keys)));
    return true;
  }
  return false;
}

/// Checks each key of a table. A section is checked key by key, unless one of its keys is required.
void check_keys(const String& kind, const String& before, const shape::View& table, const String& after) {
  for (const shape::Row& row : table.rows) {
    const shape::View* const section = row.type->form == shape::Form::object ? row.type->view : nullptr;
    const auto needed = [](const shape::Row& one) { return one.need == shape::Need::required; };
    if (section != nullptr && std::none_of(section->rows.begin(), section->rows.end(), needed)) {
      check_keys(kind, before + String(row.key) + ": {", *section, "}" + after);
    } else {
      CAPTURE(kind);
      CAPTURE(before);
      CAPTURE(row.key);
      CHECK(is_compared(kind, before, row, after));
    }
  }
}

}  // namespace

TEST_CASE("every key of a backend is compared, but not its name and place") {
  for (const contract::Adapter* adapter : contract::registry()) {
    if (adapter->open_backend == nullptr) continue;
    const String kind = "kind: " + String(adapter->name);
    for (const config::OwnTable* table : adapter->tables) {
      if (table->at == config::At::backend) check_keys(kind, "", *table->keys.view, "");
      if (table->at != config::At::backend_auth) continue;
      check_keys(kind, "auth: {", *table->keys.view, "}");
      CHECK_FALSE(gateway::runtime::same(backend(kind), backend(kind + ", auth: none")));
    }
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
