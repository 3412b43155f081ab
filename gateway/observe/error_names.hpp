// Names of the error codes in logs and metrics.
#pragma once

#include <array>
#include <string_view>

#include "schemas/error.hpp"

namespace parley::gateway::observe {

/// In the order of `Code`.
inline constexpr std::array<std::string_view, code_count> code_names = {
    "malformed_request",
    "malformed_body",
    "duplicate_key",
    "too_deep",
    "missing_body",
    "missing_field",
    "invalid_field",
    "unknown_field",
    "unsupported_media",
    "unsupported_coding",
    "body_too_large",
    "uri_too_long",
    "headers_too_large",
    "unauthorized",
    "forbidden",
    "invalid_callback",
    "no_such_endpoint",
    "method_not_allowed",
    "no_such_chat",
    "no_such_visitor",
    "no_such_agent",
    "no_such_contact",
    "no_such_message",
    "no_such_department",
    "no_such_offline_message",
    "no_such_file",
    "not_the_visitors_chat",
    "not_the_authors_message",
    "message_exists",
    "chat_ended",
    "chat_taken",
    "visitor_has_open_chat",
    "contact_has_open_chat",
    "identity_taken",
    "no_contact_conflicts",
    "transcript_requested",
    "no_transcript_request",
    "lossy",
    "unsupported_operation",
    "unavailable",
    "rate_limited",
    "upstream_unreachable",
    "upstream_timeout",
    "upstream_failed",
    "upstream_denied",
    "answer_too_large",
    "loop_detected",
    "internal",
};
static_assert(!code_names.back().empty(), "a code without a name");

[[nodiscard]] constexpr std::string_view name_of(Code code) noexcept {
  return code_names[static_cast<std::size_t>(code)];
}

}  // namespace parley::gateway::observe
