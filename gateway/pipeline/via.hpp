// How a request that comes back is known: calls to upstreams name this gateway in `Via` (RFC 9110, 7.6.3), behind those that
// the request came through.
#pragma once

#include <span>
#include <string_view>

#include "adapters/http/request.hpp"

namespace parley::gateway::pipeline {

/// What a gateway calls itself in `Via`: `1.1 parley-` and 16 random hex digits. Another one has others, so that one gateway
/// behind another is no loop.
[[nodiscard]] String make_hop();

/// Whether a `Via` of the request names `hop`.
[[nodiscard]] bool has_passed(std::span<const http::Header> headers, std::string_view hop);

/// The `Via` of the calls that the request causes: all of its own, then `hop`. It may lie in `to`, which is overwritten. `hop`
/// alone where its own are longer than 1 KiB, or have other bytes than visible ASCII, blanks and tabs.
[[nodiscard]] std::string_view via_of(std::span<const http::Header> headers, std::string_view hop, String& to);

}  // namespace parley::gateway::pipeline
