// Lets other threads reach an object of a worker for as long as the object exists.
#pragma once

#include <boost/asio/post.hpp>
#include <memory>
#include <mutex>
#include <utility>

#include "adapters/io/task.hpp"

namespace parley::io {

/// Held by shared_ptr: by the owner and by each thread that wants to reach it.
template <class Owner>
class Remote : public std::enable_shared_from_this<Remote<Owner>> {
 public:
  Remote(Executor executor, Owner& owner) : executor_(std::move(executor)), owner_(&owner) {}

  /// Any thread. Soon runs `call(owner)` on the owner's thread, but never after `close`. false: the owner is gone already.
  template <class F>
  bool post(F call) {
    const std::scoped_lock lock(mutex_);  // while it is held, the owner's event loop exists
    if (owner_ == nullptr) return false;
    boost::asio::post(executor_, [self = this->shared_from_this(), call = std::move(call)]() mutable {
      if (self->owner_ != nullptr) call(*self->owner_);
    });
    return true;
  }
  /// True until `close`. Call it on the owner's thread.
  [[nodiscard]] bool open() const noexcept { return owner_ != nullptr; }
  /// Call this on the owner's thread when the owner goes away.
  void close() {
    const std::scoped_lock lock(mutex_);
    owner_ = nullptr;
  }

 private:
  std::mutex mutex_;
  Executor executor_;
  Owner* owner_;  // written under the lock, on the owner's thread: that thread reads it without lock
};

}  // namespace parley::io
