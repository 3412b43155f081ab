// A store in a process that has no descriptors left.
#include <fcntl.h>
#include <sys/resource.h>

#include "tests/adapters/sqlite/world.hpp"

using namespace parley;
using namespace parley::sqlite::test;

TEST_CASE("a store answers when clients have used up the descriptors") {
  World world;
  world->visitor(registration("t"));
  world.restart();
  const int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  REQUIRE(next >= 0);
  ::close(next);
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  rlimit none = before;
  none.rlim_cur = static_cast<rlim_t>(next);
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
  const bool more = ::open("/dev/null", O_RDONLY | O_CLOEXEC) >= 0;
  const auto read = world->run(by_token("t"));
  const auto listed = world->run(ListVisitors{});
  const auto written = world->run(registration("u"));
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK_FALSE(more);
  CHECK(read.has_value());
  CHECK(listed.has_value());
  CHECK(written.has_value());
}
