// A free place goes to the first in the queue. The event loop resumes that coroutine, not the caller that freed the place:
// otherwise a queue of a thousand would run on one stack.
#include "gateway/limit/in_flight_limiter.hpp"

namespace parley::gateway::limit {

InFlightLimiter::Waiter::Waiter(InFlightLimiter& owner) noexcept : limiter(owner), since(owner.tick_) {
  previous = limiter.last_;
  (previous != nullptr ? previous->next : limiter.first_) = this;
  limiter.last_ = this;
  limiter.waiting_.add();
  in_line = true;
}

InFlightLimiter::Waiter::~Waiter() { unlink(); }

void InFlightLimiter::Waiter::unlink() noexcept {
  if (!in_line) return;
  in_line = false;
  (previous != nullptr ? previous->next : limiter.first_) = next;
  (next != nullptr ? next->previous : limiter.last_) = previous;
  limiter.waiting_.take();
}

void InFlightLimiter::Waiter::end() {
  unlink();
  waiting.wake_later();
}

InFlightLimiter::Place InFlightLimiter::try_enter() noexcept {
  if (inside() >= bounds_.inside || first_ != nullptr) return {};
  inside_.add();
  return Place(*this);
}

io::Task<InFlightLimiter::Place> InFlightLimiter::enter() {
  if (Place place = try_enter()) co_return place;
  if (waiting() >= bounds_.queue) co_return Place();
  Waiter waiter(*this);
  co_await waiter.waiting.wait();
  co_return std::move(waiter.place);
}

void InFlightLimiter::set(const Bounds& bounds) {
  bounds_ = bounds;
  let_in();
}

void InFlightLimiter::leave() {
  inside_.take();
  let_in();
}

void InFlightLimiter::let_in() {
  while (first_ != nullptr && inside() < bounds_.inside) {
    inside_.add();
    first_->place = Place(*this);
    first_->end();
  }
}

void InFlightLimiter::check_time(std::uint32_t tick) {
  tick_ = tick;
  while (first_ != nullptr && tick_ - first_->since > bounds_.wait) first_->end();
}

void InFlightLimiter::abandon() noexcept {
  while (first_ != nullptr) {
    Waiter& waiter = *first_;
    waiter.unlink();
    waiter.waiting.abandon();
  }
}

}  // namespace parley::gateway::limit
