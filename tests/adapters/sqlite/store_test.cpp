// What the store's sessions do beside the rules.
#include "tests/adapters/sqlite/world.hpp"

using namespace parley;
using namespace parley::sqlite::test;

TEST_CASE("a second read of a session returns the cached record, until somebody writes it") {
  World world;
  world->visitor(registration("t"));
  const auto first = world->get<Ref<Visitor>>(by_token("t"));
  CHECK(world->get<Ref<Visitor>>(by_token("t")).get() == first.get());
  Worker other(*world.backend);
  other.visitor(registration("t"));
  CHECK(world->get<Ref<Visitor>>(by_token("t")).get() != first.get());
}
