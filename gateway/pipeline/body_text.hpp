// The text of a request's body: without its Content-Encoding.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// Whether the Content-Encoding can be undone; asked before a body is waited for. Errors: unsupported_coding.
[[nodiscard]] Result<void> check_coding(const Exchange& x);

/// The text of the complete body; it lies in the body's bytes or in the exchange's buffers. Errors: unsupported_coding (also where
/// the body is something else than its Content-Encoding says), malformed_body (cut off or damaged), body_too_large, unavailable
/// (no memory).
[[nodiscard]] Result<std::string_view> text_of_body(Exchange& x);

}  // namespace parley::gateway::pipeline
