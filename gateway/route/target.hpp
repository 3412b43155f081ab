// The target of a request line in its parts, and the host that a request is for.
#pragma once

#include <optional>
#include <string_view>

namespace parley::gateway {

/// Views into the request line, undecoded.
struct Target {
  std::string_view path;       ///< begins with `/`; empty for `*`
  std::string_view query;      ///< behind the first `?`
  std::string_view authority;  ///< of an absolute-form target; empty otherwise
};

/// `/path?query`, `http://host/path?query` or `*`. nullopt: anything else, or a `#`.
[[nodiscard]] std::optional<Target> parse_target(std::string_view target) noexcept;

/// The host of `host:port`, `[::1]:port` or `host`, without its port and one closing dot.
[[nodiscard]] std::string_view host_of(std::string_view authority) noexcept;

}  // namespace parley::gateway
