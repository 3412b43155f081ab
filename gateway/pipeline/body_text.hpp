// The text of a request's body, with its Content-Encoding undone.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// Checks that the Content-Encoding is supported, before the body is read. Errors: unsupported_coding.
[[nodiscard]] Result<void> check_coding(const Exchange& x);

/// The text of the complete body: a view into the body's bytes or the exchange's buffers. Errors: unsupported_coding (also if
/// the body is not what its Content-Encoding says), malformed_body (cut off or damaged), body_too_large, unavailable (no
/// memory).
[[nodiscard]] Result<std::string_view> text_of_body(Exchange& x);

}  // namespace parley::gateway::pipeline
