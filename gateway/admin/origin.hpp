// Whether a page of a browser may ask: the admin listener's own may, no other's. With the operator's browser a stranger's page
// would reach what only the operator may.
#pragma once

#include <string_view>

namespace parley::gateway::admin {

/// What a browser says of a request, and the browser alone: no page can write these headers. Empty = not there.
struct Fetch {
  std::string_view origin{};           ///< Origin
  std::string_view site{};             ///< Sec-Fetch-Site
  std::string_view host{};             ///< Host
  std::string_view forwarded_proto{};  ///< X-Forwarded-Proto, of a proxy that speaks TLS for us
};

/// Whether `origin` is the address that was asked: `http://127.0.0.1:9090` for the Host `127.0.0.1:9090`. Names in any case, a
/// port of the scheme's own may be left out. The scheme has to be the one that the proxy tells, else http, as nothing else is
/// spoken here; where the browser itself says `same-origin`, either. False for `null` and for what is no origin.
[[nodiscard]] bool is_same_origin(const Fetch& fetch) noexcept;

/// Whether to answer. Without Origin and Sec-Fetch-Site it is no browser: yes. With Origin only to the same origin, and where
/// Sec-Fetch-Site does not say otherwise. Without Origin a change (`writes`) only where Sec-Fetch-Site is `same-origin` or
/// `none`; a link of another page may lead to a page that is read.
[[nodiscard]] bool may_ask(const Fetch& fetch, bool writes) noexcept;

}  // namespace parley::gateway::admin
