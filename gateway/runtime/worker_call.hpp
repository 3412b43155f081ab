// What another thread has a worker's thread do, and waits for: a reload, and the end.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace parley::gateway::runtime {

/// One at a time. It must outlive the event loop.
class WorkerCall {
 public:
  using Clock = std::chrono::steady_clock;
  using Call = void (*)(void* what, std::size_t number);

  /// Has `call(what, number)` run by the loop's thread, soon; it must not throw. Takes no memory: what must not fail half-way
  /// through all workers is done so.
  void begin(boost::asio::io_context& loop, Call call, void* what, std::size_t number) noexcept;
  /// Waits until it has been run. false: it never will be, nor any later one, as the loop has ended or was busy with something
  /// else until the deadline, and for a second at least: what comes after the deadline has its chance, too.
  [[nodiscard]] bool finish() noexcept;

  /// Any thread: nobody waits for this loop beyond that, also who waits already.
  void set_deadline(Clock::time_point deadline) noexcept;
  /// On the loop's thread, which has left the loop.
  void end_loop() noexcept;
  /// Waits for that. false: not by the deadline.
  [[nodiscard]] bool wait_for_end() noexcept;

 private:
  enum class State : unsigned char { none, waiting, running, done, given_up };
  static constexpr std::size_t room = 128;
  template <class T>
  struct Room;

  void run() noexcept;

  std::mutex mutex_;  // over what follows, but for the memory
  std::condition_variable changed_;
  State state_ = State::none;
  bool ended_ = false;
  Clock::time_point deadline_ = Clock::time_point::max();
  Clock::time_point begun_;
  Call call_ = nullptr;
  void* what_ = nullptr;
  std::size_t number_ = 0;
  alignas(std::max_align_t) std::array<std::byte, room> memory_;  // of the one that is posted
};

}  // namespace parley::gateway::runtime
