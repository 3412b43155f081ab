// The format has three escapes in label values and two in help texts.
#include "gateway/observe/exposition.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace parley::gateway::observe {
namespace {

void append_escaped(String& out, std::string_view text, bool quotes) {
  for (const char byte : text) {
    if (byte == '\\') {
      out += "\\\\";
    } else if (byte == '\n') {
      out += "\\n";
    } else if (byte == '"' && quotes) {
      out += "\\\"";
    } else {
      out += byte;
    }
  }
}

std::string_view name_of(Exposition::Kind kind) noexcept {
  switch (kind) {
    case Exposition::Kind::counter:
      return "counter";
    case Exposition::Kind::gauge:
      return "gauge";
    case Exposition::Kind::histogram:
      return "histogram";
  }
  return {};
}

}  // namespace

String number_text(double value) {
  constexpr double exact = 9007199254740992.0;  // 2^53: whole numbers up to it have no exponent
  std::array<char, 40> digits{};
  const bool whole = std::abs(value) <= exact && value == std::floor(value);
  const auto end = whole ? std::to_chars(digits.begin(), digits.end(), static_cast<std::int64_t>(value)).ptr
                         : std::to_chars(digits.begin(), digits.end(), value).ptr;
  return {digits.begin(), end};
}

void Exposition::family(std::string_view name, Kind kind, std::string_view about) {
  name_ = name;
  text_.append("# HELP ").append(name).append(" ");
  append_escaped(text_, about, false);
  text_.append("\n# TYPE ").append(name).append(" ").append(name_of(kind)).append("\n");
}

void Exposition::sample(std::string_view suffix, std::span<const Label> labels, double value) {
  text_.append(name_).append(suffix);
  char before = '{';
  for (const auto& [name, word] : labels) {
    text_ += before;
    text_.append(name).append("=\"");
    append_escaped(text_, word, true);
    text_ += '"';
    before = ',';
  }
  if (!labels.empty()) text_ += '}';
  text_.append(" ").append(number_text(value)).append("\n");
}

}  // namespace parley::gateway::observe
