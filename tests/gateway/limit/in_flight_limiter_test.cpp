// Places and their queue: first come, first served; nobody waits for ever; nobody is forgotten.
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

/// Waits in the queue, and stores the place that it got in `place`.
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
  /// Runs every handler that is ready.
  void settle() {
    loop.context().restart();
    loop.context().poll();
  }

  InFlightLimiter limiter;  // outlives its waiters
  test::EventLoop loop;
};

}  // namespace

TEST_CASE("a request without a place waits in the queue, and the first gets the next place") {
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
  CHECK(visits[2].came);  // the queue was full
  CHECK(world.limiter.inside() == 1);
  CHECK(world.limiter.waiting() == 2);
  CHECK_FALSE(visits[2].entered);
  inside = InFlightLimiter::Place();
  CHECK_FALSE(world.limiter.try_enter());  // nobody may overtake the queue
  world.settle();
  CHECK(visits[0].entered);
  CHECK_FALSE(visits[1].came);
  places[0] = InFlightLimiter::Place();
  world.settle();
  CHECK(visits[1].entered);
  places[1] = InFlightLimiter::Place();
  CHECK(world.limiter.try_enter());
}

TEST_CASE("a request that waits too long is refused, and gets no place later") {
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

TEST_CASE("a higher limit admits the queue; a lower one removes nobody") {
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

TEST_CASE("a long queue is admitted without recursion") {
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

TEST_CASE("a waiter that is dropped, in the queue or just admitted, leaves nothing behind") {
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
    inside = InFlightLimiter::Place();  // `called` has a place now, and the loop does not run any more
    world.limiter.abandon();
  }
  CHECK_FALSE(called.came);
  CHECK_FALSE(waiting.came);
}

}  // namespace parley::gateway::limit
