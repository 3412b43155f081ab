// Writes requests: the one checked place where bytes of a target and of headers leave for an upstream.
#pragma once

#include <string_view>

#include "adapters/contract/backend.hpp"
#include "adapters/upstream/message.hpp"
#include "schemas/buffer.hpp"

namespace parley::upstream {

/// Renders head and body into `out`, which is cleared. Returns how many bytes come before the headers that tell who asks
/// and not what: `Via`, `X-Request-Id` and `traceparent`, where `call` has them. They are the last ones. `prefix` is the path of the backend's URL, `fixed` the
/// lines that every request has (Host, …), checked before; `more` are headers beside the request's own. Errors:
/// internal, with `detail`: a target that is none, a header that is ours to write or has bytes outside visible ASCII,
/// blank and tab. Then nothing may be sent.
Result<std::size_t> write_request(const Request& request, const Headers* more, const contract::Call& call,
                                  std::string_view prefix, std::string_view fixed, Buffer& out);

/// Whether `text` is visible ASCII, blanks and tabs.
[[nodiscard]] bool is_header_value(std::string_view text) noexcept;

}  // namespace parley::upstream
