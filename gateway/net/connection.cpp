// Sockets without a timer for each wait: the worker's context checks all time limits once a second.
#include "gateway/net/connection.hpp"

#include <algorithm>
#include <utility>

#include "gateway/net/plain_http.hpp"
#include "gateway/observe/event_log.hpp"

namespace parley::gateway::net {
namespace {

constexpr std::size_t linger_bytes = 1024 * 1024;
constexpr std::uint32_t linger_seconds = 2;
constexpr std::uint32_t seconds_without_rate = 5;  // for a body, or an answer that has to wait

std::uint32_t seconds(std::chrono::milliseconds time) noexcept {
  return static_cast<std::uint32_t>((time.count() + 999) / 1000);
}

}  // namespace

Connection::Connection(WorkerContext& context, Accepted accepted)
    : context_(context),
      place_(std::move(accepted.place)),
      counted_(std::move(accepted.counted)),
      stream_(std::move(accepted.socket)),
      peer_(std::move(accepted.peer)),
      next_(context.connections),
      since_(context.tick),
      idle_from_(context.tick),
      listener_(static_cast<std::uint32_t>(accepted.listener)) {
  if (accepted.tls != nullptr) stream_.secure(accepted.tls->start(stream_.get()));
  if (next_ != nullptr) next_->previous_ = this;
  context_.connections = this;
  context_.shard->counters.connections_accepted.add();
  unwatched_ = !context_.poller.add(stream_.get(), *this);
}

Connection::~Connection() {
  (previous_ != nullptr ? previous_->next_ : context_.connections) = next_;
  if (next_ != nullptr) next_->previous_ = previous_;
  if (input_) static_cast<void>(rest());
  context_.shard->counters.connections_closed.add();
  stream_.close();
}

bool Connection::rest() {
  // Blank lines are not requests: they must not extend the idle time.
  if (answered_) idle_from_ = context_.tick;
  answered_ = false;
  phase_ = Phase::idle;
  since_ = idle_from_;
  give_input_back();
  return !has_waited_too_long();
}

void Connection::give_input_back() {
  if (!input_) return;
  input_->clear();
  if (input_->capacity() <= InputBuffer::first_capacity) context_.inputs.give(std::move(input_));
  input_.reset();
}

contract::Task<bool> Connection::wait(For what) {
  waits_for_ = what;
  return waiting_.wait();
}

void Connection::wake() {
  if (waits_for_ == For::waker || phase_ == Phase::upgraded) {
    if (waiting_.taken()) return waiting_.wake_later(true);
  }
  woken_ = true;
}

contract::Task<bool> Connection::woken() {
  enter(Phase::serving);
  if (gone_) co_return false;
  if (std::exchange(woken_, false)) co_return true;
  co_return co_await wait(For::waker);
}

contract::Task<bool> Connection::readable_or_woken() {
  enter(Phase::upgraded);
  give_input_back();
  if (std::exchange(woken_, false)) co_return true;
  co_return co_await wait(For::reading);
}

void Connection::tell(io::Readiness readiness) {
  stream_.note(readiness);
  gone_ = gone_ || readiness.gone;
  if (waits_for_ == For::waker) {
    if (gone_) waiting_.wake(false);
    return;
  }
  const bool writable = readiness.writable && waits_for_ != For::reading;
  const bool readable = stream_.readable() && waits_for_ != For::writing;
  if (writable || readable) waiting_.wake(true);
}

contract::Task<Greeting> Connection::shake_hands() {
  enter(Phase::greeting);
  io::Moved moved = unwatched_ ? io::Moved::failed : io::Moved::blocked;
  while (moved == io::Moved::blocked) {
    const bool go_on = co_await wait(For::either);  // the client speaks first
    moved = go_on ? stream_.handshake() : io::Moved::failed;
  }
  if (moved != io::Moved::some) co_return judge_failed_handshake();
  idle_from_ = context_.tick;
  tls_ = stream_.tls_version();
  stream_.note({.readable = true});  // the first request may have come with the handshake
  co_return Greeting::secured;
}

Greeting Connection::judge_failed_handshake() {
  const std::string_view bytes = stream_.began_with();
  if (bytes.empty()) return Greeting::failed;  // connected and gone, like a port check
  if (const auto method = plain_http_method(bytes); method && !expired_ && !context_.stopping) {
    plain_method_ = *method;
    stream_.unsecure();
    return Greeting::plain_http;
  }
  context_.shard->counters.tls_handshakes_failed.add();
  const String why = expired_ ? String("took too long") : stream_.fault();
  observe::report(
      {.code = Code::malformed_request, .message = "it failed", .detail = why + "; from " + peer_, .source = by_tls},
      {.method = "TLS", .endpoint = "handshake"});
  return Greeting::failed;
}

Received Connection::receive() {
  if (unwatched_) return Received::ended;
  if (!stream_.readable()) return Received::nothing;
  if (!input_) input_ = context_.inputs.take();
  const InputBuffer::Room room = input_->room(1);
  std::size_t count = 0;
  switch (stream_.receive(room.data, room.size, count)) {
    case io::Moved::some:
      input_->commit(count);
      return Received::some;
    case io::Moved::blocked:
      return Received::nothing;
    default:
      return Received::ended;
  }
}

contract::Task<std::size_t> Connection::read_into(char* data, std::size_t size) {
  for (;;) {
    if (!stream_.readable()) {
      const bool go_on = co_await wait(For::reading);
      if (!go_on) co_return 0;
    }
    std::size_t count = 0;
    const io::Moved moved = stream_.receive(data, size, count);
    received_ += count;
    if (moved == io::Moved::some) co_return count;
    if (moved != io::Moved::blocked) co_return 0;
  }
}

contract::Task<bool> Connection::read_more() {
  const InputBuffer::Room room = input_->room(1);
  const std::size_t count = co_await read_into(room.data, room.size);
  input_->commit(count);
  co_return count != 0;
}

Written Connection::write_now(Buffer& out) {
  while (written_ < out.size()) {
    std::size_t count = 0;
    const io::Moved moved = stream_.send(out.view().substr(written_), count);
    if (moved == io::Moved::blocked) return Written::blocked;
    if (moved != io::Moved::some) return Written::failed;
    written_ += count;
  }
  out.clear();
  written_ = 0;
  return Written::all;
}

contract::Task<bool> Connection::write(Buffer& out, bool on) {
  Written written = write_now(out);
  if (written == Written::blocked) {
    enter(Phase::writing);
    arrived_ = arrived();
    if (!on) pace_ = {context_.tick, arrived_};
  }
  while (written == Written::blocked) {
    const bool go_on = co_await wait(For::writing);
    if (!go_on) co_return false;
    written = write_now(out);
  }
  co_return written == Written::all;
}

contract::Task<void> Connection::linger() {
  if (!stream_.finish()) co_return;
  enter(Phase::closing);
  if (!input_) input_ = context_.inputs.take();
  input_->clear();
  for (std::size_t total = 0; total < linger_bytes;) {
    const InputBuffer::Room room = input_->room(1);
    const std::size_t count = co_await read_into(room.data, room.size);
    if (count == 0) break;
    total += count;
  }
}

bool Connection::too_slow(std::uint64_t bytes) const noexcept {
  const std::uint32_t whole = context_.tick - pace_.since - 1;  // full seconds that have certainly passed
  return context_.tick != pace_.since && whole > seconds_without_rate &&
         bytes - pace_.from < context_.limits.rate * (whole - seconds_without_rate);
}

bool Connection::has_waited_too_long() noexcept {
  const config::Limits& limits = context_.limits;
  const std::uint32_t waited = context_.tick - since_;
  switch (phase_) {
    case Phase::greeting:
      return waited > seconds(limits.headers);
    case Phase::idle:
      return waited > seconds(limits.idle);
    case Phase::reading_head:
      return waited > seconds(std::min(limits.headers, limits.request));
    case Phase::reading_body:
      return waited > seconds(limits.request) || too_slow(received_);
    case Phase::writing: {
      // Bytes may still be in the kernel's buffer: only those that reached the client count.
      const std::uint64_t before = std::exchange(arrived_, arrived());
      if (arrived_ != before) since_ = context_.tick;
      return context_.tick - since_ > seconds(limits.write) || too_slow(arrived_);
    }
    case Phase::closing:
      return waited > linger_seconds;
    case Phase::serving:
    case Phase::upgraded:
      break;
  }
  return false;
}

void Connection::check_time() {
  if (!waiting_.taken() || !has_waited_too_long()) return;
  expired_ = true;
  if (phase_ != Phase::idle && phase_ != Phase::closing) context_.shard->counters.timeouts.add();
  waiting_.wake(false);
}

void Connection::close_if_idle() {
  const bool idle = phase_ == Phase::idle || phase_ == Phase::greeting || phase_ == Phase::upgraded;
  if (idle && context_.closing(listener_)) waiting_.wake(false);
}

}  // namespace parley::gateway::net
