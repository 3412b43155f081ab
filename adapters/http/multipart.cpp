// Strict where two readers could see two forms: a boundary must end its line, a head must be well formed, and nothing comes twice in it.
#include "adapters/http/multipart.hpp"

#include <algorithm>
#include <utility>

#include "adapters/http/header_list.hpp"
#include "schemas/ascii.hpp"

namespace parley::http {
namespace {

constexpr std::size_t longest_boundary = 70;
constexpr std::size_t longest_padding = 64;  // blanks behind a boundary

Error malformed(String why) {
  return {.code = Code::malformed_body, .message = "the form is malformed: " + std::move(why)};
}

bool is_token(std::string_view text) noexcept {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [marks](char byte) {
    return ascii::is_letter_or_digit(byte) || marks.find(byte) != std::string_view::npos;
  });
}

bool is_boundary(std::string_view text) noexcept {
  constexpr std::string_view marks = "'()+_,-./:=? ";
  return !text.empty() && text.size() <= longest_boundary && text.back() != ' ' &&
         std::all_of(text.begin(), text.end(), [marks](char byte) {
           return ascii::is_letter_or_digit(byte) || marks.find(byte) != std::string_view::npos;
         });
}

struct Parameter {
  String name;  ///< in lower case
  String value;
};

/// Takes `; name=value` from the front of `rest`. nullopt: it is malformed. Of the escapes in quotes, only `\"` and `\\` count: browsers
/// write a path of Windows as it is.
std::optional<Parameter> take_parameter(std::string_view& rest) {
  rest = without_blanks(rest);
  if (!rest.starts_with(';')) return {};
  rest = without_blanks(rest.substr(1));
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos) return {};
  Parameter made;
  const std::string_view name = without_blanks(rest.substr(0, equals));
  if (!is_token(name)) return {};
  made.name = ascii::lower(name);
  rest = without_blanks(rest.substr(equals + 1));
  if (!rest.starts_with('"')) {
    const std::string_view value = without_blanks(rest.substr(0, rest.find(';')));
    if (!is_token(value)) return {};
    made.value = value;
    rest.remove_prefix(std::min(rest.find(';'), rest.size()));
    return made;
  }
  for (std::size_t at = 1; at < rest.size(); ++at) {
    const char byte = rest[at];
    if (byte == '"') {
      rest.remove_prefix(at + 1);
      return made;
    }
    const bool escape = byte == '\\' && at + 1 < rest.size() && (rest[at + 1] == '"' || rest[at + 1] == '\\');
    made.value += escape ? rest[++at] : byte;
  }
  return {};
}

}  // namespace

std::optional<String> boundary_of(std::string_view content_type) {
  std::string_view rest = content_type;
  const std::string_view type = without_blanks(rest.substr(0, rest.find(';')));
  if (!ascii::same_ignoring_case(type, "multipart/form-data")) return {};
  rest.remove_prefix(std::min(rest.find(';'), rest.size()));
  std::optional<String> boundary;
  while (!without_blanks(rest).empty()) {
    // A boundary may have bytes that a token may not, and clients forget the quotes.
    constexpr std::string_view bare = "boundary=";
    const std::string_view begun = without_blanks(without_blanks(rest).substr(1));
    if (without_blanks(rest).starts_with(';') && ascii::starts_ignoring_case(begun, bare) &&
        !begun.substr(bare.size()).starts_with('"')) {
      const std::string_view value = begun.substr(bare.size());
      if (boundary) return {};
      boundary = String(without_blanks(value.substr(0, value.find(';'))));
      rest = value.substr(std::min(value.find(';'), value.size()));
      continue;
    }
    std::optional<Parameter> parameter = take_parameter(rest);
    if (!parameter) return {};
    if (parameter->name != "boundary") continue;
    if (boundary) return {};
    boundary = std::move(parameter->value);
  }
  if (!boundary || !is_boundary(*boundary)) return {};
  return boundary;
}

Multipart::Multipart(std::string_view boundary, FormSink& sink)
    : delimiter_("\r\n--" + String(boundary)),
      sink_(sink),
      held_("\r\n") {}  // so that the first boundary is like all others

Result<void> Multipart::take(std::string_view bytes) {
  if (state_ == State::after) return {};
  held_.append(bytes);
  std::string_view rest = held_;
  for (bool more = false; !more && state_ != State::after;) {
    const Result<Step> done = step(rest);
    if (!done) return done.error();
    rest.remove_prefix(done->used);
    more = done->more;
  }
  if (state_ == State::after) rest = {};
  held_.erase(0, held_.size() - rest.size());
  return {};
}

Result<Multipart::Step> Multipart::step(std::string_view text) {
  switch (state_) {
    case State::before:
      return skip_preamble(text);
    case State::delimiter:
      return read_delimiter(text);
    case State::head:
      return read_head(text);
    case State::data:
      return read_data(text);
    case State::after:
      break;
  }
  return Step{text.size(), true};
}

Result<Multipart::Step> Multipart::skip_preamble(std::string_view text) {
  const std::size_t at = text.find(delimiter_);
  if (at != std::string_view::npos) {
    state_ = State::delimiter;
    return Step{at + delimiter_.size(), false};
  }
  // A part of the delimiter may be at the end.
  return Step{text.size() - std::min(text.size(), delimiter_.size() - 1), true};
}

Result<Multipart::Step> Multipart::read_delimiter(std::string_view text) {
  if (text.size() < 2) return Step{0, true};
  if (text.starts_with("--")) {
    state_ = State::after;
    return Step{2, false};
  }
  const std::size_t end = std::min(text.find_first_not_of(" \t"), text.size());
  if (end > longest_padding) return malformed("blanks behind a boundary");
  if (text.size() - end < 2) return Step{0, true};
  if (!text.substr(end).starts_with("\r\n")) return malformed("a line goes on behind the boundary");
  if (++parts_ > most_parts) return malformed("it has too many parts");
  state_ = State::head;
  return Step{end + 2, false};
}

Result<Multipart::Step> Multipart::read_head(std::string_view text) {
  const std::size_t end = text.find("\r\n\r\n");
  if (end == std::string_view::npos || end > longest_head) {
    if (text.size() > longest_head) return malformed("the head of a part is too long");
    return Step{0, true};
  }
  if (Result<void> begun = begin_part(text.substr(0, end)); !begun) return begun.error();
  state_ = State::data;
  return Step{end + 2, false};  // the last line break may begin a boundary
}

Result<Multipart::Step> Multipart::read_data(std::string_view text) {
  if (at_begin_) {
    // The line break that ends the head can be that of the next boundary already: a part without bytes.
    if (text.size() < delimiter_.size() && std::string_view(delimiter_).starts_with(text)) return Step{0, true};
    at_begin_ = false;
    if (!text.starts_with(delimiter_)) return Step{2, false};
  }
  const std::size_t at = text.find(delimiter_);
  const bool ends = at != std::string_view::npos;
  // The delimiter may begin in the last bytes.
  const std::size_t data = ends ? at : text.size() - std::min(text.size(), delimiter_.size() - 1);
  if (data != 0) {
    if (Result<void> added = sink_.add(text.substr(0, data)); !added) return added.error();
  }
  if (!ends) return Step{data, true};
  if (Result<void> ended = sink_.end(); !ended) return ended.error();
  state_ = State::delimiter;
  return Step{at + delimiter_.size(), false};
}

Result<void> Multipart::begin_part(std::string_view head) {
  if (head.find('\0') != std::string_view::npos) return malformed("the head of a part has a NUL");
  String name;
  std::optional<String> file_name;
  std::string_view content_type;
  bool has_disposition = false;
  bool has_type = false;
  for (std::string_view rest = head; !rest.empty();) {
    const std::size_t end = std::min(rest.find("\r\n"), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 2, rest.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) ||
        line.find_first_of("\r\n") != std::string_view::npos) {
      return malformed("a line in the head of a part");
    }
    const std::string_view field = line.substr(0, colon);
    std::string_view value = without_blanks(line.substr(colon + 1));
    if (ascii::same_ignoring_case(field, "Content-Type")) {
      if (std::exchange(has_type, true)) return malformed("a part has two types");
      content_type = value;
    } else if (ascii::same_ignoring_case(field, "Content-Transfer-Encoding")) {
      // RFC 7578, 4.7: nobody sends it any more, and a form over HTTP needs none.
      const bool as_it_is = ascii::same_ignoring_case(value, "binary") || ascii::same_ignoring_case(value, "8bit") ||
                            ascii::same_ignoring_case(value, "7bit");
      if (!as_it_is) return malformed("a part has a transfer encoding");
    } else if (ascii::same_ignoring_case(field, "Content-Disposition")) {
      if (std::exchange(has_disposition, true)) return malformed("a part has two dispositions");
      const std::size_t semicolon = std::min(value.find(';'), value.size());
      if (!ascii::same_ignoring_case(without_blanks(value.substr(0, semicolon)), "form-data"))
        return malformed("a part is no form-data");
      value.remove_prefix(semicolon);
      bool named = false;
      while (!without_blanks(value).empty()) {
        std::optional<Parameter> parameter = take_parameter(value);
        if (!parameter) return malformed("the disposition of a part");
        if (parameter->name == "name") {
          if (std::exchange(named, true)) return malformed("a part has two names");
          name = std::move(parameter->value);
        } else if (parameter->name == "filename") {
          if (file_name) return malformed("a part has two file names");
          file_name = std::move(parameter->value);
        }  // filename* is not allowed in forms (RFC 7578, 4.2)
      }
      if (!named) return malformed("a part has no name");
    }
  }
  if (!has_disposition) return malformed("a part has no disposition");
  at_begin_ = true;
  return sink_.begin({name, file_name ? std::optional<std::string_view>(*file_name) : std::nullopt, content_type});
}

}  // namespace parley::http
