// A place where a coroutine waits for an event on its own thread. It needs no timer, queue or lock.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <utility>

#include "adapters/io/task.hpp"

namespace parley::io {

/// For one coroutine at a time. `Waiting<bool>` hands a bool to the coroutine, `Waiting<>` nothing.
template <class... Answer>
class Waiting {
 public:
  Waiting() = default;
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  /// Waits until `wake` or `wake_later`, and returns the value given to it.
  auto wait() {
    return boost::asio::async_initiate<const Token, Signature>(
        [](Waiter&& waiter, Waiting* place) { place->waiter_.emplace(std::move(waiter)); }, token, this);
  }
  [[nodiscard]] bool taken() const noexcept { return waiter_.has_value(); }
  /// Resumes the coroutine at once, on this stack. The coroutine may destroy this object.
  void wake(Answer... answer) {
    if (!waiter_) return;
    Waiter waiter = std::move(*waiter_);
    waiter_.reset();
    std::move(waiter)(answer...);
  }
  /// Resumes the coroutine soon, through its event loop. The event loop owns the coroutine from then on.
  void wake_later(Answer... answer) {
    if (!waiter_) return;
    const Executor executor = waiter_->get_executor();
    boost::asio::post(executor, [waiter = std::move(*waiter_), answer...]() mutable { std::move(waiter)(answer...); });
    waiter_.reset();
  }
  /// Gives up the coroutine. The event loop destroys it later.
  void abandon() noexcept { waiter_.reset(); }

 private:
  using Token = boost::asio::use_awaitable_t<Executor>;
  using Signature = void(Answer...);
  using Waiter = typename boost::asio::async_result<Token, Signature>::handler_type;
  static constexpr Token token{};

  std::optional<Waiter> waiter_;
};

}  // namespace parley::io
