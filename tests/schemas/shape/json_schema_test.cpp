// JSON Schema from tables: the keywords, and the required members.
#include "schemas/shape/json_schema.hpp"

#include <doctest/doctest.h>

#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/visitor.hpp"
#include "tests/support/json.hpp"

namespace parley::shape {
namespace {

struct Sample {
  String name;
  List<String> names;
  std::int64_t count = 0;
};

test::Value schema_of(const View& view, bool list = false) {
  Buffer out;
  write_json_schema(view, list, "a title", out);
  return test::parse(out.view());
}

/// The value at a path such as `properties/id/type`: the text of a scalar, else its JSON.
String at(const test::Value& root, std::string_view path) {
  const test::Value* value = &root;
  while (!path.empty() && value != nullptr) {
    value = value->find(path.substr(0, path.find('/')));
    path.remove_prefix(std::min(path.find('/'), path.size() - 1) + 1);
  }
  if (value == nullptr) return "absent";
  return value->children.empty() ? value->text : test::print(*value);
}

inline constexpr auto closed_sample =
    fields<Sample, "sample">(row<&Sample::name, Nullable<TextCodec>>("name", Need::optional, "A name."),
                             row<&Sample::names, Nullable<ListOf<TextCodec>>>("names", Need::optional, "More of them."),
                             row<&Sample::count>("count", Need::required, "How many."), closed());

}  // namespace

TEST_CASE("json schema: a value that may be null, and a document without other members") {
  const test::Value closed = schema_of(view<closed_sample>);
  CHECK(at(closed, "properties/name/type") == R"(["string","null"])");
  CHECK(at(closed, "properties/names/anyOf") == R"([{"type":"array","items":{"type":"string"}},{"type":"null"}])");
  CHECK(at(closed, "properties/count/type") == "integer");
  CHECK(at(closed, "required") == R"(["count"])");
  CHECK(at(closed, "additionalProperties") == "false");
  CHECK(at(schema_of(canonical_view<Agent>), "additionalProperties") == "absent");
  CHECK(describe(*view<closed_sample>.rows[0].type) == "text or null");
}

TEST_CASE("json schema: the keywords of the types") {
  const test::Value visitor = schema_of(canonical_view<Visitor>);
  const test::Value chat = schema_of(canonical_view<Chat>);
  CHECK(at(visitor, "$schema") == "https://json-schema.org/draft/2020-12/schema");
  CHECK(at(visitor, "title") == "a title");
  CHECK(at(visitor, "type") == "object");
  CHECK(at(visitor, "required") == R"(["id"])");
  CHECK(at(visitor, "properties/id/type") == "string");
  CHECK(at(visitor, "properties/id/description") == "Stable id of the visitor.");
  CHECK(at(visitor, "properties/visits/type") == "integer");
  CHECK(at(visitor, "properties/emails/type") == "array");
  CHECK(at(visitor, "properties/emails/items/type") == "string");
  CHECK(at(visitor, "properties/visit_at/format") == "date-time");
  CHECK(at(visitor, "properties/presence/enum") == R"(["","online","away","busy","offline"])");
  CHECK(at(chat, "properties/participants/items/$ref") == "#/$defs/participant");
  CHECK(at(chat, "$defs/participant/properties/is_agent/type") == "boolean");
  CHECK(at(chat, "$defs/form_field/type") == "object");  // two levels below
}

TEST_CASE("json schema: a list, and any of several tables") {
  const test::Value agents = schema_of(canonical_view<Agent>, true);
  CHECK(at(agents, "type") == "array");
  CHECK(at(agents, "items/$ref") == "#/$defs/agent");
  CHECK(at(agents, "$defs/agent/properties/status/type") == "string");

  const View* both[] = {&canonical_view<Agent>, &canonical_view<Chat>};
  Buffer out;
  write_json_schema(both, "model", out);
  const test::Value model = test::parse(out.view());
  CHECK(at(model, "anyOf") == R"([{"$ref":"#/$defs/agent"},{"$ref":"#/$defs/chat"}])");
  CHECK(at(model, "$defs/participant/type") == "object");
}

TEST_CASE("json schema: the tables below a table, each once") {
  const List<const View*> below = tables_below(canonical_view<Chat>);
  REQUIRE(below.size() == 6);
  CHECK(below[0]->name == "actor");
  CHECK(below[1]->name == "rating");
  CHECK(below[2]->name == "transcript_request");
  CHECK(below[3]->name == "participant");
  CHECK(below[4]->name == "data_collection");
  CHECK(below[5]->name == "form_field");
}

}  // namespace parley::shape
