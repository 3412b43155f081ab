// The limit is checked when the body's buffer grows, so a small answer costs one comparison.
#include "gateway/pipeline/answer_size.hpp"

#include <algorithm>

namespace parley::gateway::pipeline {
namespace {

constexpr std::uint64_t small = 64 * 1024;  // always allowed, however much memory others hold

/// The limit of an answer while nobody else holds memory.
std::uint64_t most_ever(const config::Limits& limits) noexcept {
  return std::min(limits.answer, std::max(limits.memory, small));
}

}  // namespace

BoundedAnswer::BoundedAnswer(Exchange& x) : x_(x) {
  if (!x.decoded.operation || writes(kind_of(x.operation()))) return;
  const config::Limits& limits = x.limits();
  const std::uint64_t left = limits.memory - std::min(limits.memory, x.worker.totals.memory.used());
  most_ = std::min(most_ever(limits), std::max(left, small));
  x.reply.body.bound(most_);
}

Error BoundedAnswer::refusal() const {
  if (most_ < most_ever(x_.limits())) {
    x_.shard().counters.requests_refused_overload.add();
    return {.code = Code::unavailable,
            .message = "no memory for so large an answer at the moment",
            .detail = "server.limits.memory is held by others",
            .retryable = true,
            .retry_after = 1};
  }
  x_.shard().counters.answers_too_large.add();
  return {
      .code = Code::answer_too_large,
      .message = "the answer is too large; ask for less, page by page where the call has pages",
      .detail = "more than the " + std::to_string(most_) + " bytes of server.limits.answer and server.limits.memory"};
}

}  // namespace parley::gateway::pipeline
