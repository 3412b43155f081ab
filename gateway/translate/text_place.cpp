// Places in a text; see text_place.hpp.
#include "gateway/translate/text_place.hpp"

#include <algorithm>
#include <charconv>

namespace parley::gateway::translate {

TextPlace place_at(std::string_view text, std::size_t offset) noexcept {
  const std::string_view before = text.substr(0, offset);
  const std::size_t start = before.rfind('\n');
  return {.line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')),
          .column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1};
}

String words_of(const TextPlace& place) {
  return " (line " + std::to_string(place.line) + ", column " + std::to_string(place.column) + ')';
}

std::optional<PlacedMessage> split_place(std::string_view message) noexcept {
  constexpr std::string_view line = " (line ";
  constexpr std::string_view column = ", column ";
  const std::size_t at = message.rfind(line);
  if (at == std::string_view::npos) return {};
  PlacedMessage split{.what = message.substr(0, at), .place = {}};
  const char* const end = message.data() + message.size();
  const auto [behind_line, no_line] = std::from_chars(message.data() + at + line.size(), end, split.place.line);
  if (no_line != std::errc()) return {};
  std::string_view rest(behind_line, static_cast<std::size_t>(end - behind_line));
  if (!rest.starts_with(column)) return {};
  rest.remove_prefix(column.size());
  const auto [behind_column, no_column] = std::from_chars(rest.data(), end, split.place.column);
  if (no_column != std::errc() || std::string_view(behind_column, static_cast<std::size_t>(end - behind_column)) != ")")
    return {};
  return split;
}

Error moved_to(Error error, const TextPlace& begin) {
  TextPlace place = begin;
  String what = error.message;
  if (const auto split = split_place(error.message)) {
    what = split->what;
    place.line = begin.line + split->place.line - 1;
    place.column = split->place.line == 1 ? begin.column + split->place.column - 1 : split->place.column;
  }
  error.message = what + words_of(place);
  return error;
}

}  // namespace parley::gateway::translate
