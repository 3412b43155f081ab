// Plain answers: which ones are, and that AnswerParser reads each of them in the same way.
#include "adapters/upstream/plain_answer.hpp"

#include <doctest/doctest.h>

#include "tests/support/damage.hpp"

namespace parley::upstream::test {
namespace {

constexpr std::uint64_t limit = 64;

struct Read {
  std::size_t size = 0;  ///< 0: not read
  Response response;
  AnswerEnd end;
};

Read read_plain(std::string_view bytes) {
  Read read;
  read.size = read_plain_answer(bytes, limit, read.response, read.end);
  return read;
}

/// Reads into the response that `before` left behind.
Read read_with_beast(std::string_view bytes, Read before = {}) {
  Read read = std::move(before);
  read.size = 0;
  AnswerParser parser(read.response, limit, false);
  std::size_t used = 0;
  if (parser.parse(bytes, used) == AnswerState::complete && !parser.interim()) read.size = used;
  read.end = parser.end();
  return read;
}

void check_same(const Read& one, const Read& other) {
  CHECK(one.size == other.size);
  CHECK(one.response.status == other.response.status);
  CHECK(one.response.head == other.response.head);
  CHECK(one.response.body == other.response.body);
  CHECK(one.end.reusable == other.end.reusable);
  CHECK(one.end.packed == other.end.packed);
  CHECK(one.end.rest == other.end.rest);
}

/// An answer of lines that are often plain and sometimes odd.
String some_answer(parley::test::Random& random) {
  static const char* const firsts[] = {"HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found", "HTTP/1.1 503 ",
                                       "HTTP/1.1 301 Moved"};
  static const char* const odd_firsts[] = {"HTTP/1.0 200 OK",   "HTTP/1.1 200",          "HTTP/1.1 204 No Content",
                                           "HTTP/1.1 304 Same", "HTTP/1.1 100 Continue", "HTTP/1.1 600 ",
                                           "HTTP/1.1 200\tOK",  "HTTP/1.1 200 \xc3\xa4", "HTTP/1.1  200 OK",
                                           "HTTP/1.1 2000 O",   "HTTP/2.1 200 OK",       "http/1.1 200 OK"};
  static const char* const lines[] = {"Content-Type: application/json",
                                      "Connection: keep-alive",
                                      "connection:CLOSE",
                                      "Keep-Alive: timeout=5, max=100",
                                      "Server:  x y  ",
                                      "X-Empty:",
                                      "X-Blank:   ",
                                      "Keep-Alive: max=3",
                                      "content-encoding: Identity",
                                      "Retry-After: 7",
                                      "!#$%&'*+-.^_`|~09: a:b"};
  static const char* const odd_lines[] = {"Transfer-Encoding: chunked",
                                          "Content-Encoding: gzip",
                                          "Content-Length: 3",
                                          "Connection: upgrade",
                                          "Trailer: X-Sum",
                                          "Proxy-Connection: close",
                                          "Upgrade: h2c",
                                          " folded",
                                          "X-Tab: a\tb",
                                          "No colon",
                                          ": no name",
                                          "Name : blank",
                                          "X-Bytes: \xc3\xa4",
                                          "Connection: close, foo",
                                          "Content-Length: 4, 4",
                                          "Connection: keep-alive,close",
                                          "X-Control: a\x01",
                                          "Trans\tfer-Encoding: chunked"};
  const bool odd = random.chance(40);
  String text = odd && random.chance(30) ? random.pick(odd_firsts) : random.pick(firsts);
  text += "\r\n";
  const String body(random.below(12), 'b');
  const std::size_t place = random.below(5);
  for (std::size_t at = 0; at < 5; ++at) {
    if (at == place) {
      text += random.chance(50) ? "Content-Length: " : "content-LENGTH:";
      if (odd && random.chance(20)) text += random.chance(50) ? "00" : "-";
      text += std::to_string(body.size() + (odd && random.chance(20) ? random.below(90) : 0)) + "\r\n";
    }
    if (random.chance(50)) text += String(random.pick(lines)) + "\r\n";
    if (odd && random.chance(15)) text += String(random.pick(odd_lines)) + "\r\n";
  }
  text += "\r\n" + body;
  if (random.chance(20)) text += "HTTP/1.1 200 more";
  return text;
}

}  // namespace

TEST_CASE("which answers are plain") {
  const auto answer = [](std::string_view first, std::string_view headers, std::string_view body = "body") {
    return String(first) + "\r\n" + String(headers) + "\r\n" + String(body);
  };
  const String length = "Content-Length: 4\r\n";
  const String plain[] = {
      answer("HTTP/1.1 200 OK", length),
      answer("HTTP/1.1 500 ", length),
      answer("HTTP/1.1 201 Created", "Content-Length: 0\r\n", ""),
      answer("HTTP/1.1 200 OK", "content-length:  0004 \r\nX:\r\nKeep-Alive: timeout=9\r\n"),
      answer("HTTP/1.1 200 OK", length + "Connection: Close\r\nConnection: keep-alive\r\n"),
      answer("HTTP/1.1 200 OK", length + "Content-Encoding: IDENTITY\r\nX: a, b\r\n"),
      answer("HTTP/1.1 200 OK", length, "body and more"),
  };
  for (const String& text : plain) {
    CAPTURE(text);
    const Read read = read_plain(text);
    CHECK(read.size != 0);
    check_same(read, read_with_beast(text));
  }
  const Read read = read_plain(plain[3]);
  CHECK(read.response.status == 200);
  CHECK(read.response.head == "X:\n");
  CHECK(read.response.body == "body");
  CHECK(read.end.reusable);
  CHECK(read.end.rest == std::chrono::seconds(8));
  CHECK_FALSE(read_plain(plain[4]).end.reusable);

  const String not_plain[] = {
      "",
      answer("HTTP/1.1 200", length),
      answer("HTTP/1.0 200 OK", length),
      answer("HTTP/1.1 204 No Content", length),
      answer("HTTP/1.1 304 Not Modified", length),
      answer("HTTP/1.1 100 Continue", length),
      answer("HTTP/1.1 101 Switching", length),
      answer("HTTP/1.1 600 Odd", length),
      answer("HTTP/1.1 2x0 Odd", length),
      answer("HTTP/1.1 200 \xc3\xa4", length),
      answer("HTTP/1.1 200 OK", ""),
      answer("HTTP/1.1 200 OK", length + length),
      answer("HTTP/1.1 200 OK", "Content-Length: 4, 4\r\n"),
      answer("HTTP/1.1 200 OK", "Content-Length: +4\r\n"),
      answer("HTTP/1.1 200 OK", "Content-Length: 18446744073709551620\r\n"),
      answer("HTTP/1.1 200 OK", "Content-Length: 5\r\n"),
      answer("HTTP/1.1 200 OK", "Content-Length: 65\r\n", String(65, 'b')),
      answer("HTTP/1.1 200 OK", length + "Transfer-Encoding: chunked\r\n"),
      answer("HTTP/1.1 200 OK", length + "Content-Encoding: gzip\r\n"),
      answer("HTTP/1.1 200 OK", length + "Connection: keep-alive, close\r\n"),
      answer("HTTP/1.1 200 OK", length + "Proxy-Connection: close\r\n"),
      answer("HTTP/1.1 200 OK", length + "Trailer: X\r\n"),
      answer("HTTP/1.1 200 OK", length + "Upgrade: h2c\r\n"),
      answer("HTTP/1.1 200 OK", length + " folded\r\n"),
      answer("HTTP/1.1 200 OK", length + "X : blank\r\n"),
      answer("HTTP/1.1 200 OK", length + ": nameless\r\n"),
      answer("HTTP/1.1 200 OK", length + "X: tab\tin\r\n"),
      answer("HTTP/1.1 200 OK", length + "X: bare\nY: b\r\n"),
      answer("HTTP/1.1 200 OK", length + "X: bare\rY: b\r\n"),
      answer("HTTP/1.1 200 OK", length + String("X: a\0b\r\n", 8)),
      answer("HTTP/1.1 200 OK", length + "X: " + String(AnswerParser::max_head, 'x') + "\r\n"),
  };
  for (const String& text : not_plain) {
    CAPTURE(text.substr(0, 200));
    CHECK(read_plain(text).size == 0);
  }
  const String whole = plain[0];
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK(read_plain(whole.substr(0, size)).size == 0);
}

TEST_CASE("a plain answer has no more headers than any other") {
  const auto with = [](std::size_t headers) {
    String text = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
    for (std::size_t i = 1; i < headers; ++i) text += "X: a\r\n";
    return text + "\r\n";
  };
  const String most = with(AnswerParser::max_headers);
  CHECK(read_plain(most).size == most.size());
  check_same(read_plain(most), read_with_beast(most));
  CHECK(read_plain(with(AnswerParser::max_headers + 1)).size == 0);
}

TEST_CASE("every plain answer is read by AnswerParser in the same way, however odd the bytes") {
  constexpr std::uint64_t seed = 20261130;
  parley::test::Random random(seed);
  CAPTURE(seed);
  std::size_t plain = 0;
  std::size_t others = 0;
  for (int round = 0; round < 40'000; ++round) {
    String text = some_answer(random);
    if (random.chance(30)) parley::test::damage(text, random);
    if (random.chance(10)) text.resize(random.below(text.size() + 1));
    CAPTURE(text);
    const Read read = read_plain(text);
    if (read.size != 0) {
      ++plain;
      check_same(read, read_with_beast(text));
    } else {
      ++others;
      const Read judged = read_with_beast(text, read);  // what the plain reader left behind must not matter
      if (judged.size != 0) check_same(judged, read_with_beast(text));
    }
  }
  CHECK(plain > 10'000);
  CHECK(others > 10'000);
}

}  // namespace parley::upstream::test
