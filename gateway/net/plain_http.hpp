// HTTP where TLS was expected: a client with `http://` for a port that speaks `https://` is to be told.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/http/request.hpp"

namespace parley::gateway::net {

/// The method of a request that begins with `bytes`; `other` where it is none of ours, or does not end there. Nothing where
/// no request begins so: no TLS does, which begins with a byte that is no letter.
[[nodiscard]] std::optional<http::Method> plain_http_method(std::string_view bytes) noexcept;

}  // namespace parley::gateway::net
