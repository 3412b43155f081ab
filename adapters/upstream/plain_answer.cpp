// What is not plain gets no opinion here. So this reader cannot be laxer than AnswerParser, which judges everything else.
#include "adapters/upstream/plain_answer.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/http/plain_head.hpp"

namespace parley::upstream {
namespace {

/// The status of a line such as `HTTP/1.1 200 OK`; 0 if the answer to it is not plain.
int status_of(std::string_view line) noexcept {
  constexpr std::string_view version = "HTTP/1.1 ";
  constexpr std::size_t digits = 3;
  if (line.size() <= version.size() + digits || !line.starts_with(version)) return 0;
  if (line[version.size() + digits] != ' ') return 0;
  int status = 0;
  for (const char byte : line.substr(version.size(), digits)) {
    if (!ascii::is_digit(byte)) return 0;
    status = 10 * status + (byte - '0');
  }
  return status < 200 || status > 599 || status == 204 || status == 304 ? 0 : status;
}

/// What the headers say about the body and the connection.
struct Framing {
  std::optional<std::uint64_t> length;
  bool closes = false;
  std::chrono::seconds rest = AnswerEnd().rest;
};

enum class Header : std::uint8_t { of_answer, of_connection, not_plain };

bool note_length(std::string_view value, Framing& framing) noexcept {
  if (framing.length || !ascii::all_digits(value)) return false;
  std::uint64_t length = 0;
  if (std::from_chars(value.data(), value.data() + value.size(), length).ec != std::errc()) return false;
  framing.length = length;
  return true;
}

Header note(std::string_view name, std::string_view value, Framing& framing) noexcept {
  using http::is_word;
  const auto plain_if = [](bool plain) { return plain ? Header::of_connection : Header::not_plain; };
  switch (name.size()) {  // most names differ in their size from all of these
    case 7:
      return is_word(name, "Trailer") || is_word(name, "Upgrade") ? Header::not_plain : Header::of_answer;
    case 10:
      if (is_word(name, "Connection")) {
        const bool closes = is_word(value, "close");
        framing.closes |= closes;
        return plain_if(closes || is_word(value, "keep-alive"));
      }
      if (!is_word(name, "Keep-Alive")) return Header::of_answer;
      framing.rest = std::min(framing.rest, idle_time(value));
      return Header::of_connection;
    case 14:
      return is_word(name, "Content-Length") ? plain_if(note_length(value, framing)) : Header::of_answer;
    case 16:
      if (is_word(name, "Content-Encoding")) return plain_if(is_word(value, "identity"));
      return is_word(name, "Proxy-Connection") ? Header::not_plain : Header::of_answer;
    case 17:
      return is_word(name, "Transfer-Encoding") ? Header::not_plain : Header::of_answer;
    default:
      return Header::of_answer;
  }
}

/// Reads the header lines and the empty line after them. Returns whether all of them are plain.
bool read_headers(std::string_view& rest, Response& response, Framing& framing) {
  for (std::size_t count = 0; count <= AnswerParser::max_headers; ++count) {
    const std::optional<std::string_view> line = http::take_plain_line(rest);
    if (!line) return false;
    if (line->empty()) return true;
    const std::optional<http::Header> field = http::plain_header(*line);
    const Header header = field ? note(field->name, field->value, framing) : Header::not_plain;
    if (header == Header::not_plain) return false;
    if (header == Header::of_answer) response.add_header(field->name, field->value);
  }
  return false;
}

}  // namespace

std::size_t read_plain_answer(std::string_view bytes, std::uint64_t limit, Response& response, AnswerEnd& end) {
  std::string_view rest = bytes;
  const std::optional<std::string_view> first = http::take_plain_line(rest);
  const int status = first ? status_of(*first) : 0;
  if (status == 0) return 0;
  response.head.clear();
  response.head.reserve(AnswerParser::usual_head);
  Framing framing;
  if (!read_headers(rest, response, framing) || !framing.length) return 0;
  const std::size_t head = bytes.size() - rest.size();
  if (head > AnswerParser::max_head || *framing.length > limit || *framing.length > rest.size()) return 0;
  response.status = status;
  response.body.assign(rest.substr(0, *framing.length));
  end = {.reusable = !framing.closes, .packed = false, .rest = framing.rest};
  return head + *framing.length;
}

}  // namespace parley::upstream
