// How code that was waited for asks to be called again.
#pragma once

namespace parley::http {

/// The sender of a reply, as the reply's source sees it. Outlives the source.
class Waker {
 public:
  /// Asks for another turn. Call it only on the thread that gave the last turn. The turn comes from the event loop,
  /// never inside this call. Several calls before that turn ask for one turn only.
  virtual void wake() = 0;

 protected:
  Waker() = default;
  Waker(const Waker&) = default;
  Waker& operator=(const Waker&) = default;
  ~Waker() = default;
};

}  // namespace parley::http
