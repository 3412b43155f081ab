// What is generated from the tables: the reference in the repository is up to date, and the schema is valid and complete.
#include "config/reference.hpp"

#include <doctest/doctest.h>

#include "adapters/contract/adapter.hpp"
#include "schemas/shape/node.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

using namespace parley;

namespace {
/// The adapters of the build, and another vendor that has profiles.
List<config::AdapterKeys> all_keys() {
  static constexpr std::string_view versions[] = {"old"};
  List<config::AdapterKeys> all = contract::keys_of();
  all.push_back({.name = "zendesk", .backends = true, .routes = true, .profiles = versions});
  return all;
}

/// The schema of a key of a table.
String schema_of(const shape::Node& root, const char* table, const char* key) {
  return String(root.find("$defs")->find(table)->find("properties")->find(key)->raw);
}
}  // namespace

TEST_CASE("config: REFERENCE.md is up to date" * doctest::skip(!test::built_with({"comm100"}))) {
  CHECK(test::read_file(test::project_file("config/REFERENCE.md")) == config::reference(contract::keys_of()));
}

TEST_CASE("config: the schema allows no unknown keys, and lists the required ones") {
  shape::Document document;
  REQUIRE(document.parse_json(config::json_schema(all_keys())).has_value());
  const shape::Node& root = document.root();
  CHECK(root.find("$schema")->text == "https://json-schema.org/draft/2020-12/schema");
  CHECK(root.find("additionalProperties")->text == "false");
  const shape::Node* definitions = root.find("$defs");
  REQUIRE(definitions != nullptr);
  std::size_t tables = 0;
  for (const shape::Node& one : *definitions) {
    CAPTURE(one.key);
    if (one.find("properties") == nullptr) continue;  // a type with its own syntax
    ++tables;
    CHECK(one.find("additionalProperties")->text == "false");
    for (const shape::Node& key : *one.find("properties")) {
      CAPTURE(key.key);
      CHECK(key.find("description") != nullptr);
    }
  }
  CHECK(tables == 18);
  struct Case {
    const char* table;
    const char* key;
    const char* raw;  // the default
  };
  const Case defaults[] = {
      {"server", "workers", "0"},
      {"limits", "body", "\"1MiB\""},
      {"limits", "head", "\"16KiB\""},
      {"limits", "idle", "\"75s\""},
      {"limits", "request", "\"30s\""},
      {"backend", "demo", "false"},
      {"backend", "page_changes", "\"url\""},
      {"backend", "out_of_site", "\"30m\""},
      {"retention", "messages", "\"never\""},
      {"route", "loss", "\"warn\""},
      {"route", "strict_status", "false"},
  };
  for (const Case& one : defaults) {
    CAPTURE(one.key);
    const shape::Node* value = definitions->find(one.table)->find("properties")->find(one.key)->find("default");
    REQUIRE(value != nullptr);
    CHECK(value->raw == one.raw);
  }
  const shape::Node* required = definitions->find("route")->find("required");
  REQUIRE(required->size == 2);
  CHECK(required->begin()->text == "facade");
  CHECK((++required->begin())->text == "backend");
  CHECK(definitions->find("backend")->find("required")->begin()->text == "kind");
}

TEST_CASE("config: the schema has the adapters' names, bounds for every number, and a variable for every scalar") {
  shape::Document document;
  REQUIRE(document.parse_json(config::json_schema(all_keys())).has_value());
  const shape::Node& root = document.root();
  struct Case {
    const char* table;
    const char* key;
    const char* part;
  };
  const Case cases[] = {
      {"backend", "kind", R"("sqlite",)"},
      {"route", "facade", R"("zendesk")"},
      {"route", "emit", R"("zendesk")"},
      {"route", "profile", R"("old")"},
      {"route", "loss", R"("lossless")"},
      {"log", "level", R"("warn")"},
      {"rate_limit", "by", R"("principal")"},
      {"backend", "page_changes", R"("title")"},
      {"server", "workers", R"("maximum": 1024)"},
      {"backend", "connections", R"("minimum": 1)"},
      {"limits", "body", R"(From 1B to 1GiB.)"},
      {"limits", "idle", R"("#/$defs/duration")"},
      {"limits", "head", R"("#/$defs/size")"},
      {"retention", "chats", R"("#/$defs/age")"},
      {"server", "trusted", R"("#/$defs/network")"},
      {"server", "listen", R"("#/$defs/listener")"},
      {"backend", "url", R"("#/$defs/url")"},
      {"backend", "demo", R"("#/$defs/variable")"},
      {"auth", "bearer", R"("#/$defs/secret")"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.key);
    CHECK(schema_of(root, one.table, one.key).find(one.part) != String::npos);
  }
  for (const shape::Node& table : *root.find("$defs")) {
    const shape::Node* properties = table.find("properties");
    if (properties == nullptr) continue;
    for (const shape::Node& key : *properties) {
      CAPTURE(key.key);
      const bool number = key.raw.find("\"integer\"") != String::npos;
      CHECK((!number || key.raw.find("\"maximum\"") != String::npos));
    }
  }
  CHECK(root.raw.find("[secret]") == String::npos);
}

TEST_CASE("config: the reference lists the keys" * doctest::skip(!test::built_with({"comm100"}))) {
  const String text = config::reference(contract::keys_of());
  for (const char* key :
       {"server",  "listen", "workers", "limits", "body",   "head",   "idle",    "request", "backends",
        "kind",    "path",   "demo",    "routes", "name",   "facade", "host",    "prefix",  "profile",
        "backend", "emit",   "loss",    "auth",   "bearer", "basic",  "site_id", "tokens",  "users"}) {
    CAPTURE(key);
    CHECK(text.find("| `" + String(key) + "` |") != String::npos);
  }
}
