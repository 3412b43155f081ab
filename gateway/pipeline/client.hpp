// Who the client is where proxies stand in front.
#pragma once

#include <span>
#include <string_view>

#include "adapters/http/request.hpp"
#include "config/settings.hpp"

namespace parley::gateway::pipeline {

/// The client's address, without a port: `peer`, the address that the connection comes from, unless that is a trusted
/// proxy. Then it is the right-most address of `X-Forwarded-For` that is not trusted too, or the left-most where all are. What
/// stands further left anybody may have written. What is no address ends the list: the client is the hop before it, which a
/// trusted proxy has named, or `peer` where there is none. Empty members are none.
[[nodiscard]] std::string_view client_of(std::string_view peer, std::span<const http::Header> headers,
                                         std::span<const config::Network> trusted);

}  // namespace parley::gateway::pipeline
