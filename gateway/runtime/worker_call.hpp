// Runs a function on a worker's thread for another thread, which waits for it. Used by a reload and a stop.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace parley::gateway::runtime {

/// One call at a time. The object must outlive the event loop.
class WorkerCall {
 public:
  using Clock = std::chrono::steady_clock;
  using Call = void (*)(void* what, std::size_t number);

  /// Has the loop's thread run `call(what, number)` soon. `call` must not throw. Allocates nothing, so a step that all workers take
  /// cannot fail half-way.
  void begin(boost::asio::io_context& loop, Call call, void* what, std::size_t number) noexcept;
  /// Waits until the call has run. Returns false if the loop has ended, or did not begin the call before the deadline (it gets at
  /// least 1 s). Later calls then fail too.
  [[nodiscard]] bool finish() noexcept;

  /// Any thread. Gives up a call that the loop has not begun by `deadline`, also while somebody waits for it.
  void set_deadline(Clock::time_point deadline) noexcept;
  /// Says that the loop has ended. On its thread.
  void end_loop() noexcept;
  /// Waits for `end_loop`. Returns false at the deadline.
  [[nodiscard]] bool wait_for_end() noexcept;

 private:
  enum class State : unsigned char { none, waiting, running, done, given_up };
  static constexpr std::size_t room = 128;
  template <class T>
  struct Room;

  void run() noexcept;

  std::mutex mutex_;  // guards the members below, except `memory_`
  std::condition_variable changed_;
  State state_ = State::none;
  bool ended_ = false;
  Clock::time_point deadline_ = Clock::time_point::max();
  Clock::time_point begun_;
  Call call_ = nullptr;
  void* what_ = nullptr;
  std::size_t number_ = 0;
  alignas(std::max_align_t) std::array<std::byte, room> memory_;  // for the posted handler
};

}  // namespace parley::gateway::runtime
