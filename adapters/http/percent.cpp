// Decoding is strict. Encoding leaves the unreserved characters of RFC 3986, 2.3 as they are.
#include "adapters/http/percent.hpp"

#include <algorithm>
#include <array>

#include "schemas/ascii.hpp"
#include "schemas/shape/repair.hpp"

namespace parley::http {
namespace {

constexpr std::array<bool, 256> unreserved = [] {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < 128; ++byte) table[byte] = ascii::is_letter_or_digit(static_cast<char>(byte));
  for (const char sign : std::string_view("-._~")) table[static_cast<unsigned char>(sign)] = true;
  return table;
}();

bool is_unreserved(char byte) noexcept { return unreserved[static_cast<unsigned char>(byte)]; }

}  // namespace

std::optional<String> percent_decode(std::string_view text, bool plus) {
  String decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus) {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else {
      const int high = i + 2 < text.size() ? ascii::hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? ascii::hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) return {};
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (shape::find_bad_utf8(decoded) != std::string_view::npos) return {};
  return decoded;
}

void percent_encode(std::string_view text, String& out) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char* at = text.begin();;) {
    const char* const special = std::find_if_not(at, text.end(), is_unreserved);
    out.append(at, special);
    if (special == text.end()) return;
    const auto value = static_cast<unsigned char>(*special);
    out += '%';
    out += digits[value >> 4U];
    out += digits[value & 15U];
    at = special + 1;
  }
}

}  // namespace parley::http
