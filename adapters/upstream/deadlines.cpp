// One timer for all deadlines of a client. Each deadline only makes it expire early enough, so it is rarely set.
#include <algorithm>

#include "adapters/upstream/call_dispatcher.hpp"
#include "adapters/upstream/next_step.hpp"

namespace parley::upstream {
namespace {

constexpr std::chrono::milliseconds timer_precision{20};  // deadlines are met with this precision

std::string_view stage_of(const OutboundCall& outbound) noexcept {
  if (outbound.state == OutboundCall::State::paced) return "waiting for the quota";
  if (outbound.state == OutboundCall::State::queued) return "waiting for a connection";
  switch (outbound.connection->state) {
    case Connection::State::resolving:
      return "resolving the name";
    case Connection::State::connecting:
      return "connecting";
    case Connection::State::handshaking:
      return "in the TLS handshake";
    case Connection::State::sending:
      return "sending";
    default:
      return outbound.connection->answering ? "receiving" : "waiting for the first byte";
  }
}

/// Whether the upstream has received any of the request, or could have.
bool is_asked(const OutboundCall& outbound) noexcept {
  return outbound.state == OutboundCall::State::bound && (outbound.connection->state == Connection::State::sending ||
                                                          outbound.connection->state == Connection::State::receiving);
}

}  // namespace

void CallDispatcher::need(Moment at) {
  // A later deadline needs nothing: when the timer expires, it is set to the next deadline. So in a steady flow of
  // calls it is set once in several seconds.
  if (at >= armed_) return;
  armed_ = at;
  timer_.expires_at(at);
  timer_.async_wait([this, remote = remote_](boost::system::error_code error) {
    if (!error && remote->open()) on_time();
  });
}

Moment CallDispatcher::due(const OutboundCall& outbound) const noexcept {
  Moment next = outbound.deadline;
  for (const CallWaiter* caller = outbound.callers; caller != nullptr; caller = caller->next) {
    next = std::min(next, caller->deadline);
  }
  if (outbound.state == OutboundCall::State::paced) return std::min(next, outbound.go_at);
  if (outbound.state == OutboundCall::State::bound) return std::min(next, outbound.connection->deadline);
  return next;
}

void CallDispatcher::expire(OutboundCall& outbound, Moment now) {
  const bool over = outbound.deadline <= now;
  const Verdict verdict = is_asked(outbound) ? Verdict::bad : Verdict::none;
  const std::string_view stage = stage_of(outbound);
  for (CallWaiter** at = &outbound.callers; *at != nullptr;) {
    CallWaiter& caller = **at;
    if (!over && caller.deadline > now) {
      at = &caller.next;
      continue;
    }
    *at = caller.next;
    answer(caller, upstream_error(Code::upstream_timeout, String(stage)));
  }
  if (outbound.callers == nullptr) return cancel(outbound, verdict, stage);
  if (outbound.state == OutboundCall::State::paced) {
    if (outbound.go_at <= now) dispatch(outbound, now);
  } else if (outbound.state == OutboundCall::State::bound && outbound.connection->deadline <= now) {
    Connection& connection = *outbound.connection;
    if (connection.state == Connection::State::connecting && connection.connect_by > now) {
      connection.fault = fault_of(connection.addresses->addresses[connection.address - 1], ETIMEDOUT);
      return connect_next(connection, now);
    }
    lose(connection, Code::upstream_timeout, String(stage));
  }
}

void CallDispatcher::expire_held(Moment now) {
  for (CallWaiter** at = &held_; *at != nullptr;) {
    CallWaiter& caller = **at;
    if (caller.deadline > now) {
      at = &caller.next;
      continue;
    }
    *at = caller.next;
    answer(caller, upstream_error(Code::upstream_timeout, "waiting for credentials"));
  }
}

void CallDispatcher::on_time() {
  const Moment now = Clock::now();
  armed_ = Moment::max();
  // Backwards, because an ended call is replaced by the last one of the list, which was checked before.
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
  for (const OutboundCall* outbound : active_) next = std::min(next, due(*outbound));
  for (const Connection* idle : idle_) next = std::min(next, idle->deadline);
  for (const CallWaiter* caller = held_; caller != nullptr; caller = caller->next)
    next = std::min(next, caller->deadline);
  if (next != Moment::max()) need(std::max(next, now + timer_precision));
  wake_done();
}

}  // namespace parley::upstream
