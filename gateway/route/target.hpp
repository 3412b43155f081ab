// The target of a request line in its parts, and the host that a request is for.
#pragma once

#include <optional>
#include <string_view>

namespace parley::gateway::route {

/// Views into the request line, undecoded.
struct Target {
  std::string_view path;       ///< begins with `/`; empty for `*`
  std::string_view query;      ///< behind the first `?`
  std::string_view authority;  ///< of an absolute-form target; empty otherwise
};

/// Whether a text is `host` or `host:port` as RFC 3986, 3.2.2 and RFC 9110, 4.2.1 spell them: a name with escapes that are
/// whole, an IPv4 address or an IPv6 one in brackets; no user, nothing empty but the port's digits.
[[nodiscard]] bool is_authority(std::string_view text) noexcept;

/// `/path?query`, `http://host/path?query` or `*`. nullopt: anything else, or a `#`.
[[nodiscard]] std::optional<Target> parse_target(std::string_view target) noexcept;

/// The host of `host:port`, `[::1]:port` or `host`, without its port and one closing dot.
[[nodiscard]] std::string_view host_of(std::string_view authority) noexcept;

}  // namespace parley::gateway::route
