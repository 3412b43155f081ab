// Places by path. Paths have the same form as in faults.
#include "config/places.hpp"

#include "tests/config/good_files.hpp"

using namespace parley;
using namespace parley::config;

TEST_CASE("config: the place of each key and list element is found by its path") {
  shape::Yaml yaml(
      "server:\n"
      "  listen: \"127.0.0.1:1\"\n"
      "routes:\n"
      "  - facade: x\n"
      "    auth: {users: [{id: a}, {id: b}]}\n"
      "  - facade: y\n");
  REQUIRE(yaml.readable());
  const Places places(yaml);
  struct Case {
    const char *asked, *path, *key;
    std::uint32_t line, column, key_column;
  };
  const Case cases[] = {
      {"server", "server", "server", 2, 3, 1},
      {"server.listen", "server.listen", "listen", 2, 11, 3},
      {"server.listen[0]", "server.listen", "listen", 2, 11, 3},
      {"routes[0].facade", "routes[0].facade", "facade", 4, 13, 5},
      {"routes[1].facade", "routes[1].facade", "facade", 6, 13, 5},
      {"routes[1]", "routes[1]", "[1]", 6, 5, 5},
      {"routes[0].auth.users[1].id", "routes[0].auth.users[1].id", "id", 5, 34, 30},
  };
  for (const Case& one : cases) {
    CAPTURE(one.asked);
    const Places::Place* place = places.find(one.asked);
    REQUIRE(place != nullptr);
    CHECK(place->path == one.path);
    CHECK(place->key == one.key);
    CHECK(place->mark.line == one.line);
    CHECK(place->mark.column == one.column);
    CHECK(place->key_mark.column == one.key_column);
  }
  CHECK(places.find("routes[2]") == nullptr);
  CHECK(places.find("server.listen[1]") == nullptr);
  CHECK(places.find("") == nullptr);
  const List<const Places::Place*> below = places.below(*places.find("routes[0]"));
  REQUIRE(below.size() == 2);
  CHECK(below[0]->key == "auth");
  CHECK(below[1]->key == "facade");
}

TEST_CASE("config: settings of a file know the places of keys, and other settings know none") {
  const Settings settings = test::good("backends: {a: {kind: sqlite}}\n");
  CHECK(is_written(settings, "backends.a.kind"));
  CHECK(place_of(settings, "backends.a.kind").column == 22);
  CHECK(place_of(settings, "backends.a.path", {7, 9}).column == 9);
  CHECK_FALSE(is_written(Settings{}, "backends.a.kind"));
  CHECK(place_of(Settings{}, "server", {7, 9}).line == 7);
}
