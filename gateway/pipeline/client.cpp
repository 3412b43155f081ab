// Finds the client behind proxies; see client.hpp.
#include "gateway/pipeline/client.hpp"

#include <algorithm>

#include "adapters/http/header_list.hpp"
#include "schemas/ascii.hpp"

namespace parley::gateway::pipeline {
namespace {

using Trusted = std::span<const config::Network>;

bool is_trusted(std::string_view address, Trusted trusted) {
  return std::any_of(trusted.begin(), trusted.end(),
                     [address](const config::Network& one) { return one.contains(address); });
}

bool is_address(std::string_view text) {
  return text.find('/') == std::string_view::npos && config::parse_network(text).has_value();
}

/// Removes the port, which some proxies add: `192.0.2.1:80`, `[2001:db8::1]:80`.
std::string_view without_port(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
  }
  const std::size_t colon = text.find(':');
  const bool one = colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos;
  return one ? text.substr(0, colon) : text;
}

}  // namespace

std::string_view client_of(std::string_view peer, std::span<const http::Header> headers, Trusted trusted) {
  if (trusted.empty() || !is_trusted(peer, trusted)) return peer;
  std::string_view client = peer;
  // Several headers of this name form one list, so the last header is its end.
  for (auto header = headers.rbegin(); header != headers.rend(); ++header) {
    if (!ascii::same_ignoring_case(header->name, "X-Forwarded-For")) continue;
    http::HeaderList hops(header->value);
    while (const std::optional<std::string_view> hop = hops.last()) {
      const std::string_view address = without_port(*hop);
      if (!is_address(address)) return client;
      client = address;
      if (!is_trusted(client, trusted)) return client;
    }
  }
  return client;
}

}  // namespace parley::gateway::pipeline
