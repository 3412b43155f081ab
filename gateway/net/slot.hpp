// Room for one object that is made in place of the one before, whole, in one expression.
#pragma once

#include <memory>
#include <new>

namespace parley::gateway::net {

/// As std::optional, for a T that is an aggregate and must not be moved: `emplace` of C++20 takes a constructor's arguments only.
template <class T>
class Slot {
 public:
  Slot() noexcept {}  // NOLINT(modernize-use-equals-default): the union has no default constructor
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  ~Slot() { reset(); }

  /// Destroys the object that is there, and puts what `make()` returns in its place, without a move.
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
