// Small things about nodes and text that every reader needs.
#include "schemas/shape/node.hpp"

namespace parley::shape {

std::string_view name_of(NodeKind kind) noexcept {
  switch (kind) {
    case NodeKind::null:
      return "null";
    case NodeKind::boolean:
      return "a boolean";
    case NodeKind::number:
      return "a number";
    case NodeKind::string:
      return "a string";
    case NodeKind::plain:
      return "plain text";
    case NodeKind::array:
      return "a list";
    case NodeKind::object:
      return "an object";
  }
  return "nothing";
}

std::size_t find_bad_utf8(std::string_view text) noexcept {
  const auto byte_at = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const auto continues = [&](std::size_t at, unsigned char low, unsigned char high) {
    return at < text.size() && byte_at(at) >= low && byte_at(at) <= high;
  };
  std::size_t at = 0;
  while (at < text.size()) {
    if (at + 32 <= text.size()) {  // most texts are ASCII
      std::array<std::uint64_t, 4> words;
      std::memcpy(words.data(), text.data() + at, 32);
      if (((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080ULL) == 0) {
        at += 32;
        continue;
      }
    }
    if (at + 8 <= text.size()) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + at, 8);
      if ((word & 0x8080808080808080ULL) == 0) {
        at += 8;
        continue;
      }
    }
    const unsigned char lead = byte_at(at);
    std::size_t length = 0;
    if (lead < 0x80) {
      length = 1;
    } else if (lead >= 0xc2 && lead <= 0xdf) {
      length = continues(at + 1, 0x80, 0xbf) ? 2 : 0;
    } else if (lead >= 0xe0 && lead <= 0xef) {
      const unsigned char low = lead == 0xe0 ? 0xa0 : 0x80;   // no overlong forms
      const unsigned char high = lead == 0xed ? 0x9f : 0xbf;  // no surrogates
      length = continues(at + 1, low, high) && continues(at + 2, 0x80, 0xbf) ? 3 : 0;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      const unsigned char low = lead == 0xf0 ? 0x90 : 0x80;
      const unsigned char high = lead == 0xf4 ? 0x8f : 0xbf;  // nothing above U+10FFFF
      length = continues(at + 1, low, high) && continues(at + 2, 0x80, 0xbf) && continues(at + 3, 0x80, 0xbf) ? 4 : 0;
    }
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

void append_pointer(std::string_view key, String& pointer) {
  pointer += '/';
  for (const char byte : key) {
    if (byte == '~') {
      pointer += "~0";
    } else if (byte == '/') {
      pointer += "~1";
    } else {
      pointer += byte;
    }
  }
}

}  // namespace parley::shape
