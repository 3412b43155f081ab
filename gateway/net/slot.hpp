// Storage for one object, which is built in place from one expression.
#pragma once

#include <memory>
#include <new>

namespace parley::gateway::net {

/// Like std::optional, for an aggregate T that cannot be moved: in C++20 `emplace` needs a constructor.
template <class T>
class Slot {
 public:
  Slot() noexcept {}  // NOLINT(modernize-use-equals-default): the union has no default constructor
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  ~Slot() { reset(); }

  /// Destroys the present object and stores the result of `make()`, without a move.
  template <class Make>
  T& put(Make&& make) {
    reset();
    new (&object_) T(make());
    there_ = true;
    return object_;
  }
  void reset() noexcept {
    if (there_) std::destroy_at(&object_);
    there_ = false;
  }
  [[nodiscard]] explicit operator bool() const noexcept { return there_; }
  [[nodiscard]] T& operator*() noexcept { return object_; }
  [[nodiscard]] T* operator->() noexcept { return &object_; }

 private:
  union {
    T object_;
  };
  bool there_ = false;
};

}  // namespace parley::gateway::net
