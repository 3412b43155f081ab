// Aligned Markdown tables; see markdown.hpp.
#include "gateway/translate/markdown.hpp"

#include <algorithm>

namespace parley::gateway::translate {
namespace {

/// Escapes `|`, which would end the cell.
String escaped(std::string_view text) {
  String out;
  for (const char byte : text) {
    if (byte == '|') out += '\\';
    out += byte;
  }
  return out;
}

}  // namespace

std::size_t width_of(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U; }));
}

String MarkdownTable::text() const {
  List<std::size_t> widths(lines_.front().size(), 3);
  for (const List<String>& line : lines_) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], width_of(escaped(line[i])));
  }
  String text;
  for (std::size_t row = 0; row < lines_.size(); ++row) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const String cell = escaped(lines_[row][i]);
      text.append("| ").append(cell).append(widths[i] - width_of(cell) + 1, ' ');
    }
    text += "|\n";
    if (row != 0) continue;
    for (const std::size_t width : widths) text.append("|").append(width + 2, '-');
    text += "|\n";
  }
  return text;
}

}  // namespace parley::gateway::translate
