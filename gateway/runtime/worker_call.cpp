// Posts a call to an event loop, with memory of its own.
#include "gateway/runtime/worker_call.hpp"

#include <algorithm>
#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/post.hpp>

namespace parley::gateway::runtime {
namespace {

constexpr std::chrono::seconds least_wait{1};

}  // namespace

/// The allocator for Asio's record of the posted handler. There is at most one record, and Asio frees it before it runs the
/// handler.
template <class T>
struct WorkerCall::Room {
  using value_type = T;

  explicit Room(std::byte* at) noexcept : memory(at) {}
  template <class U>
  Room(const Room<U>& other) noexcept : memory(other.memory) {}
  T* allocate(std::size_t) const noexcept {
    static_assert(sizeof(T) <= room);
    return reinterpret_cast<T*>(memory);
  }
  void deallocate(T*, std::size_t) const noexcept {}
  bool operator==(const Room&) const noexcept = default;

  std::byte* memory;
};

void WorkerCall::begin(boost::asio::io_context& loop, Call call, void* what, std::size_t number) noexcept {
  {
    const std::lock_guard lock(mutex_);
    if (state_ == State::given_up) return;  // the memory may still be in use
    state_ = State::waiting;
    call_ = call;
    what_ = what;
    number_ = number;
    begun_ = Clock::now();
  }
  boost::asio::post(loop, boost::asio::bind_allocator(Room<std::byte>(memory_.data()), [this] { run(); }));
}

void WorkerCall::run() noexcept {
  {
    const std::lock_guard lock(mutex_);
    if (state_ != State::waiting) return;
    state_ = State::running;
  }
  call_(what_, number_);
  const std::lock_guard lock(mutex_);
  state_ = State::done;
  changed_.notify_all();
}

bool WorkerCall::finish() noexcept {
  std::unique_lock lock(mutex_);
  const auto until = [this] { return std::max(deadline_, begun_ + least_wait); };
  while (state_ == State::waiting && !ended_ && Clock::now() < until()) changed_.wait_until(lock, until());
  changed_.wait(lock, [this] { return state_ != State::running; });
  if (state_ != State::done) {
    state_ = State::given_up;
    return false;
  }
  state_ = State::none;
  return true;
}

void WorkerCall::set_deadline(Clock::time_point deadline) noexcept {
  const std::lock_guard lock(mutex_);
  deadline_ = deadline;
  changed_.notify_all();
}

void WorkerCall::end_loop() noexcept {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

bool WorkerCall::wait_for_end() noexcept {
  std::unique_lock lock(mutex_);
  while (!ended_ && Clock::now() < deadline_) changed_.wait_until(lock, deadline_);
  return ended_;
}

}  // namespace parley::gateway::runtime
