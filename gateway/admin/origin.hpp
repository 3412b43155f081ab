// Decides whether a page in a browser may call the admin listener: only a page that this listener served itself. Otherwise a
// foreign page could use the operator's browser to reach what only the operator may reach.
#pragma once

#include <string_view>

namespace parley::gateway::admin {

/// Headers that a browser sets; a page cannot change them. Empty = the request has no such header.
struct Fetch {
  std::string_view origin{};           ///< Origin
  std::string_view site{};             ///< Sec-Fetch-Site
  std::string_view host{};             ///< Host
  std::string_view forwarded_proto{};  ///< X-Forwarded-Proto, from a proxy that terminates TLS
};

/// Whether `origin` is the address that the request went to: `http://127.0.0.1:9090` for the Host `127.0.0.1:9090`. Names are
/// compared without case, and the scheme's default port may be missing. The scheme must be the one in X-Forwarded-Proto, or
/// http without that header. If the browser sends `Sec-Fetch-Site: same-origin`, http and https are both accepted. False for
/// `null` and for text that is not an origin.
[[nodiscard]] bool is_same_origin(const Fetch& fetch) noexcept;

/// Whether to answer the request. A request without Origin and Sec-Fetch-Site does not come from a browser: yes. With Origin:
/// yes if the origin is the same and Sec-Fetch-Site, if present, is `same-origin` or `none`. With Sec-Fetch-Site only: reads
/// are answered, since they may follow a link on another page; a change (`writes`) needs `same-origin` or `none`.
[[nodiscard]] bool may_ask(const Fetch& fetch, bool writes) noexcept;

}  // namespace parley::gateway::admin
