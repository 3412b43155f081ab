// The meaning of a list query: its tests, order and page, and what a store may derive from it.
#include "schemas/list_query.hpp"

#include <doctest/doctest.h>

#include <array>

#include "schemas/canonical/agent.hpp"
#include "schemas/page.hpp"

namespace parley {
namespace {

using Kind = ListTest::Kind;

constexpr std::string_view room = R"({
  "_id": "r1", "fname": "Ada & Charles", "msgs": 7, "open": true, "closed": null, "ts": "2024-01-02T00:00:00.000Z",
  "servedBy": {"_id": "ann", "name": ""}, "tags": ["vip", 5, ["late"], {"word": "deep"}],
  "visitors": [{"name": "Ada", "phone": [{"number": "1"}]}, {"name": "Bob"}, {"name": 3}], "none": []})";

bool passes(ListTest test) {
  shape::Document document;
  REQUIRE(document.parse_json(room).has_value());
  const bool passed = holds({{test}}, document.root());
  test.negated = !test.negated;
  CHECK(holds({{test}}, document.root()) != passed);
  return passed;
}
ListTest test_of(Kind kind, DocumentPath path, List<String> values = {}) {
  return {.kind = kind, .path = std::move(path), .values = std::move(values)};
}
ListTest any_of(Kind kind, DocumentPath path, List<String> values) {
  ListTest made = test_of(kind, std::move(path), std::move(values));
  made.any_element = true;
  return made;
}
Time at(const char* text) {
  bool exact = false;
  return *parse_iso(text, exact);
}
ListTest between(DocumentPath path, Time from, Time to) {
  return {.kind = Kind::between, .path = std::move(path), .from = from, .to = to};
}

/// The shape of a vendor that has no usernames and no number of chats.
constexpr auto shown = shape::shape<Agent, "test.agent">(
    shape::row<&Agent::id>("_id", shape::Need::required, "Id."),
    shape::row<&Agent::name>("fullName", shape::Need::optional, "Name."),
    shape::row<&Agent::status>("state", shape::Need::always, "Status."),
    shape::dropped<&Agent::username, &Agent::ongoing_chats, &Agent::first_name, &Agent::last_name, &Agent::emails,
                   &Agent::phone, &Agent::title, &Agent::bio, &Agent::time_zone, &Agent::most_chats,
                   &Agent::departments, &Agent::administrator, &Agent::disabled, &Agent::created_at>("It has none."));

Agent agent(String id, String name, String status = {}) {
  Agent made;
  made.id.text = std::move(id);
  made.name = std::move(name);
  made.status = std::move(status);
  return made;
}

String shown_ids(const ListQuery& query, List<Agent> agents) {
  const Page<Agent> page = select(std::move(agents), query);
  String text;
  for (const Ref<Agent>& one : page.records) text += one->id.text;
  return text + '/' + std::to_string(page.matching());
}

}  // namespace

TEST_CASE("list query: the documents for which a test passes") {
  CHECK(passes(test_of(Kind::equals, {"_id"}, {"r2", "r1"})));
  CHECK_FALSE(passes(test_of(Kind::equals, {"_id"}, {"R1"})));
  CHECK(passes(test_of(Kind::equals, {"msgs"}, {"7"})));
  CHECK(passes(test_of(Kind::equals, {"nothing"}, {""})));
  CHECK(passes(test_of(Kind::equals, {"servedBy", "_id"}, {"ann"})));
  CHECK_FALSE(passes(test_of(Kind::equals, {"servedBy._id"}, {"ann"})));
  CHECK(passes(test_of(Kind::equals, {"visitors", "name"}, {"Ada"})));
  CHECK_FALSE(passes(test_of(Kind::equals, {"visitors", "name"}, {"Bob"})));  // a list stands for its first element
  CHECK(passes(test_of(Kind::equals, {"visitors", "phone", "number"}, {"1"})));

  CHECK(passes(test_of(Kind::contains, {"fname"}, {"a & cHAR"})));
  CHECK_FALSE(passes(test_of(Kind::contains, {"fname"}, {"Grace"})));
  CHECK(passes(test_of(Kind::contains, {"fname"}, {""})));
  CHECK_FALSE(passes(test_of(Kind::contains, {"servedBy", "name"}, {""})));  // an empty text contains nothing
  CHECK_FALSE(passes(test_of(Kind::contains, {"nothing"}, {""})));

  CHECK(passes(test_of(Kind::is_there, {"open"})));
  CHECK_FALSE(passes(test_of(Kind::is_there, {"closed"})));
  CHECK_FALSE(passes(test_of(Kind::is_there, {"none"})));
  CHECK_FALSE(passes(test_of(Kind::is_there, {"nothing"})));

  CHECK(passes(test_of(Kind::is_true, {"open"})));
  CHECK_FALSE(passes(test_of(Kind::is_true, {"msgs"})));
  CHECK_FALSE(passes(test_of(Kind::is_true, {"nothing"})));

  CHECK(passes(any_of(Kind::equals, {"tags"}, {"vip"})));
  CHECK_FALSE(passes(any_of(Kind::equals, {"tags"}, {"5"})));     // not a text
  CHECK_FALSE(passes(any_of(Kind::equals, {"tags"}, {"late"})));  // within another list
  CHECK(passes(any_of(Kind::equals, {"tags", "word"}, {"deep"})));
  CHECK(passes(any_of(Kind::contains, {"visitors", "name"}, {"BO"})));
  CHECK_FALSE(passes(any_of(Kind::equals, {"fname"}, {"Ada & Charles"})));  // not a list
  CHECK_FALSE(passes(any_of(Kind::equals, {"nothing"}, {""})));

  const Time then = at("2024-01-02T00:00:00.000Z");
  const Time later = at("2024-01-02T00:00:00.001Z");
  const Time earlier = at("2024-01-01T23:59:59.999Z");
  CHECK(passes(between({"ts"}, then, then)));
  CHECK(passes(between({"ts"}, {}, then)));
  CHECK(passes(between({"ts"}, then, {})));
  CHECK_FALSE(passes(between({"ts"}, later, {})));
  CHECK_FALSE(passes(between({"ts"}, {}, earlier)));
  CHECK_FALSE(passes(between({"fname"}, {}, then)));
  CHECK_FALSE(passes(between({"nothing"}, {}, then)));
}

TEST_CASE("list query: a condition holds if one of its tests passes, and all conditions must hold") {
  const List<Agent> all = {agent("a", "Ada", "Online"), agent("b", "Bob", "Away"), agent("c", "Carl", "Online")};
  ListQuery query{.shape = &shape::view<shown>};
  query.conditions = {{{test_of(Kind::equals, {"fullName"}, {"Ada"}), test_of(Kind::equals, {"fullName"}, {"Bob"})}}};
  CHECK(shown_ids(query, all) == "ab/2");
  query.conditions.push_back({{test_of(Kind::equals, {"state"}, {"Online"})}});
  CHECK(shown_ids(query, all) == "a/1");
  query.conditions.push_back({});
  CHECK(shown_ids(query, all) == "/0");
}

TEST_CASE("list query: the order of values of every type, in both directions") {
  List<Agent> all = {agent("n", "x"), agent("t", "x"), agent("o", "x"), agent("l", "x"),
                     agent("b", "x"), agent("0", "x"), agent("T", "x"), agent("2", "x")};
  const auto extend = [&all](std::size_t at, const char* json) {
    all[at].extensions.push_back({"test.agent", "any", json});
  };
  extend(1, "\"b\"");
  extend(2, R"({"a":1})");
  extend(3, "[[1]]");
  extend(4, "true");
  extend(5, "10");
  extend(6, "\"B\"");
  extend(7, "9");
  ListQuery query{.shape = &shape::view<shown>, .order = {{{"any"}, false}}};
  CHECK(shown_ids(query, all) == "n20Ttolb/8");
  query.order[0].descending = true;
  CHECK(shown_ids(query, all) == "blotT02n/8");
}

TEST_CASE("list query: further sort keys decide between equal records, and then their original order") {
  const List<Agent> all = {agent("a", "B"), agent("b", "A"), agent("c", "B"), agent("d", "A")};
  ListQuery query{.shape = &shape::view<shown>, .order = {{{"fullName"}, false}}};
  CHECK(shown_ids(query, all) == "bdac/4");
  query.order[0].descending = true;
  CHECK(shown_ids(query, all) == "acbd/4");
  query.order.push_back({{"_id"}, true});
  CHECK(shown_ids(query, all) == "cadb/4");
  query.order = {{{"nothing"}, true}};
  CHECK(shown_ids(query, all) == "abcd/4");
}

TEST_CASE("list query: a page, and the number of all matches") {
  const List<Agent> all = {agent("a", ""), agent("b", ""), agent("c", ""), agent("d", "")};
  for (const auto& order : {List<SortKey>{}, List<SortKey>{{{"_id"}, false}}}) {
    ListQuery query{.shape = &shape::view<shown>, .order = order};
    CHECK(shown_ids(query, all) == "abcd/4");
    query.limit = 3;
    CHECK(shown_ids(query, all) == "abc/4");
    query.offset = 2;
    CHECK(shown_ids(query, all) == "cd/4");
    query.limit = 0;
    CHECK(shown_ids(query, all) == "cd/4");
    query.offset = 4;
    CHECK(shown_ids(query, all) == "/4");
    query.offset = 1'000'000'000'000'000;
    query.limit = 100;
    CHECK(shown_ids(query, all) == "/4");
  }
}

TEST_CASE("list query: a canonical query exists only if the shape carries every path as the model does") {
  ListQuery query{.shape = &shape::view<shown>};
  const auto canonical = [&query] { return in_canonical_terms(query, shape::canonical_view<Agent>); };
  query.conditions = {{{test_of(Kind::contains, {"fullName"}, {"a"})}}};
  query.order = {{{"_id"}, true}};
  REQUIRE(canonical().has_value());
  CHECK(canonical()->conditions[0].any_of[0].path == DocumentPath{"name"});
  CHECK(canonical()->order[0].path == DocumentPath{"id"});
  CHECK(canonical()->order[0].descending);
  CHECK_FALSE(
      in_canonical_terms(query, shape::canonical_view<Agent>, std::array<std::string_view, 1>{"name"}).has_value());
  query.order = {{{"state"}, true}};  // always written: a missing member and an empty text differ
  CHECK_FALSE(canonical().has_value());
  query.order = {{{"name"}, true}};  // a canonical key, but not a key of the shape
  CHECK_FALSE(canonical().has_value());
  query.order = {{{}, true}};
  CHECK_FALSE(canonical().has_value());
  query.order.clear();
  query.conditions.push_back({{test_of(Kind::is_there, {"tags"})}});
  CHECK_FALSE(canonical().has_value());
}

TEST_CASE("list query: the text that the JSON of every match contains") {
  ListQuery query{.shape = &shape::view<shown>};
  CHECK(text_in_every_match(query).empty());
  const auto text_of = [&query](List<ListTest> tests) {
    query.conditions = {{std::move(tests)}};
    return String(text_in_every_match(query));
  };
  const ListTest name = test_of(Kind::contains, {"fullName"}, {"Ada"});
  CHECK(text_of({name}) == "Ada");
  CHECK(text_of({name, test_of(Kind::equals, {"state"}, {"Ada"})}) == "Ada");
  CHECK(text_of({name, test_of(Kind::equals, {"state"}, {"Away"})}).empty());
  CHECK(text_of({name, test_of(Kind::is_there, {"state"})}).empty());
  CHECK(text_of({name, test_of(Kind::contains, {"unknown"}, {"Ada"})}).empty());
  CHECK(text_of({test_of(Kind::equals, {"fullName"}, {"Ada", "Bob"})}).empty());
  ListTest other = name;
  other.negated = true;
  CHECK(text_of({other}).empty());
}

}  // namespace parley
