// Each mistake is a pattern of one line, or of two lines that should have the same indentation.
#include "schemas/shape/yaml_slips.hpp"

#include <algorithm>

#include "schemas/ascii.hpp"

namespace parley::shape {
namespace {

constexpr std::string_view no_blank = "a blank is missing behind the `:`";

using ascii::is_digit;

bool is_word(char byte) { return ascii::is_letter(byte) || is_digit(byte) || byte == '_'; }

/// A line, split into its indentation, the dashes of list entries, and a key.
struct Line {
  std::uint32_t number;
  std::string_view text;
  std::size_t indent;   ///< number of blanks at the start
  std::size_t begin;    ///< offset after the dashes
  std::size_t key_end;  ///< offset after the key; equals `begin` if there is none

  Line(const YamlSource& source, std::uint32_t n) : number(n), text(source.line(n)) {
    indent = std::min(text.find_first_not_of(' '), text.size());
    begin = indent;
    while (text.substr(begin).starts_with("- ")) begin = std::min(text.find_first_not_of(' ', begin + 2), text.size());
    key_end = begin;
    while (key_end < text.size() && (is_word(text[key_end]) || (text[key_end] == '-' && key_end > begin))) ++key_end;
  }
  [[nodiscard]] char at(std::size_t offset) const { return offset < text.size() ? text[offset] : '\0'; }
  /// Whether it has `key: `, or `key:` at its end.
  [[nodiscard]] bool has_key() const {
    return key_end > begin && at(key_end) == ':' && (key_end + 1 == text.size() || at(key_end + 1) == ' ');
  }
};

Mark mark(const YamlSource& source, const Line& line, std::size_t offset) { return source.mark(line.number, offset); }

/// `[::1]:18700`: YAML reads it as a list with text after it.
std::optional<YamlSlip> unquoted_address(const YamlSource& source, const Line& line) {
  for (std::size_t open = line.text.find('['); open != line.text.npos; open = line.text.find('[', open + 1)) {
    const std::size_t close = line.text.find_first_not_of("0123456789abcdefABCDEF:.", open + 1);
    if (close == line.text.npos || line.text[close] != ']' || line.at(close + 1) != ':' ||
        !is_digit(line.at(close + 2)))
      continue;
    if (line.text.substr(open, close - open).find(':') == line.text.npos) continue;
    if (open > 0 && (line.text[open - 1] == '"' || line.text[open - 1] == '\'')) continue;
    if (line.text.substr(0, open).ends_with("://"))
      return YamlSlip{mark(source, line, open), "a URL with brackets needs quotes here"};
    const std::size_t end = std::min(line.text.find_first_not_of("0123456789", close + 2), line.text.size());
    return YamlSlip{mark(source, line, open), "an address with brackets needs quotes: write \"" +
                                                  String(line.text.substr(open, end - open)) + '"'};
  }
  return std::nullopt;
}

/// Lines that are not YAML: `-name: x`, `facade:x`, `workers = 2`, `// comment`, `[section]`.
std::optional<YamlSlip> unlike_yaml(const YamlSource& source, const Line& line) {
  const std::string_view rest = line.text.substr(std::min(line.begin, line.text.size()));
  const auto slip = [&](std::size_t offset, std::string_view what) {
    return YamlSlip{mark(source, line, offset), String(what)};
  };
  for (const std::string_view sign : {"<<<<<<<", "=======", ">>>>>>>"}) {
    if (line.text.starts_with(sign)) return slip(0, "a conflict of a merge that nobody resolved");
  }
  for (const std::string_view sign : {"{{", "<%"}) {
    if (rest.starts_with(sign)) return slip(line.begin, "a line of a template that was not filled in");
  }
  if (const std::size_t wide = line.text.find("\uff1a"); wide != line.text.npos)
    return slip(wide, "this only looks like a colon: write `: `");
  if (rest.starts_with("//") || rest.starts_with("/*")) return slip(line.begin, "a comment begins with #");
  if (line.indent == 0 && rest.starts_with('[') && rest.ends_with(']') && rest.size() > 2 &&
      std::all_of(rest.begin() + 1, rest.end() - 1, [](char byte) { return is_word(byte) || byte == '.'; })) {
    return slip(0,
                "this looks like INI or TOML: in YAML a section is written `name:`, and its keys below it, further to "
                "the right");
  }
  if (rest.size() > 1 && rest[0] == '-' && is_word(rest[1]) && rest.find(':') != rest.npos && !is_digit(rest[1]))
    return slip(line.begin, "a blank is missing behind the `-`");
  if (line.key_end == line.begin || is_digit(rest[0])) return std::nullopt;
  const std::string_view key = line.text.substr(line.begin, line.key_end - line.begin);
  const char behind = line.at(line.key_end + 1);
  if (line.at(line.key_end) == ':' && behind != ' ' && behind != '\0' && behind != '/' && key != "localhost")
    return slip(line.key_end, no_blank);
  const std::size_t sign = line.text.find_first_not_of(' ', line.key_end);
  if (sign != line.text.npos && line.text[sign] == '=') return slip(sign, "write a colon and a blank instead of `=`");
  return std::nullopt;
}

/// The last line before `number` that is not blank and not a comment; 0 = there is none.
std::uint32_t last_content(const YamlSource& source, std::uint32_t number) {
  while (--number > 0) {
    const std::string_view text = source.line(number);
    const std::size_t first = text.find_first_not_of(' ');
    if (first != text.npos && text[first] != '#') break;
  }
  return number;
}

/// A bad value after a key and its colon. `stop`: where the parser stopped.
std::optional<YamlSlip> slip_of_value(const YamlSource& source, const Line& line, std::size_t stop) {
  if (!line.has_key() || stop <= line.key_end) return std::nullopt;
  const std::size_t value = line.text.find_first_not_of(' ', line.key_end + 1);
  if (value == line.text.npos) return std::nullopt;
  const auto slip = [&](std::string_view what) { return YamlSlip{mark(source, line, value), String(what)}; };
  if (line.text[value] == '-' && line.at(value + 1) == ' ')
    return slip("a list begins on the line below its key, or is written in brackets: [a, b]");
  if (line.text[value] == '"' || line.text[value] == '\'') {
    return stop > value + 1 ? std::optional(YamlSlip{mark(source, line, stop), "text behind the closing quote"})
                            : std::nullopt;
  }
  if (line.at(stop) == ':') return slip("text that holds `: ` needs quotes");
  return std::nullopt;
}

/// A line that does not fit the line above it: an entry without a dash, wrong indentation, a missing colon.
std::optional<YamlSlip> astray(const YamlSource& source, const Line& line, const Line& above) {
  const auto quote = [](const Line& one) { return one.at(one.begin) == '"' || one.at(one.begin) == '\''; };
  const bool entry = above.begin > above.indent;
  if (!line.has_key() && quote(line) && line.begin == line.indent && (entry || quote(above) || above.has_key()))
    return YamlSlip{mark(source, line, line.begin), "begin each entry of a list with `- `"};
  if (line.has_key() && entry && above.has_key() && line.indent == above.indent && line.begin == line.indent) {
    return YamlSlip{mark(source, line, line.begin),
                    "wrong indentation: the keys of this entry begin in column " + std::to_string(above.begin + 1)};
  }
  const bool key_lacks_colon = above.key_end > above.begin && !entry && above.text.find(':') == above.text.npos;
  if (line.has_key() && key_lacks_colon && above.indent == line.indent)
    return YamlSlip{mark(source, above, above.begin), "this line has no `: `, and is no entry of a list"};
  return std::nullopt;
}

/// Keys of one map that do not begin in the same column.
std::optional<YamlSlip> indented_otherwise(const YamlSource& source, const Line& line, const Line& above) {
  const bool below_its_key = above.has_key() &&
                             above.text.find_first_not_of(' ', above.key_end + 1) == above.text.npos &&
                             line.indent > above.indent;
  if (!line.has_key() || above.text.empty() || line.indent == above.indent || line.indent == above.begin ||
      below_its_key) {
    return std::nullopt;
  }
  return YamlSlip{mark(source, line, line.begin), "wrong indentation: this line begins in column " +
                                                      std::to_string(line.indent + 1) + ", the line above in column " +
                                                      std::to_string(above.indent + 1)};
}

}  // namespace

std::optional<YamlSlip> find_slip(const YamlSource& source, Mark at) {
  if (at.line == 0 || at.line > source.lines()) return std::nullopt;
  const Line line(source, at.line);
  const Line above(source, last_content(source, at.line));
  const std::size_t start = source.offset({at.line, 1});
  if (auto slip = unquoted_address(source, line)) return slip;
  if (auto slip = unlike_yaml(source, above)) return slip;
  if (auto slip = unlike_yaml(source, line)) return slip;
  if (auto slip = astray(source, line, above)) return slip;
  if (auto slip = slip_of_value(source, line, source.offset(at) - start)) return slip;
  return indented_otherwise(source, line, above);
}

std::optional<YamlSlip> find_slip_in_brackets(const YamlSource& source, Mark at) {
  if (at.line == 0 || at.line > source.lines()) return std::nullopt;
  return unquoted_address(source, Line(source, at.line));
}

YamlSlip explain_bad_key(const YamlSource& source, Mark at) {
  const std::size_t offset = source.offset(at);
  if (source.at(offset) == '{' && offset > 0 && source.at(offset - 1) == '{') {
    return {at, "`{{ … }}` means nothing here: was a template not filled in? An environment variable is \"${NAME}\""};
  }
  if (source.at(offset) == '[') {
    if (auto slip = unquoted_address(source, Line(source, at.line))) return *slip;
  }
  return {at, "a key must be text"};
}

std::string_view explain_lone_key(const YamlSource& source, std::string_view key, Mark at) {
  const std::size_t offset = source.offset(at);
  const std::size_t colon = key.find(':');
  if (colon != std::string_view::npos && colon != 0 && !key.substr(colon).starts_with("://")) return no_blank;
  if (offset > 0 && source.at(offset - 1) == ',')
    return "a key without a value: expected `: ` behind it; text that holds a comma needs quotes here";
  return "a key without a value: expected `: ` behind it";
}

}  // namespace parley::shape
