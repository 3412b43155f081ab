// Recognises plain HTTP on a TLS port, so that the client gets an answer that says so.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/http/request.hpp"

namespace parley::gateway::net {

/// The method of the request that `bytes` begin; `other` if the method is unknown or cut off. Nothing if `bytes` do not begin a
/// request. TLS never looks like a request, since its first byte is not a letter.
[[nodiscard]] std::optional<http::Method> plain_http_method(std::string_view bytes) noexcept;

}  // namespace parley::gateway::net
