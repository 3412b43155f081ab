// Targets are put together here and nowhere else, so that no value of a client can become syntax.
#include "adapters/upstream/message.hpp"

namespace parley::upstream {
namespace {

void append_encoded(std::string_view text, String& into) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char byte : text) {
    const bool plain = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
                       byte == '-' || byte == '.' || byte == '_' || byte == '~';
    if (plain) {
      into += byte;
    } else {
      const auto value = static_cast<unsigned char>(byte);
      into += '%';
      into += digits[value >> 4U];
      into += digits[value & 15U];
    }
  }
}

}  // namespace

Target& Target::segment(std::string_view text) {
  if (text.empty() || text == "." || text == "..") good_ = false;
  text_ += '/';
  append_encoded(text, text_);
  return *this;
}

Target& Target::query(std::string_view name, std::string_view value) {
  text_ += asked_ ? '&' : '?';
  asked_ = true;
  append_encoded(name, text_);
  text_ += '=';
  append_encoded(value, text_);
  return *this;
}

std::optional<std::string_view> Response::header(std::string_view name) const noexcept {
  for (std::string_view rest = head; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    if (http::same_ignoring_case(line.substr(0, name.size()), name)) return line.substr(name.size() + 1);
  }
  return {};
}

void Response::add_header(std::string_view name, std::string_view value) {
  head.append(name).append(1, ':').append(value).append(1, '\n');
}

}  // namespace parley::upstream
