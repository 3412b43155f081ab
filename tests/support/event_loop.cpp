// See event_loop.hpp.
#include "tests/support/event_loop.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <exception>
#include <stdexcept>

namespace parley::test {

using boost::asio::co_spawn;

EventLoop::EventLoop() { co_spawn(context_, poller_.run(context_.get_executor()), boost::asio::detached); }

void EventLoop::finish(std::vector<io::Task<void>> tasks) {
  std::size_t left = tasks.size();
  for (io::Task<void>& task : tasks) {
    co_spawn(context_, std::move(task), [&left](std::exception_ptr thrown) {
      --left;
      if (thrown) std::rethrow_exception(thrown);
    });
  }
  run_until([&left] { return left == 0; });
}

void EventLoop::begin(io::Task<void> task) {
  co_spawn(context_, std::move(task), [](std::exception_ptr) {});
}

void EventLoop::run_until(const std::function<bool()>& done) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!done()) {
    context_.restart();
    context_.run_one_for(std::chrono::milliseconds(50));
    if (std::chrono::steady_clock::now() >= end) throw std::runtime_error("the event loop does not come to an end");
  }
}

void EventLoop::run_for(std::chrono::milliseconds time) {
  context_.restart();
  context_.run_for(time);
}

}  // namespace parley::test
