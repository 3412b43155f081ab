// Sockets with one coarse clock: no operation has a timer of its own, the hub cancels what took too long.
#include "gateway/net/connection.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace parley::gateway {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr asio::use_awaitable_t<adapters::Executor> awaited{};
constexpr std::uint32_t warm_seconds = 2;
// Buffers lent to idle connections: a bound on memory, above it a connection goes cold at once.
constexpr std::size_t max_warm = 1024;
constexpr std::size_t largest_kept_input = 64 * 1024;
constexpr std::size_t linger_bytes = 1024 * 1024;
constexpr std::uint32_t linger_seconds = 2;

std::uint32_t seconds(std::chrono::milliseconds time) noexcept {
  return static_cast<std::uint32_t>((time.count() + 999) / 1000);
}

}  // namespace

Connection::Connection(Hub& hub, Socket socket, std::size_t listener, String peer)
    : hub_(hub),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      next_(hub.connections),
      since_(hub.tick),
      listener_(static_cast<std::uint32_t>(listener)) {
  if (next_ != nullptr) next_->previous_ = this;
  hub_.connections = this;
  error_code ignored;
  socket_.non_blocking(true, ignored);
}

Connection::~Connection() {
  (previous_ != nullptr ? previous_->next_ : hub_.connections) = next_;
  if (next_ != nullptr) next_->previous_ = previous_;
  if (input_) give_input_back();
  hub_.open.fetch_sub(1, std::memory_order_relaxed);
}

void Connection::give_input_back() {
  if (phase_ == Phase::warm) --hub_.warm;
  phase_ = Phase::cold;
  std::unique_ptr<InputBuffer> input = std::move(input_);
  input->clear();
  if (input->capacity() <= InputBuffer::first_capacity) hub_.inputs.give(std::move(input));
}

adapters::Task<bool> Connection::await_request() {
  error_code error;
  if (input_ && (hub_.warm >= max_warm || input_->capacity() > largest_kept_input)) give_input_back();
  if (input_) {
    enter(Phase::warm);
    ++hub_.warm;
    const InputBuffer::Room room = input_->room(1);
    const std::size_t count = co_await socket_.async_read_some(asio::buffer(room.data, room.size),
                                                               asio::redirect_error(awaited, error));
    if (phase_ == Phase::warm) {
      --hub_.warm;
      phase_ = Phase::serving;
    }
    if (!error) {
      input_->commit(count);
      co_return true;
    }
    if (error != asio::error::operation_aborted || expired_ || hub_.stopping) co_return false;
    give_input_back();  // only cooled down
  }
  enter(Phase::cold);
  for (;;) {
    if (hub_.stopping) co_return false;
    co_await socket_.async_wait(Socket::wait_read, asio::redirect_error(awaited, error));
    if (error) co_return false;
    input_ = hub_.inputs.take();
    const InputBuffer::Room room = input_->room(1);
    const std::size_t count = socket_.read_some(asio::buffer(room.data, room.size), error);
    if (!error) {
      input_->commit(count);
      co_return true;
    }
    if (error != asio::error::would_block) co_return false;
    give_input_back();
  }
}

adapters::Task<std::size_t> Connection::read_into(char* data, std::size_t size) {
  error_code error;
  if (expired_) co_return 0;
  const std::size_t count = co_await socket_.async_read_some(asio::buffer(data, size), asio::redirect_error(awaited, error));
  co_return error ? 0 : count;
}

adapters::Task<bool> Connection::read_more() {
  const InputBuffer::Room room = input_->room(1);
  const std::size_t count = co_await read_into(room.data, room.size);
  input_->commit(count);
  co_return count != 0;
}

Written Connection::write_now(Buffer& out) {
  while (written_ < out.size()) {
    error_code error;
    const std::size_t count = socket_.write_some(asio::buffer(out.data() + written_, out.size() - written_), error);
    written_ += count;
    if (error == asio::error::would_block) return Written::blocked;
    if (error) return Written::failed;
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
    error_code error;
    co_await socket_.async_wait(Socket::wait_write, asio::redirect_error(awaited, error));
    if (error || expired_) co_return false;
  }
}

adapters::Task<void> Connection::linger() {
  error_code error;
  socket_.shutdown(Socket::shutdown_send, error);
  if (error) co_return;
  enter(Phase::closing);
  input_->clear();
  for (std::size_t total = 0; total < linger_bytes;) {
    const InputBuffer::Room room = input_->room(1);
    const std::size_t count = co_await read_into(room.data, room.size);
    if (count == 0) break;
    total += count;
  }
}

void Connection::cancel() noexcept {
  error_code ignored;
  socket_.cancel(ignored);
}

void Connection::check_time() {
  const std::uint32_t waited = hub_.tick - since_;
  switch (phase_) {
    case Phase::warm:
      if (waited >= warm_seconds) cancel();
      break;
    case Phase::cold:
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
  if (expired_) cancel();
}

void Connection::stop_if_idle() {
  if (idle()) cancel();
}

}  // namespace parley::gateway
