// Places and the line before them: who comes first goes first, nobody waits for ever, and nobody is forgotten.
#include "gateway/limit/in_flight_limiter.hpp"

#include <doctest/doctest.h>

#include <array>

#include "tests/support/event_loop.hpp"

namespace parley::gateway::limit {
namespace {

struct Visit {
  bool came = false;
  bool entered = false;
};

/// Stands in line, and leaves at once with what it got in `place`.
io::Task<bool> stand(InFlightLimiter& limiter, Visit& visit, InFlightLimiter::Place& place) {
  place = co_await limiter.enter();
  visit.came = true;
  visit.entered = static_cast<bool>(place);
  co_return visit.entered;
}

struct World {
  void start(Visit& visit, InFlightLimiter::Place& place) {
    loop.start(stand(limiter, visit, place));
    settle();
  }
  /// Runs all that can run.
  void settle() {
    loop.context().restart();
    loop.context().poll();
  }

  InFlightLimiter limiter;  // outlives who stands in line
  test::EventLoop loop;
};

}  // namespace

TEST_CASE("who finds no place stands in line, and the first in line gets the next one") {
  World world;
  world.limiter.set({.inside = 1, .queue = 2, .wait = 1});
  InFlightLimiter::Place inside = world.limiter.try_enter();
  CHECK(inside);
  CHECK_FALSE(world.limiter.try_enter());
  std::array<Visit, 3> visits;
  std::array<InFlightLimiter::Place, 3> places;
  for (std::size_t i = 0; i < 3; ++i) world.start(visits[i], places[i]);
  CHECK_FALSE(visits[0].came);
  CHECK_FALSE(visits[1].came);
  CHECK(visits[2].came);  // the line was full
  CHECK(world.limiter.inside() == 1);
  CHECK(world.limiter.waiting() == 2);
  CHECK_FALSE(visits[2].entered);
  inside = InFlightLimiter::Place();
  CHECK_FALSE(world.limiter.try_enter());  // nobody overtakes
  world.settle();
  CHECK(visits[0].entered);
  CHECK_FALSE(visits[1].came);
  places[0] = InFlightLimiter::Place();
  world.settle();
  CHECK(visits[1].entered);
  places[1] = InFlightLimiter::Place();
  CHECK(world.limiter.try_enter());
}

TEST_CASE("who has stood in line too long is sent away, and gets no place later") {
  World world;
  world.limiter.set({.inside = 1, .queue = 2, .wait = 2});
  InFlightLimiter::Place inside = world.limiter.try_enter();
  std::array<Visit, 2> visits;
  std::array<InFlightLimiter::Place, 2> places;
  world.limiter.check_time(1);
  world.start(visits[0], places[0]);
  world.limiter.check_time(3);
  world.start(visits[1], places[1]);
  CHECK_FALSE(visits[0].came);
  world.limiter.check_time(4);
  world.settle();
  CHECK(visits[0].came);
  CHECK_FALSE(visits[0].entered);
  CHECK_FALSE(visits[1].came);
  inside = InFlightLimiter::Place();
  world.settle();
  CHECK(visits[1].entered);
}

TEST_CASE("more places let in who stands in line; fewer throw nobody out") {
  World world;
  world.limiter.set({.inside = 1, .queue = 8, .wait = 1});
  InFlightLimiter::Place inside = world.limiter.try_enter();
  std::array<Visit, 3> visits;
  std::array<InFlightLimiter::Place, 3> places;
  for (std::size_t i = 0; i < 3; ++i) world.start(visits[i], places[i]);
  world.limiter.set({.inside = 3, .queue = 8, .wait = 1});
  world.settle();
  CHECK(visits[0].entered);
  CHECK(visits[1].entered);
  CHECK_FALSE(visits[2].came);
  world.limiter.set({.inside = 1, .queue = 8, .wait = 1});
  inside = InFlightLimiter::Place();
  places[0] = InFlightLimiter::Place();
  world.settle();
  CHECK_FALSE(visits[2].came);
  places[1] = InFlightLimiter::Place();
  world.settle();
  CHECK(visits[2].entered);
}

TEST_CASE("a long line goes in without running on one stack") {
  World world;
  constexpr std::size_t many = 20'000;
  world.limiter.set({.inside = 1, .queue = many, .wait = 1});
  InFlightLimiter::Place inside = world.limiter.try_enter();
  std::size_t served = 0;
  struct Passing {
    static io::Task<bool> through(InFlightLimiter& limiter, std::size_t& served) {
      const InFlightLimiter::Place place = co_await limiter.enter();
      if (place) ++served;
      co_return true;
    }
  };
  for (std::size_t i = 0; i < many; ++i) world.loop.start(Passing::through(world.limiter, served));
  world.settle();
  CHECK(served == 0);
  inside = InFlightLimiter::Place();
  world.loop.run_until([&] { return served == many; });
  CHECK(world.limiter.try_enter());
}

TEST_CASE("who is given up in line, or just before going in, leaves nothing behind") {
  Visit waiting;
  Visit called;
  InFlightLimiter::Place first;
  InFlightLimiter::Place second;
  {
    World world;
    world.limiter.set({.inside = 1, .queue = 8, .wait = 1});
    InFlightLimiter::Place inside = world.limiter.try_enter();
    world.start(called, first);
    world.start(waiting, second);
    inside = InFlightLimiter::Place();  // `called` has its place, and the loop does not run any more
    world.limiter.abandon();
  }
  CHECK_FALSE(called.came);
  CHECK_FALSE(waiting.came);
}

}  // namespace parley::gateway::limit
