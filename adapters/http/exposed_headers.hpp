// What a page of another origin may read of an answer beside its body: browsers hide every header that is not named.
#pragma once

#include <string_view>

namespace parley::http {

/// The value of `Access-Control-Expose-Headers` on each answer that such pages may read: what facades and gateway tell a
/// client about losses, limits, credentials, methods and the request's id. Named one by one: where a browser sends
/// credentials, `*` is no wildcard but the name of a header.
inline constexpr std::string_view exposed_headers =
    "Allow, Parley-Loss, Retry-After, WWW-Authenticate, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, "
    "X-Request-Id";

}  // namespace parley::http
