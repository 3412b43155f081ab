// One timer for all deadlines of a client, set seldom: each call only says when it has to ring at the latest.
#include <algorithm>

#include "adapters/upstream/calls.hpp"
#include "adapters/upstream/next_step.hpp"

namespace parley::upstream {
namespace {

constexpr std::chrono::milliseconds between_rings{20};  // deadlines are met to this

std::string_view stage_of(const Flight& flight) noexcept {
  if (flight.state == Flight::State::paced) return "waiting for the quota";
  if (flight.state == Flight::State::queued) return "waiting for a connection";
  switch (flight.connection->state) {
    case Connection::State::resolving:
      return "resolving the name";
    case Connection::State::connecting:
      return "connecting";
    case Connection::State::handshaking:
      return "in the TLS handshake";
    case Connection::State::sending:
      return "sending";
    default:
      return flight.connection->answering ? "receiving" : "waiting for the first byte";
  }
}

/// Whether the upstream has had its chance.
bool is_asked(const Flight& flight) noexcept {
  return flight.state == Flight::State::bound && (flight.connection->state == Connection::State::sending ||
                                                  flight.connection->state == Connection::State::receiving);
}

}  // namespace

void Calls::need(Moment at) {
  // A later moment needs nothing: when the timer rings it is set to whatever comes next. So in a steady flow of calls it is
  // set once in several seconds.
  if (at >= armed_) return;
  armed_ = at;
  timer_.expires_at(at);
  timer_.async_wait([this, remote = remote_](boost::system::error_code error) {
    if (!error && remote->open()) on_time();
  });
}

Moment Calls::due(const Flight& flight) const noexcept {
  Moment next = flight.deadline;
  for (const Caller* caller = flight.callers; caller != nullptr; caller = caller->next) {
    next = std::min(next, caller->deadline);
  }
  if (flight.state == Flight::State::paced) return std::min(next, flight.go_at);
  if (flight.state == Flight::State::bound) return std::min(next, flight.connection->deadline);
  return next;
}

void Calls::expire(Flight& flight, Moment now) {
  const bool over = flight.deadline <= now;
  const Verdict verdict = is_asked(flight) ? Verdict::bad : Verdict::none;
  const std::string_view stage = stage_of(flight);
  for (Caller** at = &flight.callers; *at != nullptr;) {
    Caller& caller = **at;
    if (!over && caller.deadline > now) {
      at = &caller.next;
      continue;
    }
    *at = caller.next;
    answer(caller, upstream_error(Code::upstream_timeout, String(stage)));
  }
  if (flight.callers == nullptr) return cancel(flight, verdict, stage);
  if (flight.state == Flight::State::paced) {
    if (flight.go_at <= now) dispatch(flight, now);
  } else if (flight.state == Flight::State::bound && flight.connection->deadline <= now) {
    Connection& connection = *flight.connection;
    if (connection.state == Connection::State::connecting && connection.connect_by > now) {
      connection.fault = fault_of(connection.addresses->addresses[connection.address - 1], ETIMEDOUT);
      return connect_next(connection, now);
    }
    lose(connection, Code::upstream_timeout, String(stage));
  }
}

void Calls::expire_held(Moment now) {
  for (Caller** at = &held_; *at != nullptr;) {
    Caller& caller = **at;
    if (caller.deadline > now) {
      at = &caller.next;
      continue;
    }
    *at = caller.next;
    answer(caller, upstream_error(Code::upstream_timeout, "waiting for credentials"));
  }
}

void Calls::on_time() {
  const Moment now = Clock::now();
  armed_ = Moment::max();
  // Backwards: what ends is replaced by the last one, which has been looked at.
  for (std::size_t at = active_.size(); at-- > 0;) {
    if (at < active_.size() && due(*active_[at]) <= now) expire(*active_[at], now);
  }
  expire_held(now);
  for (std::size_t at = idle_.size(); at-- > 0;) {
    if (idle_[at]->deadline > now) continue;
    Connection& connection = *idle_[at];
    idle_.erase(idle_.begin() + static_cast<std::ptrdiff_t>(at));
    close(connection);
  }
  dispatch_queued(now);

  Moment next = Moment::max();
  for (const Flight* flight : active_) next = std::min(next, due(*flight));
  for (const Connection* idle : idle_) next = std::min(next, idle->deadline);
  for (const Caller* caller = held_; caller != nullptr; caller = caller->next) next = std::min(next, caller->deadline);
  if (next != Moment::max()) need(std::max(next, now + between_rings));
  wake_done();
}

}  // namespace parley::upstream
