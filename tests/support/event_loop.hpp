// A worker's event loop for tests of lanes and clients: runs one task, or several at once, to the end.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "adapters/io/poller.hpp"

namespace parley::test {

/// Used on one thread. Destroy what works on it (lanes, clients) first.
class EventLoop {
 public:
  EventLoop() { boost::asio::co_spawn(context_, poller_.run(context_.get_executor()), boost::asio::detached); }

  [[nodiscard]] io::Loop loop() noexcept { return {context_.get_executor(), poller_}; }
  [[nodiscard]] boost::asio::io_context& context() noexcept { return context_; }

  /// Runs a task to its end: `run(client.send(request, call))`. Throws std::runtime_error after 30 seconds.
  template <class T>
  T run(io::Task<T> task) {
    std::vector<io::Task<T>> tasks;
    tasks.push_back(std::move(task));
    return std::move(run_all(std::move(tasks)).front());
  }
  /// Runs all of them at the same time; their results in order.
  template <class T>
  std::vector<T> run_all(std::vector<io::Task<T>> tasks) {
    std::vector<std::optional<T>> results(tasks.size());
    std::size_t left = tasks.size();
    for (std::size_t at = 0; at < tasks.size(); ++at) {
      boost::asio::co_spawn(context_, keep(std::move(tasks[at]), results[at]), [&left](std::exception_ptr thrown) {
        --left;
        if (thrown) std::rethrow_exception(thrown);
      });
    }
    run_until([&left] { return left == 0; });
    std::vector<T> all;
    for (std::optional<T>& result : results) all.push_back(std::move(*result));
    return all;
  }
  /// Starts a task that goes on while others run; what it gives is thrown away.
  template <class T>
  void start(io::Task<T> task) {
    boost::asio::co_spawn(context_, std::move(task), [](std::exception_ptr, const T&) {});
  }
  /// Runs until `done()`. Throws std::runtime_error after 30 seconds.
  template <class F>
  void run_until(F done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!done()) {
      context_.restart();
      context_.run_one_for(std::chrono::milliseconds(50));
      if (std::chrono::steady_clock::now() >= end) throw std::runtime_error("the event loop does not come to an end");
    }
  }
  /// Runs for so long: for what must not happen.
  void run_for(std::chrono::milliseconds time) {
    context_.restart();
    context_.run_for(time);
  }

 private:
  template <class T>
  static io::Task<void> keep(io::Task<T> task, std::optional<T>& result) {
    T got = co_await std::move(task);
    result.emplace(std::move(got));
  }

  io::Poller poller_;
  boost::asio::io_context context_{1};
};

}  // namespace parley::test
