// The body of one request: in place where it has come with its head, read on demand otherwise.
#pragma once

#include <string_view>

#include "gateway/net/connection.hpp"

namespace parley::gateway::net {

struct Head;
struct RequestBuffers;

class BodyReader {
 public:
  /// The head in `buffers` was parsed from the beginning of the connection's input. All must outlive the reader.
  BodyReader(Connection& connection, RequestBuffers& buffers) noexcept;

  /// Whether all of it is there: always so for a request without body.
  [[nodiscard]] bool complete() const noexcept { return state_ == State::complete; }
  /// Reads the rest. Answers that wait in the output are sent first, and `100 Continue` where the client waits for it.
  /// Errors: body_too_large, malformed_request (chunks), unavailable (no memory, or see `lost`).
  contract::Task<Result<void>> read();
  /// The body as it was sent, when complete. Views in the head's headers stay valid.
  [[nodiscard]] std::string_view view() const noexcept { return view_; }

  /// The client went away or took too long while the body was read.
  [[nodiscard]] bool lost() const noexcept { return state_ == State::lost; }
  /// Whether the connection can go on after `skip`: the rest is short, and the client will send it.
  [[nodiscard]] bool can_skip() const noexcept;
  /// Reads an unread body and throws it away. false: the connection cannot go on.
  contract::Task<bool> skip();

  /// Bytes of the input that belong to this request, head included.
  [[nodiscard]] std::size_t size_in_input() const noexcept;

 private:
  enum class State : std::uint8_t { unread, partly_read, complete, refused, lost };

  contract::Task<Result<void>> read_length();
  contract::Task<Result<void>> read_chunks(std::uint64_t limit);
  contract::Task<bool> await_more();
  Error fail(Code code, std::string_view message);
  Error fail_for_memory();
  Error lose();

  Connection& connection_;
  RequestBuffers& buffers_;
  const Head& head_;
  std::string_view view_;
  std::size_t in_place_ = 0;
  State state_ = State::unread;
};

}  // namespace parley::gateway::net
