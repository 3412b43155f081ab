// Reads the body of one request. The head does not move meanwhile: bytes behind it are cut out of the input buffer.
#include "gateway/net/body_reader.hpp"

#include <algorithm>

#include "gateway/net/request_buffers.hpp"
#include "gateway/pipeline/refuse.hpp"

namespace parley::gateway::net {
namespace {

constexpr std::uint64_t longest_skip = 64 * 1024;
constexpr std::size_t first_room = 64 * 1024;  // for a body; after that the buffer doubles

}  // namespace

BodyReader::BodyReader(Connection& connection, RequestBuffers& buffers) noexcept
    : connection_(connection), buffers_(buffers), head_(buffers.head) {
  const std::string_view behind = connection.input().unread().substr(head_.size);
  if (head_.framing == Framing::none) {
    state_ = State::complete;
  } else if (head_.framing == Framing::length && head_.content_length <= behind.size() &&
             head_.content_length <= connection.context().limits.body) {
    in_place_ = static_cast<std::size_t>(head_.content_length);
    view_ = behind.substr(0, in_place_);
    state_ = State::complete;
  }
}

Error BodyReader::fail(Code code, std::string_view message) {
  state_ = State::refused;
  return {.code = code, .message = String(message)};
}

Error BodyReader::fail_for_memory() {
  state_ = State::refused;
  return pipeline::overloaded(connection_.context());
}

Error BodyReader::lose() {
  state_ = State::lost;
  return {.code = Code::unavailable, .message = "the client went away"};
}

contract::Task<Result<void>> BodyReader::read() {
  buffers_.body.clear();
  if (connection_.context().out_of_memory()) co_return fail_for_memory();
  const std::uint64_t limit = connection_.context().limits.body;
  if (head_.framing == Framing::length) {
    if (head_.content_length > limit) co_return fail(Code::body_too_large, "request body too large");
    co_return co_await read_length(static_cast<std::size_t>(head_.content_length));
  }
  co_return co_await read_chunks(limit);
}

contract::Task<Result<std::string_view>> BodyReader::read_piece(std::uint64_t most) {
  if (complete() && given_ < view_.size()) {  // it came with its head
    const std::string_view next = view_.substr(static_cast<std::size_t>(given_), piece);
    given_ += next.size();
    co_return next;
  }
  if (complete()) co_return std::string_view();
  if (connection_.context().out_of_memory()) co_return fail_for_memory();
  buffers_.body.clear();
  Result<void> read;
  if (head_.framing == Framing::length) {
    const std::uint64_t left = head_.content_length - given_;
    read = co_await read_length(static_cast<std::size_t>(std::min<std::uint64_t>(left, piece)));
    if (read && given_ + buffers_.body.size() < head_.content_length) state_ = State::partly_read;
  } else {
    read = co_await read_chunks(most - std::min(most, given_), piece);
  }
  if (!read) co_return read.error();
  given_ += buffers_.body.size();
  view_ = {};
  co_return buffers_.body.view();
}

contract::Task<bool> BodyReader::await_more() {
  // The client may wait for `100 Continue`, or for earlier answers, before it sends more.
  if (state_ == State::unread && head_.expects_continue) buffers_.out.append("HTTP/1.1 100 Continue\r\n\r\n");
  state_ = State::partly_read;
  if (!buffers_.out.empty()) {
    const bool written = co_await connection_.write(buffers_.out);
    if (!written) co_return false;
    connection_.read_on(Phase::reading_body);
  }
  co_return true;
}

contract::Task<Result<void>> BodyReader::read_length(std::size_t wanted) {
  InputBuffer& input = connection_.input();
  Buffer& body = buffers_.body;
  const std::size_t there = std::min(input.unread().size() - head_.size, wanted);
  body.append(input.unread().substr(head_.size, there));
  input.cut(head_.size, there);
  if (there != 0) state_ = State::partly_read;
  connection_.read_on(Phase::reading_body);
  const bool ready = co_await await_more();
  if (!ready) co_return lose();
  while (body.size() < wanted) {
    // Reserves memory for bytes that came, not for a length that is only announced.
    const std::size_t room = std::min(wanted - body.size(), std::max(first_room, body.size()));
    char* const to = body.prepare(room);
    if (!buffers_.note_memory(connection_)) co_return fail_for_memory();
    const std::size_t count = co_await connection_.read_into(to, room);
    if (count == 0) co_return lose();
    body.commit(count);
  }
  connection_.enter(Phase::serving);
  view_ = body.view();
  state_ = State::complete;
  co_return Result<void>();
}

contract::Task<Result<void>> BodyReader::read_chunks(std::uint64_t limit, std::size_t wanted) {
  InputBuffer& input = connection_.input();
  connection_.read_on(Phase::reading_body);
  for (;;) {
    std::size_t used = 0;
    const std::string_view raw = input.unread().substr(head_.size);
    if (!raw.empty() && state_ == State::unread) state_ = State::partly_read;
    const BodyState state = buffers_.parser->parse_chunks(raw, used, buffers_.body, limit);
    input.cut(head_.size, used);
    if (state == BodyState::complete) break;
    if (state == BodyState::too_large) co_return fail(Code::body_too_large, "request body too large");
    if (state == BodyState::malformed) co_return fail(Code::malformed_request, "malformed chunked body");
    if (buffers_.body.size() >= wanted) {
      connection_.enter(Phase::serving);
      co_return Result<void>();
    }
    if (!buffers_.note_memory(connection_)) co_return fail_for_memory();
    const bool ready = co_await await_more();
    if (!ready) co_return lose();
    // Uses only the room that is left, since growing the buffer would move the head. Chunk headers and trailers fit in it.
    const InputBuffer::Room room = input.room(0);
    if (room.size == 0) co_return fail(Code::malformed_request, "malformed chunked body");
    const std::size_t count = co_await connection_.read_into(room.data, room.size);
    if (count == 0) co_return lose();
    input.commit(count);
  }
  connection_.enter(Phase::serving);
  view_ = buffers_.body.view();
  state_ = State::complete;
  co_return Result<void>();
}

std::size_t BodyReader::size_in_input() const noexcept { return head_.size + in_place_; }

bool BodyReader::can_skip() const noexcept {
  if (state_ == State::complete) return true;
  if (state_ != State::unread || head_.expects_continue) return false;
  return head_.framing == Framing::chunked || head_.content_length <= longest_skip;
}

contract::Task<bool> BodyReader::skip() {
  if (complete()) co_return true;
  buffers_.body.clear();
  if (head_.framing == Framing::chunked) {
    Result<void> read = co_await read_chunks(longest_skip);
    co_return read.has_value();
  }
  // If the whole body is in the input, skips it there: a pipelined request may follow it.
  const std::size_t there = connection_.input().unread().size() - head_.size;
  if (there >= head_.content_length) {
    in_place_ = static_cast<std::size_t>(head_.content_length);
    co_return true;
  }
  Result<void> read = co_await read_length(static_cast<std::size_t>(head_.content_length));
  co_return read.has_value();
}

}  // namespace parley::gateway::net
