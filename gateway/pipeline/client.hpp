// Finds the client behind proxies.
#pragma once

#include <span>
#include <string_view>

#include "adapters/http/request.hpp"
#include "config/settings.hpp"

namespace parley::gateway::pipeline {

/// The client's address, without a port. This is `peer`, the address of the connection, unless `peer` is a trusted proxy. Then
/// it is the right-most address in `X-Forwarded-For` that is not trusted; the left-most if all are trusted. Anybody can write
/// what stands further left. Text that is not an address ends the search: the client is the hop to its right, or `peer` if
/// there is none. Empty list members are ignored.
[[nodiscard]] std::string_view client_of(std::string_view peer, std::span<const http::Header> headers,
                                         std::span<const config::Network> trusted);

}  // namespace parley::gateway::pipeline
