// How large an answer may become: its bytes, or those that its source holds, are the gateway's memory until the client has taken them.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// While one lives, the body of the reply is bounded: by `limits.answer`, and by what `limits.memory` has left where that is
/// less. A write's answer is not: what it tells has happened.
class BoundedAnswer {
 public:
  explicit BoundedAnswer(Exchange& x);
  ~BoundedAnswer() { x_.reply.body.bound(Buffer::unbounded); }
  BoundedAnswer(const BoundedAnswer&) = delete;
  BoundedAnswer& operator=(const BoundedAnswer&) = delete;

  /// Whether the body went beyond the bound, or what its source holds. What it holds is of no use then.
  [[nodiscard]] bool exceeded() const noexcept {
    const http::Reply& reply = x_.reply;
    return reply.body.overflowed() || reply.body.size() > most_ || (reply.source && reply.source->held() > most_);
  }
  /// Why it is refused; counts it. Errors: answer_too_large; unavailable where it is the memory that lacks.
  [[nodiscard]] Error refusal() const;

 private:
  Exchange& x_;
  std::size_t most_ = Buffer::unbounded;
};

}  // namespace parley::gateway::pipeline
