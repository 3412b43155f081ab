// Splits the target of a request line, and finds the host of a request.
#pragma once

#include <optional>
#include <string_view>

namespace parley::gateway::route {

/// Views into the request line, undecoded.
struct Target {
  std::string_view path;       ///< begins with `/`; empty for `*`
  std::string_view query;      ///< the text after the first `?`
  std::string_view authority;  ///< of an absolute-form target; empty otherwise
};

/// Whether a text is `host` or `host:port` as in RFC 3986, 3.2.2 and RFC 9110, 4.2.1: a name with complete escapes, an IPv4
/// address, or an IPv6 address in brackets. No user; only the digits of the port may be missing.
[[nodiscard]] bool is_authority(std::string_view text) noexcept;

/// Parses `/path?query`, `http://host/path?query` or `*`. Returns nullopt for anything else, or if there is a `#`.
[[nodiscard]] std::optional<Target> parse_target(std::string_view target) noexcept;

/// The host of `host:port`, `[::1]:port` or `host`, without the port and without one dot at the end.
[[nodiscard]] std::string_view host_of(std::string_view authority) noexcept;

}  // namespace parley::gateway::route
