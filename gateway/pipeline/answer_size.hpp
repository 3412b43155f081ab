// How large an answer may become: it is made whole before its first byte is sent, so that its bytes are the gateway's memory.
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

  /// Whether the body went beyond the bound. What it holds is of no use then.
  [[nodiscard]] bool exceeded() const noexcept { return x_.reply.body.overflowed() || x_.reply.body.size() > most_; }
  /// Why it is refused; counts it. Errors: answer_too_large; unavailable where it is the memory that lacks.
  [[nodiscard]] Error refusal() const;

 private:
  Exchange& x_;
  std::size_t most_ = Buffer::unbounded;
};

}  // namespace parley::gateway::pipeline
