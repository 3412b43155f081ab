// A place where a coroutine waits for something that happens on its own thread: no timer, no queue, no lock.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <utility>

#include "adapters/io/task.hpp"

namespace parley::io {

/// For one coroutine at a time. `Waiting<bool>` hands it a bool, `Waiting<>` nothing.
template <class... Answer>
class Waiting {
 public:
  Waiting() = default;
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  /// Ends with `wake`, and gives what that was given.
  auto wait() {
    return boost::asio::async_initiate<const Token, Signature>(
        [](Waiter&& waiter, Waiting* place) { place->waiter_.emplace(std::move(waiter)); }, token, this);
  }
  [[nodiscard]] bool taken() const noexcept { return waiter_.has_value(); }
  /// The coroutine goes on at once, on this stack, and may end this object.
  void wake(Answer... answer) {
    if (!waiter_) return;
    Waiter waiter = std::move(*waiter_);
    waiter_.reset();
    std::move(waiter)(answer...);
  }
  /// The coroutine goes on soon, by way of its event loop, which has it from now on.
  void wake_later(Answer... answer) {
    if (!waiter_) return;
    const Executor executor = waiter_->get_executor();
    boost::asio::post(executor, [waiter = std::move(*waiter_), answer...]() mutable { std::move(waiter)(answer...); });
    waiter_.reset();
  }
  /// Gives the coroutine up: the event loop destroys it, later.
  void abandon() noexcept { waiter_.reset(); }

 private:
  using Token = boost::asio::use_awaitable_t<Executor>;
  using Signature = void(Answer...);
  using Waiter = typename boost::asio::async_result<Token, Signature>::handler_type;
  static constexpr Token token{};

  std::optional<Waiter> waiter_;
};

}  // namespace parley::io
