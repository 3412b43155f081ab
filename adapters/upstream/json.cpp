// What upstreams send instead of JSON (pages of proxies, cut texts, bytes of old code pages) ends here, as an error or replaced.
#include "adapters/upstream/json.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/upstream/pacing.hpp"

namespace parley::upstream {
namespace {

constexpr std::size_t most_shown = 200;
constexpr std::size_t shortest_secret = 4;  // a shorter one would take words apart, and hides little

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

/// What the bytes at the front of `text` stand for, and how many they are: one, or an escape of JSON or of a URL.
std::pair<char, std::size_t> front_of(std::string_view text) noexcept {
  if (text.empty()) return {'\0', 0};
  const bool by_code = text.starts_with("\\u00");
  if (text.front() == '\\' && !by_code && text.size() > 1) return {text[1], 2};
  const std::string_view digits = by_code ? text.substr(4, 2) : text.front() == '%' ? text.substr(1, 2) : "";
  unsigned value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (digits.size() < 2 || fault != std::errc{} || end != digits.data() + 2) return {text.front(), 1};
  return {static_cast<char>(value), by_code ? 6 : 3};
}

/// How many bytes at the front of `text` are the secret; 0 where it is something else.
std::size_t size_of(std::string_view secret, std::string_view text) noexcept {
  if (text.starts_with(secret)) return secret.size();
  std::size_t at = 0;
  for (const char wanted : secret) {
    const auto [byte, size] = front_of(text.substr(at));
    if (size == 0 || byte != wanted) return 0;
    at += size;
  }
  return at;
}

/// For the log: `502 text/html: <!DOCTYPE…`, `200 text/html, 812 bytes`.
String describe(const Response& response) {
  String text = std::to_string(response.status);
  text.append(" ").append(quote(response, response.header("Content-Type").value_or("no type")));
  if (response.status / 100 == 2) return text.append(", " + std::to_string(response.body.size()) + " bytes");
  return text.append(": ").append(quote(response, response.body));
}

/// What a parser says, without the key that comes twice: in some documents keys are ids.
String without_key(const Error& error) {
  if (error.code != Code::duplicate_key) return error.message;
  return "a member occurs twice in an object" +
         error.message.substr(std::min(error.message.rfind(" (line "), error.message.size()));
}

}  // namespace

String quote(const Response& response, std::string_view text) {
  String quoted;
  while (!text.empty() && quoted.size() < most_shown) {
    std::size_t secret = 0;
    for (const String& one : response.secrets) {
      if (one.size() >= shortest_secret) secret = std::max(secret, size_of(one, text));
    }
    if (secret > 0) {
      quoted += "[secret]";
    } else {
      const bool control = static_cast<unsigned char>(text.front()) < ' ' || text.front() == '\x7f';
      quoted += control ? ' ' : text.front();
    }
    text.remove_prefix(std::max<std::size_t>(secret, 1));
  }
  return repaired(quoted);
}

Result<void> read_json(const Response& response, shape::Document& document) {
  Result<void> read = document.parse_json(response.body);
  if (read) return read;
  if (shape::find_bad_utf8(response.body) != std::string_view::npos) {
    read = document.parse_json(repaired(response.body));
    if (read) return read;
  }
  return Error{.code = Code::upstream_failed,
               .message = "the upstream's answer cannot be read",
               .detail = without_key(read.error()) + "; " + describe(response)};
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
