// Durations by how long they were: the bounds, and that none is lost.
#include "adapters/contract/durations.hpp"

#include <doctest/doctest.h>

namespace parley::test {

TEST_CASE("durations: one on a bound is below it, one more is above, and none is too long") {
  using contract::Durations;
  using std::chrono::microseconds;
  using std::chrono::milliseconds;
  CHECK(Durations::slot_of(microseconds(0)) == 0);
  for (std::size_t i = 0; i < Durations::bounds.size(); ++i) {
    CAPTURE(Durations::bounds[i]);
    CHECK(Durations::slot_of(milliseconds(Durations::bounds[i])) == i);
    CHECK(Durations::slot_of(milliseconds(Durations::bounds[i]) + microseconds(1)) == i + 1);
  }
  CHECK(Durations::slot_of(std::chrono::hours(24 * 365)) == Durations::slots - 1);
}

}  // namespace parley::test
