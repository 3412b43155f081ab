// Slots of durations: the bounds, and that every duration has a slot.
#include "adapters/contract/durations.hpp"

#include <doctest/doctest.h>

namespace parley::test {

TEST_CASE("durations: one equal to a bound is in its slot, one above is in the next, and the last slot has no bound") {
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
