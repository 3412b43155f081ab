// Finds and replaces invalid Unicode.
#include "schemas/shape/repair.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace parley::shape {
namespace {

constexpr std::string_view escaped_replacement = "\\ufffd";

/// The code unit of the escape `\uXXXX` at `at`, or -1.
int unit_at(std::string_view json, std::size_t at) noexcept {
  if (json.substr(at, 2) != "\\u" || json.size() < at + 6) return -1;
  std::uint16_t unit = 0;
  const char* const end = json.data() + at + 6;
  const auto [stop, fault] = std::from_chars(json.data() + at + 2, end, unit, 16);
  return fault == std::errc{} && stop == end ? unit : -1;
}
bool is_high(int unit) noexcept { return unit >= 0xd800 && unit <= 0xdbff; }
bool is_low(int unit) noexcept { return unit >= 0xdc00 && unit <= 0xdfff; }

/// Replaces the escapes of lone surrogates. The length of the text stays the same.
void replace_lone_surrogates(String& good, Repairs& repairs) {
  std::size_t at = 0;
  while ((at = good.find('\\', at)) != String::npos) {
    const int unit = unit_at(good, at);
    if (unit < 0) {
      at += 2;  // another escape, for example `\\` before a `u`
    } else if (is_high(unit) && is_low(unit_at(good, at + 6))) {
      at += 12;
    } else {
      if (is_high(unit) || is_low(unit)) {
        good.replace(at, escaped_replacement.size(), escaped_replacement);
        repairs.push_back({at, 0});
      }
      at += 6;
    }
  }
}

}  // namespace

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

std::string_view skip_byte_order_mark(std::string_view text) noexcept {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  return text;
}

String replace_bad_utf8(std::string_view text) {
  String good;
  good.reserve(text.size() + 16);
  for (;;) {
    const std::size_t bad = find_bad_utf8(text);
    good.append(text.substr(0, bad));
    if (bad == std::string_view::npos) return good;
    good += replacement;
    text.remove_prefix(bad + 1);
  }
}

String repair_json(std::string_view json, Repairs& repairs) {
  repairs.clear();
  Repairs bytes;
  String good;
  good.reserve(json.size() + 16);
  for (std::string_view rest = json;;) {
    const std::size_t bad = find_bad_utf8(rest);
    good.append(rest.substr(0, bad));
    if (bad == std::string_view::npos) break;
    bytes.push_back({good.size(), replacement.size() - 1});
    good += replacement;
    rest.remove_prefix(bad + 1);
  }
  Repairs escapes;
  replace_lone_surrogates(good, escapes);
  repairs.resize(bytes.size() + escapes.size());
  const auto earlier = [](const Repair& a, const Repair& b) { return a.at < b.at; };
  std::merge(bytes.begin(), bytes.end(), escapes.begin(), escapes.end(), repairs.begin(), earlier);
  return good;
}

}  // namespace parley::shape
