// A place that becomes free goes to the first in line. It is woken by the event loop, not by whoever left: a line of a
// thousand would otherwise run on one stack.
#include "gateway/limit/gate.hpp"

namespace parley::gateway {

Gate::Waiter::Waiter(Gate& owner) noexcept : gate(owner), since(owner.tick_) {
  previous = gate.last_;
  (previous != nullptr ? previous->next : gate.first_) = this;
  gate.last_ = this;
  gate.waiting_.add();
  in_line = true;
}

Gate::Waiter::~Waiter() { unlink(); }

void Gate::Waiter::unlink() noexcept {
  if (!in_line) return;
  in_line = false;
  (previous != nullptr ? previous->next : gate.first_) = next;
  (next != nullptr ? next->previous : gate.last_) = previous;
  gate.waiting_.take();
}

void Gate::Waiter::end() {
  unlink();
  waiting.wake_later();
}

Gate::Place Gate::try_enter() noexcept {
  if (inside() >= bounds_.inside || first_ != nullptr) return {};
  inside_.add();
  return Place(*this);
}

io::Task<Gate::Place> Gate::enter() {
  if (Place place = try_enter()) co_return place;
  if (waiting() >= bounds_.queue) co_return Place();
  Waiter waiter(*this);
  co_await waiter.waiting.wait();
  co_return std::move(waiter.place);
}

void Gate::set(const Bounds& bounds) {
  bounds_ = bounds;
  let_in();
}

void Gate::leave() {
  inside_.take();
  let_in();
}

void Gate::let_in() {
  while (first_ != nullptr && inside() < bounds_.inside) {
    inside_.add();
    first_->place = Place(*this);
    first_->end();
  }
}

void Gate::check_time(std::uint32_t tick) {
  tick_ = tick;
  while (first_ != nullptr && tick_ - first_->since > bounds_.wait) first_->end();
}

void Gate::abandon() noexcept {
  while (first_ != nullptr) {
    Waiter& waiter = *first_;
    waiter.unlink();
    waiter.waiting.abandon();
  }
}

}  // namespace parley::gateway
