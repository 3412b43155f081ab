// The body of one request. A body that came with its head stays in the input buffer; otherwise `read` reads it.
#pragma once

#include <string_view>

#include "gateway/net/connection.hpp"

namespace parley::gateway::net {

struct Head;
struct RequestBuffers;

class BodyReader {
 public:
  /// The head in `buffers` must start at the beginning of the connection's input. `connection` and `buffers` must outlive the
  /// reader.
  BodyReader(Connection& connection, RequestBuffers& buffers) noexcept;

  /// Whether the whole body is there; true for a request without a body.
  [[nodiscard]] bool complete() const noexcept { return state_ == State::complete; }
  /// Reads the rest of the body. Before it waits, sends pending answers, and `100 Continue` if the client expects it. Errors:
  /// body_too_large; malformed_request (chunks); unavailable (no memory, or `lost`).
  contract::Task<Result<void>> read();
  /// Reads the next piece of the body: `piece` bytes, or fewer at its end. Empty: the body has ended. The bytes are valid until the next
  /// call. `most`: the largest body; `limits.body` does not matter. Errors: as `read`.
  contract::Task<Result<std::string_view>> read_piece(std::uint64_t most);
  static constexpr std::size_t piece = 64 * 1024;
  /// The body as it was sent, once `complete`. Reading it does not invalidate the views in the head.
  [[nodiscard]] std::string_view view() const noexcept { return view_; }

  /// True if the client disconnected or took too long while the body was read.
  [[nodiscard]] bool lost() const noexcept { return state_ == State::lost; }
  /// Whether `skip` can keep the connection usable: the body is short (64 KiB) or chunked, and the client does not wait for
  /// `100 Continue`.
  [[nodiscard]] bool can_skip() const noexcept;
  /// Reads the unread body and discards it. Returns false if the connection must end.
  contract::Task<bool> skip();

  /// The number of bytes in the input that belong to this request, head included.
  [[nodiscard]] std::size_t size_in_input() const noexcept;

 private:
  enum class State : std::uint8_t { unread, partly_read, complete, refused, lost };

  contract::Task<Result<void>> read_length(std::size_t wanted);
  contract::Task<Result<void>> read_chunks(std::uint64_t limit, std::size_t wanted = SIZE_MAX);
  contract::Task<bool> await_more();
  Error fail(Code code, std::string_view message);
  Error fail_for_memory();
  Error lose();

  Connection& connection_;
  RequestBuffers& buffers_;
  const Head& head_;
  std::string_view view_;
  std::size_t in_place_ = 0;
  std::uint64_t given_ = 0;  // bytes of pieces
  State state_ = State::unread;
};

}  // namespace parley::gateway::net
