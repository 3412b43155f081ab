// Turns an upstream's body into a JSON document or an error.
#pragma once

#include "adapters/upstream/errors.hpp"
#include "adapters/upstream/message.hpp"
#include "schemas/shape/node.hpp"

namespace parley::upstream {

/// Reads the body as JSON. Text that is not valid Unicode becomes U+FFFD; to report that, give `Call::losses` to the
/// shape::Reading that makes the records. Nodes point into `document`. Errors: upstream_failed; `detail` has the place
/// of the fault, and the description that `failed` gives.
Result<void> read_json(const Response& response, shape::Document& document);

/// The error for a status that is no success and has no special meaning with this vendor. 401 and 403: upstream_denied. 429:
/// rate_limited, with its Retry-After. 408 and 504: upstream_timeout. Others: upstream_failed. `detail` has the status, the
/// type and the beginning of the body. For a 2xx it has the body's size instead, because the body can have visitors' data.
Error failed(const Response& response, Source source = by_upstream);
/// The same for an answer that is no success and cannot be about a record, such as a 404 to the call for a whole list: the `detail`
/// names the unknown path.
Error unknown_path(const Response& response, Source source = by_upstream);

/// The beginning of `text`, a part of the response, for the log. Each of the gateway's credentials becomes `[secret]`,
/// also if it is escaped as in JSON, a URL, a form or HTML. Control bytes become blanks.
String quote(const Response& response, std::string_view text);

}  // namespace parley::upstream
