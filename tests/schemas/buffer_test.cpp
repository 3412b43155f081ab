// A buffer with a bound takes no more memory than allowed, and reports an overflow.
#include "schemas/buffer.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace parley;

TEST_CASE("a bounded buffer keeps content that fits, and drops content that does not") {
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

  SUBCASE("a single piece that is larger than the bound is still stored") {
    const std::string large(20'000, 'y');
    buffer.append(large);
    CHECK(buffer.view() == large);
    CHECK(buffer.overflowed());
  }
  SUBCASE("without a bound it grows again") {
    buffer.bound(Buffer::unbounded);
    buffer.clear();
    CHECK_FALSE(buffer.overflowed());
    for (int i = 0; i < 100; ++i) buffer.append(piece);
    CHECK(buffer.size() == 100'000);
  }
  SUBCASE("a move takes the overflow along") {
    const Buffer moved = std::move(buffer);
    CHECK(moved.overflowed());
    CHECK_FALSE(buffer.overflowed());  // NOLINT(bugprone-use-after-move)
  }
}
