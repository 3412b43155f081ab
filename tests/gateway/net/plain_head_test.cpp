// Plain heads: which ones are, and that RequestParser reads each of them in the same way.
#include "gateway/net/plain_head.hpp"

#include <doctest/doctest.h>

#include "tests/support/damage.hpp"

namespace parley::gateway::net {
namespace {

using parley::test::Random;

constexpr HeadLimits limits{.bytes = 400, .target = 40, .headers = 6};

bool is_plain(std::string_view bytes) {
  Head head;
  return read_plain_head(bytes, limits, head);
}

void check_same(std::string_view bytes, const Head& plain) {
  Head head;
  RequestParser parser(limits, head);
  REQUIRE(parser.parse_head(bytes) == HeadState::complete);
  CHECK(plain.method == head.method);
  CHECK(plain.framing == head.framing);
  CHECK(plain.http11 == head.http11);
  CHECK(plain.keep_alive == head.keep_alive);
  CHECK(plain.expects_continue == head.expects_continue);
  CHECK(plain.coded == head.coded);
  CHECK(plain.has_via == head.has_via);
  CHECK(plain.target == head.target);
  CHECK(plain.host == head.host);
  CHECK(plain.content_length == head.content_length);
  CHECK(plain.size == head.size);
  REQUIRE(plain.headers.size() == head.headers.size());
  for (std::size_t i = 0; i < head.headers.size(); ++i) {
    CHECK(plain.headers[i].name == head.headers[i].name);
    CHECK(plain.headers[i].value == head.headers[i].value);
  }
}

/// A head of lines that are often plain and sometimes odd.
String some_head(Random& random) {
  static const char* const firsts[] = {"GET / HTTP/1.1",     "POST /a/b?c=%20&d HTTP/1.1", "HEAD /a HTTP/1.1",
                                       "OPTIONS * HTTP/1.1", "DELETE /\"<>^`{|} HTTP/1.1", "PUT http://h/a HTTP/1.1",
                                       "PATCH /a#b HTTP/1.1"};
  static const char* const odd_firsts[] = {
      "GET / HTTP/1.0",     "GET  / HTTP/1.1", "GET /  HTTP/1.1",
      "GET / HTTP/1.1 ",    "get / HTTP/1.1",  "BREW / HTTP/1.1",
      "GET /a b HTTP/1.1",  "GET / HTTP/2.0",  "GET /\xc3\xa4 HTTP/1.1",
      "GET /a\tb HTTP/1.1", " GET / HTTP/1.1", "GET / http/1.1",
      "GET HTTP/1.1",       "GET  HTTP/1.1",   "GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa HTTP/1.1",
      "\r\nGET / HTTP/1.1"};
  static const char* const lines[] = {
      "Accept: */*", "Connection: keep-alive", "connection:CLOSE",     "User-Agent:  x y  ", "X-Empty:",
      "Via: 1.1 a",  "content-encoding: gzip", "Content-Length: 0012", "Content-Length: 0",  "!#$%&'*+-.^_`|~09: a:b"};
  static const char* const odd_lines[] = {"Transfer-Encoding: chunked",
                                          "Host: second",
                                          "Host: a b",
                                          "Host: [::1",
                                          "Content-Length: 3",
                                          "Content-Length: -3",
                                          "Content-Length: 18446744073709551620",
                                          "Content-Length: 4, 4",
                                          "Connection: upgrade",
                                          "Connection: close, foo",
                                          "Connection: keep-alive,close",
                                          "Trailer: X-Sum",
                                          "Proxy-Connection: close",
                                          "Upgrade: h2c",
                                          "Expect: 100-continue",
                                          "Expect: more",
                                          " folded",
                                          "X-Tab: a\tb",
                                          "No colon",
                                          ": no name",
                                          "Name : blank",
                                          "X-Bytes: \xc3\xa4",
                                          "X-Control: a\x01",
                                          "Trans\tfer-Encoding: chunked"};
  static const char* const hosts[] = {"Host: shop.example", "hOST:[::1]:80", "Host:", "Host: a.b:8080  "};
  const bool odd = random.chance(40);
  String text = odd && random.chance(30) ? random.pick(odd_firsts) : random.pick(firsts);
  text += "\r\n";
  const std::size_t place = random.below(5);
  for (std::size_t at = 0; at < 5; ++at) {
    if (at == place && !(odd && random.chance(10))) text += String(random.pick(hosts)) + "\r\n";
    if (random.chance(40)) text += String(random.pick(lines)) + "\r\n";
    if (odd && random.chance(15)) text += String(random.pick(odd_lines)) + "\r\n";
  }
  return text + "\r\n";
}

}  // namespace

TEST_CASE("which heads are plain") {
  const String first = "GET /a?b HTTP/1.1\r\n";
  const String host = "Host: h\r\n";
  const String end = "\r\n";
  const String plain[] = {
      first + host + end,
      first + host + end + "more",
      first + host + "Connection: close\r\nConnection: Keep-Alive\r\n" + end,
      "POST /a HTTP/1.1\r\n" + host + "content-length: 0004 \r\nX:\r\nVia: a\r\nContent-Encoding: br\r\n" + end,
      "OPTIONS * HTTP/1.1\r\nHost:\r\n" + end,
  };
  for (const String& text : plain) {
    CAPTURE(text);
    Head head;
    CHECK(read_plain_head(text, limits, head));
    check_same(text, head);
  }
  for (std::size_t size = 0; size < plain[0].size(); ++size) CHECK_FALSE(is_plain(plain[0].substr(0, size)));

  const String not_plain[] = {
      "BREW / HTTP/1.1\r\n" + host + end,
      "GET / HTTP/1.0\r\n" + host + end,
      "GET /a b HTTP/1.1\r\n" + host + end,
      "GET  HTTP/1.1\r\n" + host + end,
      first + end,
      first + host + host + end,
      first + "Host: a b\r\n" + end,
      first + host + "Transfer-Encoding: chunked\r\n" + end,
      first + host + "Expect: 100-continue\r\n" + end,
      first + host + "Upgrade: websocket\r\n" + end,
      first + host + "Connection: Upgrade\r\n" + end,
      first + host + "Content-Length: 1\r\nContent-Length: 1\r\n" + end,
      first + host + "Content-Length: +1\r\n" + end,
      first + host + "Content-Length:\r\n" + end,
      first + host + " folded\r\n" + end,
      first + host + "X : blank\r\n" + end,
      first + host + "X: tab\tin\r\n" + end,
      first + host + "X: bare\nY: b\r\n" + end,
      first + host + String("X: a\0b\r\n", 8) + end,
      "GET /" + String(limits.target, 'a') + " HTTP/1.1\r\n" + host + end,
      first + host + "X: " + String(limits.bytes, 'x') + "\r\n" + end,
  };
  for (const String& text : not_plain) {
    CAPTURE(text);
    CHECK_FALSE(is_plain(text));
  }
}

TEST_CASE("a plain head has no more headers and bytes than any other") {
  const auto with = [](std::size_t headers, std::size_t bytes) {
    String text = "GET / HTTP/1.1\r\nHost: h\r\n";
    for (std::size_t i = 2; i < headers; ++i) text += "X: a\r\n";
    text += "Y: ";
    return text + String(bytes - text.size() - 4, 'y') + "\r\n\r\n";
  };
  for (std::size_t headers = 2; headers < 10; ++headers) {
    for (std::size_t bytes = limits.bytes - 3; bytes < limits.bytes + 3; ++bytes) {
      CAPTURE(headers);
      CAPTURE(bytes);
      const String text = with(headers, bytes);
      Head head;
      const bool plain = read_plain_head(text, limits, head);
      CHECK(plain == (headers <= limits.headers && bytes < limits.bytes));
      if (plain) check_same(text, head);
    }
  }
}

TEST_CASE("every plain head is read by RequestParser in the same way, however odd the bytes") {
  constexpr std::uint64_t seed = 20261130;
  Random random(seed);
  CAPTURE(seed);
  std::size_t plain = 0;
  std::size_t others = 0;
  for (int round = 0; round < 40'000; ++round) {
    String text = some_head(random);
    if (random.chance(30)) parley::test::damage(text, random);
    if (random.chance(10)) text.resize(random.below(text.size() + 1));
    CAPTURE(text);
    Head head;
    if (read_plain_head(text, limits, head)) {
      ++plain;
      check_same(text, head);
    } else {
      ++others;
    }
  }
  CHECK(plain > 10'000);
  CHECK(others > 10'000);
}

}  // namespace parley::gateway::net
