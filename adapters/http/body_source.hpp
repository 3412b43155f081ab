// The body of a reply that is made in pieces, each when the client has taken the one before.
#pragma once

#include <cstddef>
#include <cstdint>

#include "adapters/http/waker.hpp"
#include "schemas/buffer.hpp"
#include "schemas/error.hpp"

namespace parley::http {

/// Made by `Facade::encode`, for a body that is longer than one piece or not known to its end. Used on one thread. Destroyed after its
/// end, after an error, and as soon as the client is known to be gone. It may refer to the outcome, which outlives it.
class BodySource {
 public:
  /// Bytes that are worth sending: a body that is shorter has no source.
  static constexpr std::size_t piece = 64 * 1024;

  enum class Progress : std::uint8_t {
    more,  ///< the next piece can be read
    wait,  ///< nothing more is there: `waker.wake()` tells when it is worth another try
    end,   ///< the body is complete
  };

  BodySource() = default;
  BodySource(const BodySource&) = delete;
  BodySource& operator=(const BodySource&) = delete;
  virtual ~BodySource() = default;

  /// Appends the next part of the body to `out`: up to the first record that reaches `piece` bytes, less where no more is there. Must not
  /// block. An error ends the reply in the middle, and the connection with it; its message goes to the operators' log.
  virtual Result<Progress> read(Buffer& out, Waker& waker) = 0;
  /// Bytes that it holds in memory until its end. They count in `limits.memory`, and `limits.answer` bounds them.
  [[nodiscard]] virtual std::uint64_t held() const noexcept = 0;
};

}  // namespace parley::http
