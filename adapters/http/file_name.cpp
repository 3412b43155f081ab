// See file_name.hpp.
#include "adapters/http/file_name.hpp"

#include "adapters/http/percent.hpp"
#include "schemas/ascii.hpp"

namespace parley::http {
namespace {

constexpr std::size_t most_bytes = 120;
constexpr std::size_t longest_ending = 16;

/// A character of UTF-8, and its size in bytes; 0: not valid there.
struct Character {
  char32_t value = 0;
  std::size_t size = 0;
};

Character character_at(std::string_view text) noexcept {
  const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return {};
  char32_t value = first & (0xFFU >> (size + 1));
  for (std::size_t at = 1; at < size; ++at) {
    if ((byte(at) & 0xC0U) != 0x80) return {};
    value = (value << 6U) | (byte(at) & 0x3FU);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, size};
}

/// Whether a character hides or turns what is shown, or is no character of a file's name.
bool is_harmful(char32_t value) noexcept {
  constexpr std::string_view forbidden = R"(/\:*?"<>|)";
  if (value < 0x20 || (value >= 0x7F && value < 0xA0)) return true;
  if (value < 0x80) return forbidden.find(static_cast<char>(value)) != std::string_view::npos;
  return value == 0x061C || (value >= 0x200B && value <= 0x200F) || (value >= 0x2028 && value <= 0x202E) ||
         (value >= 0x2060 && value <= 0x206F) || value == 0xFEFF || (value >= 0xFFF9 && value <= 0xFFFB);
}

/// `text` without a character that was cut in its end.
std::string_view whole_characters(std::string_view text, std::size_t size) noexcept {
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) --size;
  return text.substr(0, size);
}

}  // namespace

String safe_file_name(std::string_view name) {
  String safe;
  for (std::size_t at = 0; at < name.size();) {
    const Character one = character_at(name.substr(at));
    if (one.size == 0 || is_harmful(one.value)) {
      safe += '_';
    } else {
      safe.append(name.substr(at, one.size));
    }
    at += one.size == 0 ? 1 : one.size;
  }
  if (safe.size() > most_bytes) {
    const std::size_t dot = safe.rfind('.');
    const String ending = dot == String::npos || safe.size() - dot > longest_ending ? String() : safe.substr(dot);
    safe = String(whole_characters(safe, most_bytes - ending.size())) + ending;
  }
  // A leading dot hides a file, and some systems drop dots and blanks at the end.
  const std::string_view inner = ascii::trim(safe, ". ");
  return inner.empty() ? "file" : String(inner);
}

String content_disposition(std::string_view type, std::string_view name) {
  const String safe = safe_file_name(name);
  String plain;
  bool ascii_only = true;
  for (const char byte : safe) {
    const bool visible = byte >= 0x20 && byte < 0x7F && byte != '%';  // some clients decode %41 in a plain name
    ascii_only = ascii_only && visible;
    if (visible) {
      plain += byte;
    } else if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80) {
      plain += '_';
    }
  }
  String value(type);
  value.append("; filename=\"").append(plain).append("\"");
  if (ascii_only) return value;
  value.append("; filename*=UTF-8''");
  percent_encode(safe, value);
  return value;
}

}  // namespace parley::http
