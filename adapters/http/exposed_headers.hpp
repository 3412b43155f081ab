// The headers that a page of another origin may read. Browsers hide every header that is not named.
#pragma once

#include <string_view>

namespace parley::http {

/// The value of `Access-Control-Expose-Headers`, sent with each answer that such a page may read. It names the headers
/// about losses, limits, credentials, methods and the request's id. There is no `*`: where a browser sends credentials,
/// `*` is a header's name, not a wildcard.
inline constexpr std::string_view exposed_headers =
    "Allow, Parley-Loss, Retry-After, WWW-Authenticate, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, "
    "X-Request-Id";

}  // namespace parley::http
