// What is not plain gets no opinion here. So this reader cannot be laxer than RequestParser, which judges everything else.
#include "gateway/net/plain_head.hpp"

#include <charconv>

#include "adapters/http/plain_head.hpp"
#include "gateway/route/target.hpp"

namespace parley::gateway::net {
namespace {

using http::is_word;

constexpr std::array<std::pair<std::string_view, http::Method>, 7> methods{{{"GET", http::Method::get},
                                                                            {"POST", http::Method::post},
                                                                            {"PUT", http::Method::put},
                                                                            {"PATCH", http::Method::patch},
                                                                            {"DELETE", http::Method::del},
                                                                            {"OPTIONS", http::Method::options},
                                                                            {"HEAD", http::Method::head}}};

/// Reads `GET /path HTTP/1.1`. Returns whether the line is plain.
bool read_request_line(std::string_view line, const HeadLimits& limits, Head& head) noexcept {
  constexpr std::string_view version = " HTTP/1.1";
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos || !line.ends_with(version)) return false;
  for (const auto& [name, method] : methods) {
    if (line.substr(0, blank) == name) head.method = method;
  }
  line.remove_prefix(blank + 1);
  if (head.method == http::Method::other || line.size() <= version.size()) return false;
  head.target = line.substr(0, line.size() - version.size());
  return head.target.size() <= limits.target && head.target.find(' ') == std::string_view::npos;
}

/// What the headers say about body and connection.
struct Noted {
  bool host = false;
  bool length = false;
  bool closes = false;
};

bool note_length(std::string_view value, Noted& noted, Head& head) noexcept {
  if (noted.length || !ascii::all_digits(value)) return false;
  noted.length = true;
  return std::from_chars(value.data(), value.data() + value.size(), head.content_length).ec == std::errc();
}

bool note_host(std::string_view value, Noted& noted, Head& head) noexcept {
  if (noted.host || !(value.empty() || route::is_authority(value))) return false;
  noted.host = true;
  head.host = value;
  return true;
}

/// Notes what a header means. Returns whether it is plain.
bool note(std::string_view name, std::string_view value, Noted& noted, Head& head) noexcept {
  switch (name.size()) {  // most names differ in their size from all of these
    case 3:
      head.has_via = head.has_via || is_word(name, "Via");
      return true;
    case 4:
      return !is_word(name, "Host") || note_host(value, noted, head);
    case 6:
      return !is_word(name, "Expect");
    case 7:
      return !is_word(name, "Trailer") && !is_word(name, "Upgrade");
    case 10:
      if (!is_word(name, "Connection")) return true;
      if (is_word(value, "close")) return noted.closes = true;
      return is_word(value, "keep-alive");
    case 14:
      return !is_word(name, "Content-Length") || note_length(value, noted, head);
    case 16:
      head.coded = head.coded || is_word(name, "Content-Encoding");
      return !is_word(name, "Proxy-Connection");
    case 17:
      return !is_word(name, "Transfer-Encoding");
    default:
      return true;
  }
}

}  // namespace

bool read_plain_head(std::string_view bytes, const HeadLimits& limits, Head& head) {
  head.clear();
  std::string_view rest = bytes.substr(0, limits.bytes - 1);
  const std::size_t size = rest.size();
  std::optional<std::string_view> line = http::take_plain_line(rest);
  if (!line || !read_request_line(*line, limits, head)) return false;
  Noted noted;
  for (;;) {
    line = http::take_plain_line(rest);
    if (!line) return false;
    if (line->empty()) break;
    const std::optional<http::Header> field = http::plain_header(*line);
    if (!field || head.headers.size() == limits.headers || !note(field->name, field->value, noted, head)) return false;
    head.headers.push_back(*field);
  }
  head.keep_alive = !noted.closes;
  if (head.content_length != 0) head.framing = Framing::length;
  head.size = size - rest.size();
  return noted.host;
}

}  // namespace parley::gateway::net
