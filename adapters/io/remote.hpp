// How other threads reach something that belongs to a worker, for as long as it is there.
#pragma once

#include <boost/asio/post.hpp>
#include <memory>
#include <mutex>
#include <utility>

#include "adapters/io/task.hpp"

namespace parley::io {

/// Held by a shared_ptr: by the owner, and by whoever may want to reach it.
template <class Owner>
class Remote : public std::enable_shared_from_this<Remote<Owner>> {
 public:
  Remote(Executor executor, Owner& owner) : executor_(std::move(executor)), owner_(&owner) {}

  /// Any thread: `call(owner)` runs on the owner's thread, soon; never after `close`. false: the owner is gone already.
  template <class F>
  bool post(F call) {
    const std::scoped_lock lock(mutex_);  // while it is held, the owner's event loop is there
    if (owner_ == nullptr) return false;
    boost::asio::post(executor_, [self = this->shared_from_this(), call = std::move(call)]() mutable {
      if (self->owner_ != nullptr) call(*self->owner_);
    });
    return true;
  }
  /// The owner's thread: whether `close` was not called yet.
  [[nodiscard]] bool open() const noexcept { return owner_ != nullptr; }
  /// The owner goes.
  void close() {
    const std::scoped_lock lock(mutex_);
    owner_ = nullptr;
  }

 private:
  std::mutex mutex_;
  Executor executor_;
  Owner* owner_;  // written under the lock on the owner's thread, so that thread may read it without
};

}  // namespace parley::io
