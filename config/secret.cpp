// Characters are written as their UTF-8 bytes, because a secret is compared and sent as bytes.
#include "config/secret.hpp"

#include <algorithm>
#include <iterator>

#include "schemas/ascii.hpp"
#include "schemas/shape/yaml_source.hpp"

namespace parley::config {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Invisible characters: zero width space to right-to-left mark; line and paragraph separator; embeddings and overrides; word joiner;
// soft hyphen; byte order mark.
constexpr std::string_view unseen[] = {"\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xE2\x80\x8E", "\xE2\x80\x8F",
                                       "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC",
                                       "\xE2\x80\xAD", "\xE2\x80\xAE", "\xE2\x81\xA0", "\xC2\xAD",     byte_order_mark};

// Blank, no-break space, the spaces of U+2000 to U+200A, narrow no-break, medium mathematical, ideographic.
constexpr std::string_view blanks[] = {" ",
                                       "\xC2\xA0",
                                       "\xE2\x80\x80",
                                       "\xE2\x80\x81",
                                       "\xE2\x80\x82",
                                       "\xE2\x80\x83",
                                       "\xE2\x80\x84",
                                       "\xE2\x80\x85",
                                       "\xE2\x80\x86",
                                       "\xE2\x80\x87",
                                       "\xE2\x80\x88",
                                       "\xE2\x80\x89",
                                       "\xE2\x80\x8A",
                                       "\xE2\x80\xAF",
                                       "\xE2\x81\x9F",
                                       "\xE3\x80\x80"};

// “ ” „ ‟ ‘ ’ ‚ ‛ « » ‹ ›
constexpr std::string_view quotes[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\x9F",
                                       "\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9A", "\xE2\x80\x9B",
                                       "\xC2\xAB",     "\xC2\xBB",     "\xE2\x80\xB9", "\xE2\x80\xBA"};

template <std::size_t Size>
bool at_an_end(std::string_view text, const std::string_view (&marks)[Size]) noexcept {
  return std::any_of(std::begin(marks), std::end(marks),
                     [text](std::string_view one) { return text.starts_with(one) || text.ends_with(one); });
}

bool stands_in_quotes(std::string_view text) noexcept {
  return text.size() >= 2 && text.front() == text.back() &&
         (text.front() == '"' || text.front() == '\'' || text.front() == '`');
}

/// Whether it is a placeholder: `{{ token }}` of a template, `<your token>` of a manual. A random secret would also have other characters.
bool is_left_open(std::string_view text) noexcept {
  if (text.size() > 4 && text.starts_with("{{") && text.ends_with("}}")) return true;
  if (text.size() < 3 || text.front() != '<' || text.back() != '>') return false;
  const std::string_view inside = text.substr(1, text.size() - 2);
  return std::all_of(inside.begin(), inside.end(),
                     [](char byte) { return ascii::is_letter(byte) || byte == ' ' || byte == '-' || byte == '_'; });
}

}  // namespace

std::string_view fault_of_name(std::string_view text) noexcept {
  if (text.find_first_of("\n\t") != text.npos || shape::find_control(text) != text.npos)
    return "it holds a line break or a control character";
  if (text.starts_with(byte_order_mark)) return "it begins with a byte order mark: save the file without one";
  if (std::any_of(std::begin(unseen), std::end(unseen), [text](auto one) { return text.find(one) != text.npos; }))
    return "it holds an invisible character";
  if (at_an_end(text, blanks)) return "it begins or ends with a blank";
  if (at_an_end(text, quotes)) return "it begins or ends with a typographic quote";
  if (stands_in_quotes(text)) return "it stands in quotes of its own: leave them out";
  return {};
}

std::string_view fault_of_secret(std::string_view text) noexcept {
  if (const std::string_view fault = fault_of_name(text); !fault.empty()) return fault;
  const bool basic =
      ascii::starts_ignoring_case(text, "basic ") && text.find(' ') == text.rfind(' ');  // more blanks: a passphrase
  if (ascii::starts_ignoring_case(text, "bearer ") || basic)
    return "it begins with the scheme of a header, which the gateway adds: leave it out";
  if (ascii::starts_ignoring_case(text, "authorization:") || ascii::starts_ignoring_case(text, "x-auth-token:"))
    return "it begins with the name of a header: leave it out";
  if (is_left_open(text)) return "it is a placeholder that nobody filled in";
  if (text == "[secret]") return "it is the placeholder that listings show instead of a secret";
  return {};
}

}  // namespace parley::config
