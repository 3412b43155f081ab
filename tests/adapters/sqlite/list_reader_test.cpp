// The store's answer to a list query is the same as that of `select` over all records.
#include <algorithm>

#include "tests/adapters/sqlite/world.hpp"
#include "tests/support/filler.hpp"
#include "tests/support/shapes.hpp"

using namespace parley;
using namespace parley::sqlite::test;
using parley::store::test::agent_named;

namespace {

using Kind = ListTest::Kind;
using parley::test::Random;

template <class T>
constexpr contract::RecordKind kind_of_record = std::is_same_v<T, Visitor> ? contract::RecordKind::visitor
                                                : std::is_same_v<T, Agent> ? contract::RecordKind::agent
                                                                           : contract::RecordKind::chat;

template <class T>
T random_record(Random& random) {
  const auto kind = kind_of_record<T>;
  return std::get<T>(parley::test::read_canonical(
      kind, parley::test::print(parley::test::random_record(parley::test::canonical_view(kind), random))));
}

/// The shapes in which vendors show such a record, and the canonical one.
template <class T>
List<const shape::View*> shapes_of() {
  List<const shape::View*> found = {&shape::canonical_view<T>};
  for (const contract::Adapter* adapter : contract::registry()) {
    for (const contract::WireShape& one : adapter->shapes) {
      if (one.kind == kind_of_record<T>) found.push_back(one.view);
    }
  }
  return found;
}

/// A path in a document, and the text there.
struct Place {
  DocumentPath path;
  String text;
  bool in_list = false;
};

void find_places(const shape::Node& node, DocumentPath path, bool in_list, List<Place>& places) {
  if (!path.empty() && !node.is_object() && !node.is_array()) places.push_back({path, String(node.text), in_list});
  for (const shape::Node& child : node) {
    DocumentPath below = path;
    if (node.is_object()) below.emplace_back(child.key);
    find_places(child, std::move(below), in_list || (node.is_array() && path.size() == 1), places);
  }
}

/// The texts in the documents of some records, so that random queries find something.
template <class T>
List<Place> places_of(const List<T>& records, const shape::View& shape) {
  List<Place> places = {{{"nothing"}, "nowhere"}, {{String(shape.rows[0].key)}, ""}};
  for (const T& record : records) {
    Buffer text;
    shape::Writer writer(text);
    shape::write_object(shape, &record, writer);
    writer.finish();
    shape::Document document;
    REQUIRE(document.parse_json(text.view()).has_value());
    find_places(document.root(), {}, false, places);
  }
  return places;
}

String part_of(const String& text, Random& random) {
  if (text.empty()) return text;
  std::size_t from = random.below(text.size());
  std::size_t to = from + 1 + random.below(text.size() - from);
  while (from > 0 && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80U) --from;  // back to a whole character
  while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0U) == 0x80U) ++to;
  String part = text.substr(from, to - from);
  for (char& byte : part) {
    if (byte >= 'a' && byte <= 'z' && random.chance(30)) byte = static_cast<char>(byte - 'a' + 'A');
  }
  return part;
}

ListTest random_test(const List<Place>& places, Random& random) {
  const Place& place = random.pick(places);
  ListTest test{.kind = static_cast<Kind>(random.below(5)), .path = place.path};
  test.any_element = place.in_list && random.chance(70);
  test.values = {test.kind == Kind::contains ? part_of(place.text, random) : place.text};
  if (test.kind == Kind::equals && random.chance(30)) test.values.push_back(random.pick(places).text);
  bool exact = false;
  if (const auto time = parse_iso(place.text, exact)) (random.chance(50) ? test.from : test.to) = *time;
  test.negated = random.chance(20);
  return test;
}

ListQuery random_query(const shape::View& shape, const List<Place>& places, std::size_t size, Random& random) {
  ListQuery query{.shape = &shape};
  for (std::size_t i = random.below(3); i > 0; --i) {
    ListCondition& condition = query.conditions.emplace_back();
    for (std::size_t j = 1 + random.below(3); j > 0; --j) condition.any_of.push_back(random_test(places, random));
  }
  if (random.chance(20)) {  // as a search does: one text at several paths
    ListCondition& condition = query.conditions.emplace_back();
    const String part = part_of(random.pick(places).text, random);
    for (int j = 0; j < 3; ++j) {
      condition.any_of.push_back({.kind = Kind::contains, .path = random.pick(places).path, .values = {part}});
    }
  }
  for (std::size_t i = random.below(3); i > 0; --i)
    query.order.push_back({random.pick(places).path, random.chance(50)});
  if (random.chance(70)) query.offset = random.below(size + 2);
  if (random.chance(80)) query.limit = 1 + random.below(size);
  return query;
}

/// How many lists each way of the store made: narrowed by a text, and ordered and chosen in canonical terms.
struct Ways {
  std::size_t narrowed = 0;
  std::size_t in_its_terms = 0;
};

template <class T, class List>
void check_lists(World& world, std::uint64_t seed, Ways& ways) {
  Random random(seed);
  const auto all = world->list<T>(List{});
  REQUIRE(all.size() > 10);
  for (const shape::View* shape : shapes_of<T>()) {
    CAPTURE(shape->name);
    const auto places = places_of(all, *shape);
    for (int round = 0; round < 40; ++round) {
      CAPTURE(round);
      List operation;
      operation.query = random_query(*shape, places, all.size(), random);
      const Page<T> expected = select(all, operation.query);
      const Page<T> found = world->get<Page<T>>(operation);
      CHECK(found.matching() == expected.matching());
      CHECK(parley::test::records_of(found) == parley::test::records_of(expected));
      ways.narrowed += text_in_every_match(operation.query).empty() || expected.matching() == 0 ? 0 : 1;
      ways.in_its_terms +=
          in_canonical_terms(operation.query, shape::canonical_view<T>) && !operation.query.takes_all() ? 1 : 0;
    }
  }
}

}  // namespace

TEST_CASE("a store's lists equal those of select, for every vendor's documents") {
  Ways visitors;
  Ways agents;
  Ways chats;
  for (const std::uint64_t seed : {1, 2}) {
    CAPTURE(seed);
    Random random(seed);
    World world;
    contract::Records records;
    for (int i = 0; i < 40; ++i) {
      records.visitors.push_back(random_record<Visitor>(random));
      records.agents.push_back(random_record<Agent>(random));
      if (random.chance(50)) records.agents.back().extensions.clear();
      if (random.chance(50)) records.visitors.back().extensions.clear();
    }
    for (int i = 0; i < 40; ++i) {
      Chat& chat = records.chats.emplace_back(random_record<Chat>(random));
      if (random.chance(50)) chat.extensions.clear();
      // Some participants are stored visitors, whose present names differ from those in the chat.
      if (!chat.participants.empty() && !chat.participants[0].is_agent) {
        chat.visitor = random.pick(records.visitors).id;
        chat.participants[0].id = chat.visitor.text;
      }
    }
    world.load(records);
    check_lists<Visitor, ListVisitors>(world, seed, visitors);
    check_lists<Agent, ListAgents>(world, seed, agents);
    check_lists<Chat, ListChats>(world, seed, chats);
  }
  for (const Ways& of : {visitors, agents, chats}) {
    CHECK(of.narrowed > 0);
    CHECK(of.in_its_terms > 0);
  }
}

TEST_CASE("a store's search finds text that rows spell with escapes, and ignores only the case of ASCII letters") {
  World world;
  contract::Records records;
  const char* names[] = {"Ada \"Countess\" L\xc3\xb6we", "ADA", "tab\there", "back\\slash", "L\xc3\x96WE", "100%_"};
  for (const char* name : names) records.agents.push_back(agent_named("agent-" + String(name), name, "Away"));
  world.load(records);
  const auto found = [&world](const char* part) {
    ListAgents operation;
    operation.query.shape = &shape::canonical_view<Agent>;
    operation.query.conditions = {{{{.kind = Kind::contains, .path = {"name"}, .values = {part}}}}};
    return world->get<Page<Agent>>(operation).matching();
  };
  CHECK(found("ada") == 2);
  CHECK(found("\"countess\" l") == 1);
  CHECK(found("B\tH") == 1);
  CHECK(found("K\\s") == 1);
  CHECK(found("l\xc3\xb6we") == 1);
  CHECK(found("%_") == 1);
  CHECK(found("\\") == 1);
}

TEST_CASE("a store's lists are in the order in which the records were added") {
  World world;
  contract::Records records;
  for (const char* id : {"c", "a", "b"}) records.agents.push_back(agent_named(id, "same", "Away"));
  world.load(records);
  ListAgents operation;
  operation.query.shape = &shape::canonical_view<Agent>;
  for (const bool descending : {false, true}) {
    operation.query.order = {{{"name"}, descending}};
    const List<Agent> all = world->list<Agent>(operation);
    REQUIRE(all.size() == 3);
    CHECK(all[0].id.text.str() + all[1].id.text + all[2].id.text == "cab");
  }
}

TEST_CASE("a store's lists use the original value that a vendor's document had for a member") {
  World world;
  contract::Records records;
  const auto shapes = shapes_of<Agent>();
  for (const shape::View* shape : shapes) {
    for (const shape::Row& row : shape->rows) {
      Agent& agent = records.agents.emplace_back();
      agent.id.text = String(shape->name) + '/' + String(row.key);
      agent.extensions.push_back({String(shape->name), String(row.key), "\"out of place\""});
    }
  }
  world.load(records);
  const List<Agent> all = world->list<Agent>(ListAgents{});
  std::size_t found = 0;
  for (const shape::View* shape : shapes) {
    for (const shape::Row& row : shape->rows) {
      CAPTURE(row.key);
      ListAgents operation;
      operation.query.shape = shape;
      operation.query.conditions = {{{{.kind = Kind::contains, .path = {String(row.key)}, .values = {"OUT OF"}}}}};
      const Page<Agent> page = world->get<Page<Agent>>(operation);
      CHECK(parley::test::records_of(page) == parley::test::records_of(select(all, operation.query)));
      found += page.matching();
    }
  }
  CHECK(found > shapes.size());
}
