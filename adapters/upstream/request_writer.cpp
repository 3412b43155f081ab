// Checks everything before it writes: CR LF in a client's value must not start a second request.
#include "adapters/upstream/request_writer.hpp"

#include <algorithm>

#include "adapters/http/plain_text.hpp"
#include "adapters/upstream/errors.hpp"
#include "schemas/ascii.hpp"

namespace parley::upstream {
namespace {

using http::is_header_value;
using http::Method;

Error refuse(String detail) { return fault(Code::internal, "internal error", {}, std::move(detail)); }

bool is_target(std::string_view text) noexcept {
  constexpr auto none = std::string_view::npos;
  return text.starts_with('/') && http::is_plain_text(text) && text.find(' ') == none && text.find('#') == none;
}

bool is_token(std::string_view text) noexcept {
  static constexpr std::string_view signs = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char byte) {
    return ascii::is_letter_or_digit(byte) || signs.find(byte) != std::string_view::npos;
  });
}

/// Headers that a connector must not set: those that frame the request, those in `fixed`, and those that say who asks.
bool is_ours(std::string_view name) noexcept {
  static constexpr std::string_view names[] = {
      "Host",   "Content-Length",  "Transfer-Encoding", "Connection", "Expect",      "TE",  "Trailer",     "Upgrade",
      "Accept", "Accept-Encoding", "Content-Type",      "Keep-Alive", "traceparent", "Via", "X-Request-Id"};
  return std::any_of(std::begin(names), std::end(names),
                     [name](std::string_view one) { return ascii::same_ignoring_case(name, one); });
}

Result<void> append_headers(const Headers& headers, Buffer& out) {
  for (const auto& [name, value] : headers) {
    // The header may be a secret, so the error does not show it.
    if (!is_token(name) || !is_header_value(value)) return refuse("a header cannot be sent");
    if (is_ours(name)) return refuse("not the connector's to send: " + name);
    out.append(name);
    out.append(": ");
    out.append(value);
    out.append("\r\n");
  }
  return {};
}

void append_line(std::string_view name, std::string_view value, Buffer& out) {
  if (value.empty()) return;
  out.append(name);
  out.append(value);
  out.append("\r\n");
}

void append_who_asks(const contract::Call& call, Buffer& out) {
  append_line("Via: ", call.via, out);
  append_line("X-Request-Id: ", call.request_id, out);
  append_line("traceparent: ", call.trace, out);
}

}  // namespace

Result<std::size_t> write_request(const Request& request, const Headers* more, const contract::Call& call,
                                  std::string_view prefix, std::string_view fixed, Buffer& out) {
  out.clear();
  if (!request.target.good() || !is_target(request.target.text())) return refuse("the target cannot be sent");
  if (request.method == Method::other) return refuse("a request without a method");
  for (const std::string_view value : {call.trace, call.via, call.request_id}) {
    if (!is_header_value(value)) return refuse("a header that names the caller cannot be sent");
  }
  if (!is_header_value(request.content_type)) return refuse("the content type cannot be sent");
  out.append(name_of(request.method));
  out.append(' ');
  out.append(prefix);
  out.append(request.target.text());
  out.append(" HTTP/1.1\r\n");
  out.append(fixed);
  const bool named = std::any_of(request.headers.begin(), request.headers.end(), [](const auto& header) {
    return ascii::same_ignoring_case(header.first, "User-Agent");
  });
  if (!named) out.append("User-Agent: parley\r\n");
  Result<void> written = append_headers(request.headers, out);
  if (written && more != nullptr) written = append_headers(*more, out);
  if (!written) return std::move(written).error();
  if (!request.content_type.empty()) {
    out.append("Content-Type: ");
    out.append(request.content_type);
    out.append("\r\n");
  }
  const bool has_body = request.method == Method::post || request.method == Method::put ||
                        request.method == Method::patch || !request.body.empty();
  if (has_body) {
    out.append("Content-Length: ");
    out.append(std::to_string(request.body.size()));
    out.append("\r\n");
  }
  const std::size_t before = out.size();
  append_who_asks(call, out);
  out.append("\r\n");
  out.append(request.body);
  return before;
}

}  // namespace parley::upstream
