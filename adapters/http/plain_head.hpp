// Takes heads of messages apart line by line, if they are plain: visible ASCII and blanks, ended by CR LF, no folded lines.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "adapters/http/plain_text.hpp"
#include "adapters/http/request.hpp"
#include "schemas/ascii.hpp"

namespace parley::http {

/// Takes the next line from the front, without its CR LF. Nothing if there is no whole line, or it is not plain.
[[nodiscard]] inline std::optional<std::string_view> take_plain_line(std::string_view& rest) noexcept {
  const std::size_t size = plain_length(rest);
  if (rest.size() < size + 2 || rest[size] != '\r' || rest[size + 1] != '\n') return {};
  const std::string_view line = rest.substr(0, size);
  rest.remove_prefix(size + 2);
  return line;
}

namespace detail {
inline constexpr std::array<bool, 256> token_bytes = [] {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < 128; ++byte) table[byte] = ascii::is_letter_or_digit(static_cast<char>(byte));
  for (const char sign : std::string_view("!#$%&'*+-.^_`|~")) table[static_cast<unsigned char>(sign)] = true;
  return table;
}();
}  // namespace detail

/// The number of bytes of a token that the text begins with.
[[nodiscard]] inline std::size_t token_length(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size() && detail::token_bytes[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

/// The header of a plain line, without blanks around the value. Nothing if the line has no name, or not just a colon behind it.
[[nodiscard]] inline std::optional<Header> plain_header(std::string_view line) noexcept {
  const std::size_t size = token_length(line);
  if (size == 0 || size == line.size() || line[size] != ':') return {};
  return Header{.name = line.substr(0, size), .value = ascii::trim(line.substr(size + 1), " ")};
}

/// Whether a name, or a value of this kind, is `usual` in any ASCII case.
[[nodiscard]] inline bool is_word(std::string_view text, std::string_view usual) noexcept {
  return text == usual || ascii::same_ignoring_case(text, usual);
}

}  // namespace parley::http
