// What is generated from the tables: the reference in the tree is fresh, the schema is one and names every key.
#include "config/reference.hpp"

#include <doctest/doctest.h>

#include "schemas/shape/node.hpp"
#include "tests/support/scratch.hpp"

using namespace parley;

TEST_CASE("config: REFERENCE.md and schema.json are fresh") {
  CHECK(test::read_file(test::project_file("config/REFERENCE.md")) == config::reference());
  CHECK(test::read_file(test::project_file("config/schema.json")) == config::json_schema());
}

TEST_CASE("config: the schema closes every object and names what is required") {
  shape::Document document;
  REQUIRE(document.parse_json(config::json_schema()).has_value());
  const shape::Node& root = document.root();
  CHECK(root.find("$schema")->text == "https://json-schema.org/draft/2020-12/schema");
  CHECK(root.find("additionalProperties")->text == "false");
  const shape::Node* definitions = root.find("$defs");
  REQUIRE(definitions != nullptr);
  CHECK(definitions->size == 15);
  for (const shape::Node& one : *definitions) {
    CAPTURE(one.key);
    CHECK(one.find("additionalProperties")->text == "false");
    for (const shape::Node& key : *one.find("properties")) {
      CAPTURE(key.key);
      CHECK(key.find("description") != nullptr);
    }
  }
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

TEST_CASE("config: the reference tells every key of the manual") {
  const String text = config::reference();
  for (const char* key :
       {"server",  "listen", "workers", "limits", "body",   "head",   "idle",    "request", "backends",
        "kind",    "path",   "demo",    "routes", "name",   "facade", "host",    "prefix",  "profile",
        "backend", "emit",   "loss",    "auth",   "bearer", "basic",  "site_id", "tokens",  "users"}) {
    CAPTURE(key);
    CHECK(text.find("| `" + String(key) + "` |") != String::npos);
  }
}
