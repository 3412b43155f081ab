// Calls to an event loop from another thread: when they are waited for, and when not.
#include "gateway/runtime/worker_call.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <thread>

namespace parley::test {
namespace {

using gateway::runtime::WorkerCall;

/// An event loop on its own thread, like a worker's.
struct Loop {
  WorkerCall worker_call;
  boost::asio::io_context context;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work = boost::asio::make_work_guard(context);
  std::thread thread{[this] {
    context.run();
    worker_call.end_loop();
  }};

  ~Loop() {
    context.stop();
    thread.join();
  }
};

void count(void* times, std::size_t number) { *static_cast<std::atomic<std::size_t>*>(times) += number; }

}  // namespace

TEST_CASE("calls run on the loop's thread, one after the other, and are waited for") {
  Loop loop;
  std::thread::id on;
  const auto note = [](void* where, std::size_t) {
    *static_cast<std::thread::id*>(where) = std::this_thread::get_id();
  };
  loop.worker_call.begin(loop.context, note, &on, 0);
  CHECK(loop.worker_call.finish());
  CHECK(on == loop.thread.get_id());
  std::atomic<std::size_t> sum = 0;
  for (std::size_t i = 1; i <= 1000; ++i) {
    loop.worker_call.begin(loop.context, count, &sum, i);
    REQUIRE(loop.worker_call.finish());
    REQUIRE(sum == i * (i + 1) / 2);
  }
}

TEST_CASE("a call to a busy loop is given up at the deadline, and never runs") {
  std::atomic<bool> busy = false;
  std::atomic<bool> release = false;
  std::atomic<std::size_t> sum = 0;
  {
    Loop loop;
    boost::asio::post(loop.context, [&] {
      busy = true;
      while (!release) std::this_thread::yield();
    });
    while (!busy) std::this_thread::yield();
    loop.worker_call.begin(loop.context, count, &sum, 1);
    std::thread hurry([&] { loop.worker_call.set_deadline(WorkerCall::Clock::now()); });  // also wakes a waiting caller
    CHECK_FALSE(loop.worker_call.finish());
    hurry.join();
    CHECK_FALSE(loop.worker_call.wait_for_end());
    loop.worker_call.begin(loop.context, count, &sum, 1);  // the first call's memory is still in use
    CHECK_FALSE(loop.worker_call.finish());
    release = true;
    loop.work.reset();
    loop.thread.join();
    loop.thread = std::thread([] {});
  }
  CHECK(sum == 0);
}

TEST_CASE("a call that begins after the deadline still runs on an idle loop") {
  Loop loop;
  loop.worker_call.set_deadline(WorkerCall::Clock::now() - std::chrono::hours(1));
  std::atomic<std::size_t> sum = 0;
  for (std::size_t i = 1; i <= 1000; ++i) {
    loop.worker_call.begin(loop.context, count, &sum, 1);
    REQUIRE(loop.worker_call.finish());
  }
  CHECK(sum == 1000);
}

TEST_CASE("a running call is waited for beyond the deadline, since it uses its caller's data") {
  Loop loop;
  struct Held {
    std::atomic<bool> begun{false};
    std::atomic<bool> release{false};
  } held;
  loop.worker_call.begin(
      loop.context,
      [](void* what, std::size_t) {
        Held& held = *static_cast<Held*>(what);
        held.begun = true;
        while (!held.release) std::this_thread::yield();
      },
      &held, 0);
  while (!held.begun) std::this_thread::yield();
  loop.worker_call.set_deadline(WorkerCall::Clock::now());
  std::thread releases([&] { held.release = true; });
  CHECK(loop.worker_call.finish());
  CHECK(held.release);
  releases.join();
}

TEST_CASE("a call to a loop that has ended returns at once") {
  Loop loop;
  loop.context.stop();
  CHECK(loop.worker_call.wait_for_end());
  std::atomic<std::size_t> sum = 0;
  loop.worker_call.begin(loop.context, count, &sum, 1);
  CHECK_FALSE(loop.worker_call.finish());
  CHECK(sum == 0);
}

}  // namespace parley::test
