// The body of a reply that is made in pieces: each is made when the client has taken the one before.
#pragma once

#include <cstddef>
#include <cstdint>

#include "adapters/http/waker.hpp"
#include "schemas/buffer.hpp"
#include "schemas/error.hpp"

namespace parley::http {

/// An encoder makes one for a body that is longer than one piece, or whose end is not known yet. Used on one
/// thread. Destroyed after its end, after an error, or as soon as the client is known to be gone. May refer to the
/// outcome, which outlives it.
class BodySource {
 public:
  /// The size of a piece in bytes. A shorter body needs no source.
  static constexpr std::size_t piece = 64 * 1024;

  enum class Progress : std::uint8_t {
    more,  ///< the next piece can be read
    wait,  ///< nothing is ready: `waker.wake()` says when to read again
    end,   ///< the body is complete
  };

  BodySource() = default;
  BodySource(const BodySource&) = delete;
  BodySource& operator=(const BodySource&) = delete;
  virtual ~BodySource() = default;

  /// Appends the next part of the body to `out`: records until at least `piece` bytes are reached, or fewer if no more are
  /// ready. Must not block. An error cuts the reply off and closes the connection; its message is logged for operators.
  virtual Result<Progress> read(Buffer& out, Waker& waker) = 0;
  /// Bytes that the source still holds in memory. They count in `limits.memory`, and `limits.answer` bounds them.
  [[nodiscard]] virtual std::uint64_t held() const noexcept = 0;
};

}  // namespace parley::http
