// Writes requests. All targets and headers for upstreams are checked here.
#pragma once

#include <string_view>

#include "adapters/contract/backend.hpp"
#include "adapters/upstream/message.hpp"
#include "schemas/buffer.hpp"

namespace parley::upstream {

/// Clears `out` and writes head and body into it. Returns the size of the part before the headers that say who asks:
/// `Via`, `X-Request-Id` and `traceparent`, as `call` has them. They are the last headers. `prefix`: the path of the
/// backend's URL. `fixed`: lines that every request has (Host, …), checked before. `more`: headers beside the request's
/// own, or nullptr. Errors: internal, with `detail`: the target is malformed, or a header has bytes other than visible
/// ASCII, blank and tab, or only the gateway may write it. Then `out` must not be sent.
Result<std::size_t> write_request(const Request& request, const Headers* more, const contract::Call& call,
                                  std::string_view prefix, std::string_view fixed, Buffer& out);

}  // namespace parley::upstream
