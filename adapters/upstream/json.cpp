// What upstreams send instead of JSON (pages of proxies, cut texts, bytes of old code pages) ends here, as an error or replaced.
#include "adapters/upstream/json.hpp"

#include <algorithm>

#include "adapters/upstream/pacing.hpp"

namespace parley::upstream {
namespace {

constexpr std::size_t most_shown = 200;

/// `text` with U+FFFD for each byte that is no UTF-8.
String repaired(std::string_view text) {
  String good;
  good.reserve(text.size() + 16);
  for (;;) {
    const std::size_t bad = shape::find_bad_utf8(text);
    good.append(text.substr(0, bad));
    if (bad == std::string_view::npos) return good;
    good += "\xEF\xBF\xBD";
    text.remove_prefix(bad + 1);
  }
}

/// For the log: `200 text/html: <!DOCTYPE…`.
String describe(const Response& response) {
  String text = std::to_string(response.status);
  const std::string_view type = response.header("Content-Type").value_or("no type");
  text.append(" ").append(type.substr(0, most_shown)).append(": ").append(response.body, 0, most_shown);
  std::replace_if(
      text.begin(), text.end(), [](char byte) { return static_cast<unsigned char>(byte) < ' ' || byte == '\x7f'; },
      ' ');
  return repaired(text);
}

}  // namespace

Result<void> read_json(const Response& response, shape::Document& document) {
  Result<void> read = document.parse_json(response.body);
  if (read) return read;
  if (shape::find_bad_utf8(response.body) != std::string_view::npos) {
    read = document.parse_json(repaired(response.body));
    if (read) return read;
  }
  return Error{.code = Code::upstream_failed,
               .message = "the upstream's answer cannot be read",
               .detail = read.error().message + "; " + describe(response)};
}

Error failed(const Response& response, std::string_view source) {
  Error error{.code = Code::upstream_failed, .detail = describe(response), .source = source};
  switch (response.status) {
    case 401:
    case 403:
      error.code = Code::upstream_denied;
      error.message = "the upstream does not accept the gateway's credentials";
      break;
    case 429:
      error.code = Code::rate_limited;
      error.message = "the upstream is called too often";
      error.retry_after = retry_after_of(response);
      error.retryable = true;
      break;
    case 408:
    case 504:
      error.code = Code::upstream_timeout;
      error.message = "the upstream took too long";
      error.retryable = true;
      break;
    default:
      error.message = "the upstream failed";
      error.retry_after = response.status == 503 ? retry_after_of(response) : 0;
      error.retryable = response.status >= 500;
  }
  return error;
}

}  // namespace parley::upstream
