// The codings are those that listeners for clients accept; see body.hpp.
#include "gateway/admin/body.hpp"

#include "gateway/pipeline/content_coding.hpp"

namespace parley::gateway::admin {

Result<String> text_of_body(std::span<const http::Header> headers, String body, std::size_t limit) {
  const Result<pipeline::Codings> codings = pipeline::read_codings(headers);
  if (!codings) return codings.error();
  const auto list = codings->list();
  if (list.empty() || body.empty()) return body;
  http::Inflater inflater;  // bodies are rare here, so its tables need not be kept
  for (auto coding = list.rbegin(); coding != list.rend(); ++coding) {
    Buffer text;
    switch (inflater.unpack(*coding, body, limit, text)) {
      case http::Unpacked::good:
        body.assign(text.view());
        break;
      case http::Unpacked::not_packed:
        return Error{.code = Code::unsupported_coding,
                     .message = "the request body is something else than its Content-Encoding says"};
      case http::Unpacked::damaged:
        return Error{.code = Code::malformed_body, .message = "the packed request body is cut off or damaged"};
      case http::Unpacked::too_large:
        return Error{.code = Code::body_too_large, .message = "the body is too large, unpacked"};
      case http::Unpacked::no_room:
        return Error{.code = Code::unavailable, .message = "there is no memory for the body"};
    }
  }
  return body;
}

}  // namespace parley::gateway::admin
