// Limits the size of an answer. Its bytes, or those that its source holds, use the gateway's memory until the client has read
// them.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// Limits the reply's body during its lifetime: to `limits.answer`, or to the rest of `limits.memory` if that is less (but at
/// least 64 KiB). The answer to a write is not limited, since the write has happened.
class BoundedAnswer {
 public:
  explicit BoundedAnswer(Exchange& x);
  ~BoundedAnswer() { x_.reply.body.bound(Buffer::unbounded); }
  BoundedAnswer(const BoundedAnswer&) = delete;
  BoundedAnswer& operator=(const BoundedAnswer&) = delete;

  /// Whether the body, or what its source holds, exceeds the limit. The body is incomplete then.
  [[nodiscard]] bool exceeded() const noexcept {
    const http::Reply& reply = x_.reply;
    return reply.body.overflowed() || reply.body.size() > most_ || (reply.source && reply.source->held() > most_);
  }
  /// The error for such an answer; counts it. answer_too_large, or unavailable if memory is short.
  [[nodiscard]] Error refusal() const;

 private:
  Exchange& x_;
  std::size_t most_ = Buffer::unbounded;
};

}  // namespace parley::gateway::pipeline
