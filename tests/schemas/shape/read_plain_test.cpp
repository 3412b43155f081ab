// The reader without a tree: which documents it takes, and what is left in the record if it takes none. tests/conformance holds it to
// the thorough reader in the tables of all vendors.
#include "schemas/shape/read_plain.hpp"

#include <doctest/doctest.h>

#include "schemas/canonical/agent.hpp"
#include "tests/support/both_readers.hpp"

using parley::Agent;
using parley::List;
using parley::String;

namespace {

const parley::shape::View& view = parley::shape::canonical_view<Agent>;

parley::test::Readings read(std::string_view json) {
  return parley::test::read_records<Agent>(view, json, parley::test::views_of<Agent>());
}

/// An agent with `count` members that have no row, then `end`.
String unknown_members(std::size_t count, const String& end) {
  String json = R"({"id":"a1")";
  for (std::size_t i = 0; i < count; ++i) json += ",\"odd" + std::to_string(i) + "\":" + std::to_string(i);
  return json + end + "}";
}

/// Whether the reader that lends texts can read a T.
template <class T>
concept Readable = requires(T& record, parley::shape::Document& document) {
  parley::shape::read_plain(view, "", document, nullptr, record);
};
static_assert(Readable<Agent>);
static_assert(!Readable<parley::Attribute>, "it has no wire to keep the texts that it would borrow");

}  // namespace

TEST_CASE("read_plain: what it takes") {
  struct Case {
    const char* name;
    String json;
    bool taken;
  };
  const List<Case> cases = {
      {"in the order of the table", R"({"id":"a1","username":"u","name":"n"})", true},
      {"in another order", R"({"name":"n","id":"a1"})", true},
      {"with blanks", "\n{ \"id\" : \"a1\" ,\n  \"name\" : \"n\" }\n", true},
      {"keys with escapes", R"({"\u0069d":"a1","n\u0061me":"n"})", true},
      {"values with escapes", R"({"id":"a\u0031","name":"\ud83d\ude00\n"})", true},
      {"unknown members", R"({"id":"a1","x":{"y":[1,{"z":null}]},"w":[]})", true},
      {"values that do not fit", R"({"id":1,"name":{"a":1},"username":null})", true},
      {"16 unknown members", unknown_members(16, ""), true},
      {"17 unknown members", unknown_members(17, ""), false},
      {"unknown member twice", unknown_members(3, R"(,"odd1":0)"), false},
      {"unknown member twice by an escape", unknown_members(3, R"(,"\u006fdd1":0)"), false},
      {"known member twice", R"({"id":"a1","id":"a2"})", false},
      {"known member twice by an escape", R"({"id":"a1","name":"n","\u0069d":"a2"})", false},
      {"known member that does not fit twice", R"({"id":"a1","name":1,"name":2})", false},
      {"a key twice below", R"({"id":"a1","x":{"a":1,"a":2}})", false},
      {"extensions", R"({"id":"a1","extensions":{"v.agent":{"a":1,"b":"\u0061"}}})", true},
      {"extensions that are no extensions", R"({"id":"a1","extensions":{"v.agent":1}})", true},
      {"extensions twice", R"({"id":"a1","extensions":{},"extensions":{}})", false},
      {"64 levels", R"({"id":"a1","x":)" + String(63, '[') + String(63, ']') + "}", true},
      {"65 levels", R"({"id":"a1","x":)" + String(64, '[') + String(64, ']') + "}", false},
      {"64 levels in a known member", R"({"id":)" + String(63, '[') + String(63, ']') + "}", true},
      {"an empty object", "{}", true},
      {"a list", R"([{"id":"a1"}])", false},
      {"a text", R"("a1")", false},
      {"nothing", "", false},
      {"a value behind it", R"({"id":"a1"}{})", false},
      {"NUL behind it", String("{\"id\":\"a1\"}\0", 12), false},
      {"a comma at the end", R"({"id":"a1",})", false},
      {"no comma", R"({"id":"a1""name":"n"})", false},
      {"no colon", R"({"id" "a1"})", false},
      {"no value", R"({"id":})", false},
      {"a byte order mark", "\xef\xbb\xbf{\"id\":\"a1\"}", false},
      {"invalid UTF-8", "{\"id\":\"a1\",\"name\":\"\xff\"}", false},
      {"a surrogate alone", R"({"id":"a1","name":"\ud800"})", false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const parley::test::Readings readings = read(c.json);
    CHECK(readings.difference == "");
    CHECK(readings.taken == c.taken);
  }
}

TEST_CASE("read_plain: a document that is cut off leaves the record new") {
  const String json = R"({"name":"n\u0061me","id":"a1","status":"away","odd":{"a":[1,2]},"x":1})";
  REQUIRE(read(json).taken);
  for (std::size_t size = 0; size < json.size(); ++size) {
    CAPTURE(size);
    const parley::test::Readings readings = read(json.substr(0, size));
    CHECK(readings.difference == "");
    CHECK_FALSE(readings.taken);
  }
}

TEST_CASE("read_plain: a record outlives the document and its text") {
  auto json = std::make_unique<String>(R"({"id":"a1","name":")" + String(100, 'n') + R"(","odd":[")" + String(50, 'o') +
                                       R"("]})");
  auto document = std::make_unique<parley::shape::Document>();
  Agent agent;
  REQUIRE(parley::shape::read_plain(view, *json, *document, nullptr, agent));
  json.reset();
  document.reset();
  CHECK(agent.name.borrows());
  CHECK(agent.name == String(100, 'n'));
  REQUIRE(agent.extensions.size() == 1);
  CHECK(agent.extensions.front().json == "[\"" + String(50, 'o') + "\"]");
}

TEST_CASE("read_plain_member: which documents around an object it takes") {
  const auto is_good = [](const parley::shape::Node& member) { return member.key != "good" || member.text == "true"; };
  struct Case {
    const char* json;
    bool taken;
  };
  const Case cases[] = {
      {R"({"good":true,"agent":{"id":"a1","name":"Ann"},"error":null})", true},
      {R"( { "agent" : {"id":"a1","name":"Ann"} , "more" : [1,{"a":2}] } )", true},
      {R"({"good":false,"agent":{"id":"a1","name":"Ann"}})", false},
      {R"({"agent":{"id":"a1","name":"Ann"},"good":false})", false},
      {R"({"good":true})", false},
      {R"({"agent":null})", false},
      {R"({"agent":[{"id":"a1"}]})", false},
      {R"({"agent":{"id":"a1","id":"a1"}})", false},
      {R"({"agent":{"id":"a1"},"agent":{"id":"a1"}})", false},
      {R"({"more":1,"agent":{"id":"a1"},"more":1})", false},
      {R"({"agent":{"id":"a1"},"more":{"a":1,"a":2}})", false},
      {R"({"agent":{"id":"a1"}}x)", false},
      {R"({"agent":{"id":"a1"})", false},
      {R"([{"agent":{"id":"a1"}}])", false},
      {"", false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.json);
    parley::shape::Document document;
    Agent agent;
    const bool taken = parley::shape::read_plain_member(view, one.json, "agent", is_good, document, nullptr, agent);
    CHECK(taken == one.taken);
    CHECK(agent == (taken ? [] { Agent ann; ann.id.text = "a1"; ann.name = "Ann"; return ann; }() : Agent()));
    CHECK((agent.wire.texts != nullptr) == taken);
  }
}

TEST_CASE("read_plain: a strict reading is not its task") {
  parley::shape::Arena texts;
  List<parley::shape::Node> nodes;
  parley::shape::Reading strict(true);
  Agent agent;
  CHECK_FALSE(parley::shape::read_plain(view, R"({"id":"a1"})", texts, nodes, &agent, strict));
  CHECK(agent == Agent());
}
