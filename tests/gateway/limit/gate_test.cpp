// Places and the line before them: who comes first goes first, nobody waits for ever, and nobody is forgotten.
#include "gateway/limit/gate.hpp"

#include <doctest/doctest.h>

#include <array>

#include "tests/support/event_loop.hpp"

namespace parley::gateway {
namespace {

struct Visit {
  bool came = false;
  bool entered = false;
};

/// Stands in line, and leaves at once with what it got in `place`.
io::Task<bool> stand(Gate& gate, Visit& visit, Gate::Place& place) {
  place = co_await gate.enter();
  visit.came = true;
  visit.entered = static_cast<bool>(place);
  co_return visit.entered;
}

struct World {
  void start(Visit& visit, Gate::Place& place) {
    loop.start(stand(gate, visit, place));
    settle();
  }
  /// Runs all that can run.
  void settle() {
    loop.context().restart();
    loop.context().poll();
  }

  Gate gate;  // outlives who stands in line
  test::EventLoop loop;
};

}  // namespace

TEST_CASE("who finds no place stands in line, and the first in line gets the next one") {
  World world;
  world.gate.set({.inside = 1, .queue = 2, .wait = 1});
  Gate::Place inside = world.gate.try_enter();
  CHECK(inside);
  CHECK_FALSE(world.gate.try_enter());
  std::array<Visit, 3> visits;
  std::array<Gate::Place, 3> places;
  for (std::size_t i = 0; i < 3; ++i) world.start(visits[i], places[i]);
  CHECK_FALSE(visits[0].came);
  CHECK_FALSE(visits[1].came);
  CHECK(visits[2].came);  // the line was full
  CHECK(world.gate.inside() == 1);
  CHECK(world.gate.waiting() == 2);
  CHECK_FALSE(visits[2].entered);
  inside = Gate::Place();
  CHECK_FALSE(world.gate.try_enter());  // nobody overtakes
  world.settle();
  CHECK(visits[0].entered);
  CHECK_FALSE(visits[1].came);
  places[0] = Gate::Place();
  world.settle();
  CHECK(visits[1].entered);
  places[1] = Gate::Place();
  CHECK(world.gate.try_enter());
}

TEST_CASE("who has stood in line too long is sent away, and gets no place later") {
  World world;
  world.gate.set({.inside = 1, .queue = 2, .wait = 2});
  Gate::Place inside = world.gate.try_enter();
  std::array<Visit, 2> visits;
  std::array<Gate::Place, 2> places;
  world.gate.check_time(1);
  world.start(visits[0], places[0]);
  world.gate.check_time(3);
  world.start(visits[1], places[1]);
  CHECK_FALSE(visits[0].came);
  world.gate.check_time(4);
  world.settle();
  CHECK(visits[0].came);
  CHECK_FALSE(visits[0].entered);
  CHECK_FALSE(visits[1].came);
  inside = Gate::Place();
  world.settle();
  CHECK(visits[1].entered);
}

TEST_CASE("more places let in who stands in line; fewer throw nobody out") {
  World world;
  world.gate.set({.inside = 1, .queue = 8, .wait = 1});
  Gate::Place inside = world.gate.try_enter();
  std::array<Visit, 3> visits;
  std::array<Gate::Place, 3> places;
  for (std::size_t i = 0; i < 3; ++i) world.start(visits[i], places[i]);
  world.gate.set({.inside = 3, .queue = 8, .wait = 1});
  world.settle();
  CHECK(visits[0].entered);
  CHECK(visits[1].entered);
  CHECK_FALSE(visits[2].came);
  world.gate.set({.inside = 1, .queue = 8, .wait = 1});
  inside = Gate::Place();
  places[0] = Gate::Place();
  world.settle();
  CHECK_FALSE(visits[2].came);
  places[1] = Gate::Place();
  world.settle();
  CHECK(visits[2].entered);
}

TEST_CASE("a long line goes in without running on one stack") {
  World world;
  constexpr std::size_t many = 20'000;
  world.gate.set({.inside = 1, .queue = many, .wait = 1});
  Gate::Place inside = world.gate.try_enter();
  std::size_t served = 0;
  struct Passing {
    static io::Task<bool> through(Gate& gate, std::size_t& served) {
      const Gate::Place place = co_await gate.enter();
      if (place) ++served;
      co_return true;
    }
  };
  for (std::size_t i = 0; i < many; ++i) world.loop.start(Passing::through(world.gate, served));
  world.settle();
  CHECK(served == 0);
  inside = Gate::Place();
  world.loop.run_until([&] { return served == many; });
  CHECK(world.gate.try_enter());
}

TEST_CASE("who is given up in line, or just before going in, leaves nothing behind") {
  Visit waiting;
  Visit called;
  Gate::Place first;
  Gate::Place second;
  {
    World world;
    world.gate.set({.inside = 1, .queue = 8, .wait = 1});
    Gate::Place inside = world.gate.try_enter();
    world.start(called, first);
    world.start(waiting, second);
    inside = Gate::Place();  // `called` has its place, and the loop does not run any more
    world.gate.abandon();
  }
  CHECK_FALSE(called.came);
  CHECK_FALSE(waiting.came);
}

}  // namespace parley::gateway
