// The parts of the tokens that most documents do not need.
#include "schemas/shape/json_tokens.hpp"

#include <algorithm>

#include "schemas/ascii.hpp"
#include "schemas/shape/repair.hpp"

namespace parley::shape {
namespace {

/// The number in the four hex digits at `at`, or -1.
int hex(std::string_view text, std::size_t at) noexcept {
  if (text.size() < at + 4) return -1;
  int value = 0;
  for (const char digit : text.substr(at, 4)) {
    const int one = ascii::hex_value(digit);
    if (one < 0) return -1;
    value = value * 16 + one;
  }
  return value;
}

char* put_utf8(std::uint32_t point, char* to) noexcept {
  const auto put = [&to](std::uint32_t byte) { *to++ = static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
    return to;
  }
  if (point < 0x800) {
    put(0xc0 | point >> 6U);
  } else if (point < 0x10000) {
    put(0xe0 | point >> 12U);
    put(0x80 | (point >> 6U & 0x3fU));
  } else {
    put(0xf0 | point >> 18U);
    put(0x80 | (point >> 12U & 0x3fU));
    put(0x80 | (point >> 6U & 0x3fU));
  }
  put(0x80 | (point & 0x3fU));
  return to;
}

/// Replaces the escapes of a string; the result is in `texts`.
bool unescape(std::string_view& text, Arena& texts) {
  char* const begin = texts.allocate(text.size());  // an escape is never shorter than what it stands for
  char* to = begin;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t slash = std::min(text.find('\\', at), text.size());
    std::memcpy(to, text.data() + at, slash - at);
    to += slash - at;
    if (slash == text.size()) break;
    at = slash + 2;
    const char letter = text[slash + 1];
    if (letter != 'u') {
      constexpr std::string_view letters = "\"\\/bfnrt";
      constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
      const std::size_t which = letters.find(letter);
      if (which == std::string_view::npos) return false;
      *to++ = meant[which];
      continue;
    }
    int point = hex(text, at);
    at += 4;
    if (point <= 0) return false;
    if (point >= 0xd800 && point < 0xe000) {
      const int low = text.substr(std::min(at, text.size())).starts_with("\\u") ? hex(text, at + 2) : -1;
      if (point >= 0xdc00 || low < 0xdc00 || low >= 0xe000) return false;
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
      at += 6;
    }
    to = put_utf8(static_cast<std::uint32_t>(point), to);
  }
  text = {begin, static_cast<std::size_t>(to - begin)};
  return true;
}

}  // namespace

bool JsonTokens::complete(std::string_view& text, bool escaped) {
  return find_bad_utf8(text) == std::string_view::npos && (!escaped || unescape(text, texts_));
}

bool JsonTokens::other_scalar(Node& node) {
  switch (*at_) {
    case 't':
      node.kind = NodeKind::boolean;
      node.text = "true";
      return take_text(node.text);
    case 'f':
      node.kind = NodeKind::boolean;
      node.text = "false";
      return take_text(node.text);
    case 'n':
      node.kind = NodeKind::null;
      return take_text("null");
    default:
      node.kind = NodeKind::number;
      return number();
  }
}

bool JsonTokens::digits() noexcept {
  const char* const begin = at_;
  while (at_ != end_ && is_digit(*at_)) ++at_;
  return at_ != begin;
}

bool JsonTokens::number() {
  if (at_ != end_ && *at_ == '-') ++at_;
  const char* const whole = at_;
  if (!digits() || (*whole == '0' && at_ - whole > 1)) return false;
  if (at_ != end_ && *at_ == '.') {
    ++at_;
    if (!digits()) return false;
  }
  if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    if (!digits()) return false;
  }
  return true;
}

}  // namespace parley::shape
