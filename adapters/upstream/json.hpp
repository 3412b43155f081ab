// An upstream's body as a document: whatever it is, it becomes JSON or an error.
#pragma once

#include "adapters/upstream/message.hpp"
#include "schemas/error.hpp"
#include "schemas/shape/node.hpp"

namespace parley::upstream {

/// Reads the body as JSON, with text that is no Unicode replaced by U+FFFD: whoever makes records of it gives
/// `Call::losses` to the shape::Reading, so that the answer tells. Nodes point into `document`.
/// Errors: upstream_failed; `detail` has the place of the fault, and what `failed` says.
Result<void> read_json(const Response& response, shape::Document& document);

/// The error for a status that is no success and means nothing particular to the vendor: 401 and 403 are upstream_denied, 429
/// rate_limited with its Retry-After, 408 and 504 upstream_timeout, the rest upstream_failed. `detail` has the status, the type and the
/// beginning of the body; of a 2xx its size, as what should have been an answer has visitors' data.
Error failed(const Response& response, std::string_view source);

/// The beginning of `text`, which is of the response, for the log: `[secret]` for each of the gateway's credentials (also
/// where they are written in the escapes of JSON, a URL, a form or HTML), blanks for control bytes.
String quote(const Response& response, std::string_view text);

}  // namespace parley::upstream
