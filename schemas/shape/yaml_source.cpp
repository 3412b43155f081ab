// Lines, columns and quotes of a YAML text.
#include "schemas/shape/yaml_source.hpp"

#include <algorithm>

namespace parley::shape {
namespace {

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

std::string_view without_mark(std::string_view text) noexcept {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

bool is_wide(std::string_view text) noexcept {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  const bool first = text.size() > 1 && text[0] == '\0' && text[1] != '\0';
  const bool second = text.size() > 1 && text[0] != '\0' && text[1] == '\0';
  return text.size() > 3 && ((first && text[2] == '\0') || (second && text[3] == '\0'));
}

YamlSource::YamlSource(std::string_view text) : text_(text), starts_{0} {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    starts_.push_back(at + 1);
  }
}

std::string_view YamlSource::line(std::uint32_t number) const noexcept {
  if (number == 0 || number > starts_.size()) return {};
  const std::size_t start = starts_[number - 1];
  const std::size_t end = number < starts_.size() ? starts_[number] - 1 : text_.size();
  std::string_view line = text_.substr(start, end - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t YamlSource::offset(Mark mark) const noexcept {
  if (mark.line == 0 || mark.line > starts_.size()) return text_.size();
  std::size_t at = starts_[mark.line - 1];
  for (std::uint32_t column = 1; column < mark.column && at < text_.size(); ++column) {
    ++at;
    while (at < text_.size() && continues_character(text_[at])) ++at;
  }
  return at;
}

Mark YamlSource::mark(std::size_t offset) const noexcept {
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = static_cast<std::uint32_t>(next - starts_.begin());
  return mark(line, offset - starts_[line - 1]);
}

Mark YamlSource::mark(std::uint32_t line, std::size_t bytes) const noexcept {
  if (line > starts_.size()) return {line, 1};
  const std::string_view before = text_.substr(starts_[line - 1], bytes);
  const auto characters = std::count_if(before.begin(), before.end(), [](char b) { return !continues_character(b); });
  return {line, static_cast<std::uint32_t>(characters) + 1};
}

List<BadByte> YamlSource::bad_bytes(std::size_t most) const {
  List<BadByte> found;
  for (std::uint32_t number = 1; number <= lines() && found.size() < most; ++number) {
    const std::string_view text = line(number);
    const std::size_t control = find_control(text);
    const std::size_t at = std::min(find_bad_utf8(text), control);
    if (at == std::string_view::npos) continue;
    std::string_view what = "bytes that are not UTF-8";
    if (at == control) {
      what = text[at] == '\0'   ? "a NUL byte"
             : text[at] == '\r' ? "a carriage return without a line feed"
                                : "a control character";
    }
    found.push_back({mark(number, at), what});
  }
  return found;
}

std::size_t YamlSource::skip_blanks(std::size_t offset) const noexcept {
  while (at(offset) == ' ' || at(offset) == '\t') ++offset;
  return offset;
}

std::size_t YamlSource::skip_quoted(std::size_t offset) const noexcept {
  const char quote = text_[offset];
  for (std::size_t i = offset + 1; i < text_.size(); ++i) {
    if (text_[i] == quote) {
      if (quote == '"' || at(i + 1) != quote) return i + 1;
      ++i;  // '' is a quote within single quotes
    } else if (text_[i] == '\\' && quote == '"') {
      ++i;
    }
  }
  return std::string_view::npos;
}

Mark YamlSource::empty_entry(Mark next) const noexcept {
  for (std::uint32_t number = std::min(next.line, lines()); number > 0; --number) {
    std::string_view text = line(number);
    if (number == next.line) text = text.substr(0, offset(next) - starts_[number - 1]);
    if (const std::size_t comment = text.find('#'); comment != std::string_view::npos) text = text.substr(0, comment);
    const std::size_t last = text.find_last_not_of(" \t");
    if (last == std::string_view::npos) continue;  // blank, or a comment only
    return text[last] == '-' ? mark(starts_[number - 1] + last) : next;
  }
  return next;
}

std::string_view without_line_end(std::string_view text) noexcept {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::size_t find_control(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 && byte != '\t' && byte != '\n') return i;
    if (byte == 0x7F) return i;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return i;
  }
  return std::string_view::npos;
}

}  // namespace parley::shape
