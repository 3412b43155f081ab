// Sockets with one coarse clock: no wait has a timer of its own, the hub ends what took too long.
#include "gateway/net/connection.hpp"

#include <sys/socket.h>

#include <cerrno>

namespace parley::gateway {
namespace {

namespace asio = boost::asio;

constexpr asio::use_awaitable_t<adapters::Executor> awaited{};
constexpr std::size_t linger_bytes = 1024 * 1024;
constexpr std::uint32_t linger_seconds = 2;

std::uint32_t seconds(std::chrono::milliseconds time) noexcept {
  return static_cast<std::uint32_t>((time.count() + 999) / 1000);
}

}  // namespace

Connection::Connection(Hub& hub, io::Descriptor socket, std::size_t listener, String peer)
    : hub_(hub),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      next_(hub.connections),
      since_(hub.tick),
      listener_(static_cast<std::uint32_t>(listener)) {
  if (next_ != nullptr) next_->previous_ = this;
  hub_.connections = this;
  hub_.shard->counters.connections_accepted.add();
  if (!hub_.poller.add(socket_.get(), *this)) ready_ = {.readable = true, .writable = true, .ended = true};
}

Connection::~Connection() {
  (previous_ != nullptr ? previous_->next_ : hub_.connections) = next_;
  if (next_ != nullptr) next_->previous_ = previous_;
  if (input_) rest();
  hub_.shard->counters.connections_closed.add();
  hub_.open.fetch_sub(1, std::memory_order_relaxed);
}

void Connection::rest() {
  enter(Phase::idle);
  if (!input_) return;
  input_->clear();
  if (input_->capacity() <= InputBuffer::first_capacity) hub_.inputs.give(std::move(input_));
  input_.reset();
}

adapters::Task<bool> Connection::wait(bool for_writing) {
  for_writing_ = for_writing;
  return asio::async_initiate<const asio::use_awaitable_t<adapters::Executor>, Signature>(
      [](Waiter&& waiter, Connection* connection) { connection->waiter_.emplace(std::move(waiter)); }, awaited, this);
}

void Connection::wake(bool go_on) {
  if (!waiter_) return;
  // The coroutine runs at once, on this stack, and may destroy the connection.
  Waiter waiter = std::move(*waiter_);
  waiter_.reset();
  std::move(waiter)(go_on);
}

void Connection::tell(io::Readiness readiness) {
  ready_.readable |= readiness.readable;
  ready_.writable |= readiness.writable;
  ready_.ended |= readiness.ended;
  if (for_writing_ ? ready_.writable : ready_.readable) wake(true);
}

void Connection::abandon() { waiter_.reset(); }

std::ptrdiff_t Connection::receive_now(char* data, std::size_t size) {
  const std::ptrdiff_t count = ::recv(socket_.get(), data, size, 0);
  // After less than was asked for there is nothing until the next edge; an end that has been told comes but once.
  if (!ready_.ended && count < static_cast<std::ptrdiff_t>(size)) ready_.readable = false;
  return count;
}

Received Connection::receive() {
  if (!ready_.readable) return Received::nothing;
  if (!input_) input_ = hub_.inputs.take();
  const InputBuffer::Room room = input_->room(1);
  const std::ptrdiff_t count = receive_now(room.data, room.size);
  if (count > 0) {
    input_->commit(static_cast<std::size_t>(count));
    return Received::some;
  }
  return count < 0 && errno == EAGAIN && !ready_.ended ? Received::nothing : Received::ended;
}

adapters::Task<std::size_t> Connection::read_into(char* data, std::size_t size) {
  for (;;) {
    if (!ready_.readable) {
      const bool go_on = co_await wait(false);
      if (!go_on) co_return 0;
    }
    const std::ptrdiff_t count = receive_now(data, size);
    if (count > 0) co_return static_cast<std::size_t>(count);
    if (count == 0 || errno != EAGAIN || ready_.ended) co_return 0;
  }
}

adapters::Task<bool> Connection::read_more() {
  const InputBuffer::Room room = input_->room(1);
  const std::size_t count = co_await read_into(room.data, room.size);
  input_->commit(count);
  co_return count != 0;
}

Written Connection::write_now(Buffer& out) {
  while (written_ < out.size()) {
    const std::ptrdiff_t count = ::send(socket_.get(), out.data() + written_, out.size() - written_, MSG_NOSIGNAL);
    if (count < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN) return Written::failed;
      ready_.writable = false;
      return Written::blocked;
    }
    written_ += static_cast<std::size_t>(count);
  }
  out.clear();
  written_ = 0;
  return Written::all;
}

adapters::Task<bool> Connection::write(Buffer& out) {
  for (;;) {
    const Written written = write_now(out);
    if (written == Written::all) co_return true;
    if (written == Written::failed) co_return false;
    enter(Phase::writing);  // anew after each piece: a slow reader may be slow, but not idle
    const bool go_on = co_await wait(true);
    if (!go_on) co_return false;
  }
}

adapters::Task<void> Connection::linger() {
  if (::shutdown(socket_.get(), SHUT_WR) != 0) co_return;
  enter(Phase::closing);
  input_->clear();
  for (std::size_t total = 0; total < linger_bytes;) {
    const InputBuffer::Room room = input_->room(1);
    const std::size_t count = co_await read_into(room.data, room.size);
    if (count == 0) break;
    total += count;
  }
}

void Connection::check_time() {
  const std::uint32_t waited = hub_.tick - since_;
  switch (phase_) {
    case Phase::idle:
      expired_ = waited > seconds(hub_.limits.idle);
      break;
    case Phase::reading:
    case Phase::writing:
      expired_ = waited > seconds(hub_.limits.request);
      break;
    case Phase::closing:
      expired_ = waited > linger_seconds;
      break;
    case Phase::serving:
      break;
  }
  if (expired_) wake(false);
}

void Connection::close_if_idle() {
  if (phase_ == Phase::idle && hub_.closing(listener_)) wake(false);
}

}  // namespace parley::gateway
