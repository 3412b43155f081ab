// The body of a request to the admin listener, with its Content-Encoding undone.
#pragma once

#include <span>

#include "adapters/http/request.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::admin {

/// The text of a body, at most `limit` bytes at every layer. `headers`: those of the request. Errors: unsupported_coding (also if the
/// body is not what its Content-Encoding says), malformed_body (cut off or damaged), body_too_large, unavailable (no memory).
[[nodiscard]] Result<String> text_of_body(std::span<const http::Header> headers, String body, std::size_t limit);

}  // namespace parley::gateway::admin
