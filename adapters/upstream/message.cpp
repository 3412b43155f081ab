// All targets are built here, so no value of a client can become part of the URL's syntax.
#include "adapters/upstream/message.hpp"

#include "adapters/http/percent.hpp"
#include "schemas/ascii.hpp"

namespace parley::upstream {

Target::Target(std::string_view path) {
  text_.reserve(128);
  text_ = path;
}

Target& Target::segment(std::string_view text) {
  if (text.empty() || text == "." || text == "..") good_ = false;
  text_ += '/';
  http::percent_encode(text, text_);
  return *this;
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
