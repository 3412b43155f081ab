// A buffer with a bound: it takes no more memory than it may, and tells.
#include "schemas/buffer.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace parley;

TEST_CASE("a bounded buffer holds what fits, and forgets what does not") {
  Buffer buffer;
  buffer.bound(10'000);
  const std::string piece(1000, 'x');
  for (int i = 0; i < 10; ++i) buffer.append(piece);
  CHECK(buffer.size() == 10'000);
  CHECK_FALSE(buffer.overflowed());
  CHECK(buffer.capacity() <= 10'000);

  buffer.append('x');
  CHECK(buffer.overflowed());
  for (int i = 0; i < 1000; ++i) buffer.append(piece);
  CHECK(buffer.capacity() <= 10'000);
  CHECK(buffer.size() <= 10'000);

  SUBCASE("one piece that is larger than all may be is taken for its writer's sake") {
    const std::string large(20'000, 'y');
    buffer.append(large);
    CHECK(buffer.view() == large);
    CHECK(buffer.overflowed());
  }
  SUBCASE("without a bound it is as before") {
    buffer.bound(Buffer::unbounded);
    buffer.clear();
    CHECK_FALSE(buffer.overflowed());
    for (int i = 0; i < 100; ++i) buffer.append(piece);
    CHECK(buffer.size() == 100'000);
  }
  SUBCASE("a bound goes with the content") {
    const Buffer moved = std::move(buffer);
    CHECK(moved.overflowed());
    CHECK_FALSE(buffer.overflowed());  // NOLINT(bugprone-use-after-move)
  }
}
