// A worker's event loop, for tests of backend sessions and clients. It runs one or more tasks to their end.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "adapters/io/poller.hpp"

namespace parley::test {

/// Used on one thread. Destroy the objects that use it (sessions, clients) first.
class EventLoop {
 public:
  EventLoop();

  [[nodiscard]] io::Loop loop() noexcept { return {context_.get_executor(), poller_}; }
  [[nodiscard]] boost::asio::io_context& context() noexcept { return context_; }

  /// Runs a task to its end: `run(client.send(request, call))`. Throws what the task throws, and std::runtime_error after 30 seconds.
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
    std::vector<io::Task<void>> all;
    for (std::size_t at = 0; at < tasks.size(); ++at) all.push_back(keep(std::move(tasks[at]), results[at]));
    finish(std::move(all));
    std::vector<T> got;
    for (std::optional<T>& result : results) got.push_back(std::move(*result));
    return got;
  }
  /// Starts a task that runs while other tasks run. Drops its result, or what it throws.
  template <class T>
  void start(io::Task<T> task) {
    begin(drop(std::move(task)));
  }
  /// Runs until `done()`. Throws std::runtime_error after 30 seconds.
  void run_until(const std::function<bool()>& done);
  /// Runs for so long: for what must not happen.
  void run_for(std::chrono::milliseconds time);

 private:
  template <class T>
  static io::Task<void> keep(io::Task<T> task, std::optional<T>& result) {
    T got = co_await std::move(task);
    result.emplace(std::move(got));
  }
  template <class T>
  static io::Task<void> drop(io::Task<T> task) {
    co_await std::move(task);
  }
  void finish(std::vector<io::Task<void>> tasks);
  void begin(io::Task<void> task);

  io::Poller poller_;
  boost::asio::io_context context_{1};
};

}  // namespace parley::test
