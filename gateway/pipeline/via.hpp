// Detects loops. Calls to upstreams carry `Via` (RFC 9110, 7.6.3) with the hops of the request and the name of this gateway.
#pragma once

#include <span>
#include <string_view>

#include "adapters/http/request.hpp"

namespace parley::gateway::pipeline {

/// Makes the name of this gateway in `Via`: `1.1 parley-` and 16 random hex digits. Random, so that one gateway behind another
/// is not taken for a loop.
[[nodiscard]] String make_hop();

/// Whether a `Via` of the request names `hop`.
[[nodiscard]] bool has_passed(std::span<const http::Header> headers, std::string_view hop);

/// The `Via` for calls to upstreams: that of the request, then `hop`. May use `to`, which is overwritten. `hop` alone if the
/// request's `Via` is longer than 1 KiB, or holds other bytes than visible ASCII, blanks and tabs.
[[nodiscard]] std::string_view via_of(std::span<const http::Header> headers, std::string_view hop, String& to);

}  // namespace parley::gateway::pipeline
