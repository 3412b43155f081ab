// How what has been waited for says that it is there.
#pragma once

namespace parley::http {

/// Whoever sends a reply, as its source sees it. Outlives the source.
class Waker {
 public:
  /// Asks for another turn. Only on the thread that gave the last one. The turn comes from the event loop and never inside this call. Without a
  /// wait in between, several calls ask for one turn.
  virtual void wake() = 0;

 protected:
  Waker() = default;
  Waker(const Waker&) = default;
  Waker& operator=(const Waker&) = default;
  ~Waker() = default;
};

}  // namespace parley::http
