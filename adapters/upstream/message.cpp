// All targets are built here, so no value of a client can become part of the URL's syntax.
#include "adapters/upstream/message.hpp"

#include <algorithm>

#include "adapters/http/percent.hpp"
#include "schemas/ascii.hpp"

namespace parley::upstream {
namespace {

constexpr std::size_t most_parts = 16;  // of a path that the log shows

}  // namespace

Target::Target(std::string_view path) {
  text_.reserve(128);
  text_ = path;
  known_ = static_cast<std::uint16_t>(path.size());
}

Target& Target::literal(std::string_view text) {
  text_ += '/';
  text_ += text;
  ++parts_;
  return *this;
}

Target& Target::segment(std::string_view text) {
  if (text.empty() || text == "." || text == "..") good_ = false;
  text_ += '/';
  http::percent_encode(text, text_);
  if (parts_ < most_parts) segments_ = static_cast<std::uint16_t>(segments_ | 1U << parts_);
  ++parts_;
  return *this;
}

String Target::pattern() const {
  String shown = text_.substr(0, known_);
  std::string_view rest = std::string_view(text_).substr(known_);
  rest = rest.substr(0, rest.find('?'));
  for (std::size_t part = 0; !rest.empty() && part < most_parts; ++part) {
    const std::size_t end = std::min(rest.find('/', 1), rest.size());
    shown += (segments_ >> part & 1U) != 0 ? "/*" : rest.substr(0, end);
    rest.remove_prefix(end);
  }
  return shown;
}

Target& Target::query(std::string_view name, std::string_view value) {
  text_ += asked_ ? '&' : '?';
  asked_ = true;
  http::percent_encode(name, text_);
  text_ += '=';
  http::percent_encode(value, text_);
  return *this;
}

std::optional<std::string_view> Response::header(std::string_view name) const noexcept {
  for (std::string_view rest = head; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    if (ascii::same_ignoring_case(line.substr(0, name.size()), name)) return line.substr(name.size() + 1);
  }
  return {};
}

void Response::add_header(std::string_view name, std::string_view value) {
  head.append(name).append(1, ':').append(value).append(1, '\n');
}

}  // namespace parley::upstream
