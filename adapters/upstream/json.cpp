// What upstreams send instead of JSON (pages of proxies, cut-off texts, bytes of old code pages) becomes an error or U+FFFD here.
#include "adapters/upstream/json.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "adapters/upstream/next_step.hpp"
#include "adapters/upstream/pacing.hpp"

namespace parley::upstream {
namespace {

constexpr std::size_t most_shown = 200;
constexpr std::size_t shortest_secret = 4;  // replacing shorter ones would break words and hide little

/// How many bytes of a text match how many bytes of a secret.
struct Same {
  std::size_t text = 0;
  std::size_t secret = 0;
};

std::optional<std::uint32_t> hex(std::string_view text, std::size_t at, std::size_t count) noexcept {
  if (text.size() < at + count) return {};
  std::uint32_t value = 0;
  const char* const end = text.data() + at + count;
  const auto [stop, fault] = std::from_chars(text.data() + at, end, value, 16);
  return fault == std::errc{} && stop == end ? std::optional(value) : std::nullopt;
}

/// The code point as UTF-8. A lone surrogate gives bytes that are not valid UTF-8.
String utf8(std::uint32_t point) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  if (point < 0x80) return {byte(point)};
  if (point < 0x800) return {byte(0xC0 | point >> 6U), byte(0x80 | (point & 0x3FU))};
  const char last = byte(0x80 | (point & 0x3FU));
  const char next = byte(0x80 | (point >> 6U & 0x3FU));
  if (point < 0x10000) return {byte(0xE0 | point >> 12U), next, last};
  return {byte(0xF0 | point >> 18U), byte(0x80 | (point >> 12U & 0x3FU)), next, last};
}

/// Matches a JSON escape at the front of `text` with the front of `secret`.
Same json_escape(std::string_view text, std::string_view secret) {
  constexpr std::string_view letters = "bfnrt";
  constexpr std::string_view controls = "\b\f\n\r\t";
  if (text.size() < 2) return {};
  if (text[1] != 'u') {
    const std::size_t letter = letters.find(text[1]);
    const char meant = letter == std::string_view::npos ? text[1] : controls[letter];
    return secret.front() == meant ? Same{2, 1} : Same{};
  }
  std::optional<std::uint32_t> point = hex(text, 2, 4);
  if (!point) return {};
  std::size_t size = 6;
  const std::string_view behind = text.substr(size);
  const std::optional<std::uint32_t> low = behind.starts_with("\\u") ? hex(behind, 2, 4) : std::nullopt;
  if (low && *point >> 10U == 0x36 && *low >> 10U == 0x37) {
    point = 0x10000 + ((*point & 0x3FFU) << 10U | (*low & 0x3FFU));
    size += 6;
  }
  const String meant = utf8(*point);
  return secret.starts_with(meant) ? Same{size, meant.size()} : Same{};
}

/// Matches an escape of JSON, of a URL, of a form or of HTML.
Same escape(std::string_view text, std::string_view secret) {
  constexpr std::pair<std::string_view, char> entities[] = {{"&amp;", '&'},   {"&lt;", '<'},   {"&gt;", '>'},
                                                            {"&quot;", '"'},  {"&#34;", '"'},  {"&#39;", '\''},
                                                            {"&#x27;", '\''}, {"&apos;", '\''}};
  if (text.front() == '\\') return json_escape(text, secret);
  if (text.front() == '+' && secret.front() == ' ') return {1, 1};
  const auto byte = static_cast<unsigned char>(secret.front());
  if (text.front() == '%' && hex(text, 1, 2) == std::uint32_t{byte}) return {3, 1};
  for (const auto& [entity, meant] : entities) {
    if (secret.front() == meant && text.starts_with(entity)) return {entity.size(), 1};
  }
  return {};
}

/// How many bytes at the front of `text` are the secret; 0 if they are something else. A `%` or a backslash may be part
/// of the secret or begin an escape, so both readings are tried.
std::size_t size_of(std::string_view secret, std::string_view text) {
  for (const bool as_it_is_first : {true, false}) {
    Same all;
    while (all.secret < secret.size() && all.text < text.size()) {
      const std::string_view wanted = secret.substr(all.secret);
      const std::string_view rest = text.substr(all.text);
      const Same plain = wanted.front() == rest.front() ? Same{1, 1} : Same{};
      Same step = as_it_is_first ? plain : escape(rest, wanted);
      if (step.text == 0) step = as_it_is_first ? escape(rest, wanted) : plain;
      if (step.text == 0) break;
      all = {all.text + step.text, all.secret + step.secret};
    }
    if (all.secret == secret.size()) return all.text;
  }
  return 0;
}

/// Describes an answer for the log: `502 text/html: <!DOCTYPE…`, `200 text/html, 812 bytes`.
String describe(const Response& response) {
  String text = std::to_string(response.status);
  const std::string_view type = response.header("Content-Type").value_or("no type");
  text.append(" ").append(quote(response, type.substr(0, type.find(';'))));
  if (response.status / 100 == 2) return text.append(", " + std::to_string(response.body.size()) + " bytes");
  return text.append(": ").append(quote(response, response.body));
}

/// The parser's message without the duplicate key: in some documents keys are ids.
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
  return shape::replace_bad_utf8(quoted);
}

Result<void> read_json(const Response& response, shape::Document& document) {
  const Result<void> read = document.parse_json(response.body, shape::NotText::replace);
  if (read) return read;
  return Error{.code = Code::upstream_failed,
               .message = "the upstream's answer cannot be read",
               .detail = without_key(read.error()) + "; " + describe(response) + after_no_json(response)};
}

Error failed(const Response& response, Source source) {
  Error error{.code = Code::upstream_failed, .detail = describe(response) + after_status(response), .source = source};
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

Error unknown_path(const Response& response, Source source) {
  Error error = failed(response, source);
  if (!is_no_such_path(response)) error.detail += after_unknown_path(response);
  return error;
}

}  // namespace parley::upstream
