// Heads and chunked bodies: what is accepted and refused, however the bytes are cut.
#include "gateway/net/request_parser.hpp"

#include <doctest/doctest.h>

#include <string>

namespace parley::gateway::net {
namespace {

struct Parsed {
  HeadState state;
  Head head;
};

Parsed parse(std::string_view bytes, const HeadLimits& limits = {}) {
  Parsed parsed;
  RequestParser parser(limits, parsed.head);
  parsed.state = parser.parse_head(bytes);
  return parsed;
}

std::string repeat(std::string_view text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

struct Case {
  std::string name;
  std::string head;
  HeadState state = HeadState::malformed;
  std::string fault = {};
};

}  // namespace

TEST_CASE("heads that are accepted") {
  struct Good {
    std::string name;
    std::string head;
    http::Method method = http::Method::get;
    std::string target = "/";
    bool keep_alive = true;
    Framing framing = Framing::none;
    std::uint64_t length = 0;
    std::size_t headers = 1;
  };
  using http::Method;
  const Good cases[] = {
      {"plain", "GET / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"query", "GET /a/b?c=%20 HTTP/1.1\r\nHost: h\r\n\r\n", Method::get, "/a/b?c=%20"},
      {"1.0 closes", "GET / HTTP/1.0\r\nHost: h\r\n\r\n", Method::get, "/", false},
      {"1.0 without host", "GET / HTTP/1.0\r\n\r\n", Method::get, "/", false, Framing::none, 0, 0},
      {"1.0 keeps when asked", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", Method::get, "/", true},
      {"1.1 closes when asked", "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", Method::get, "/", false,
       Framing::none, 0, 2},
      {"length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 12\r\n\r\n", Method::post, "/", true, Framing::length,
       12, 2},
      {"length zero", "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", Method::put, "/", true, Framing::none,
       0, 2},
      {"chunked", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n", Method::post, "/", true,
       Framing::chunked, 0, 2},
      {"absolute target", "GET http://a/b HTTP/1.1\r\nHost: h\r\n\r\n", Method::get, "http://a/b"},
      {"other method", "BREW / HTTP/1.1\r\nHost: h\r\n\r\n", Method::other},
      {"a method is case-sensitive", "get / HTTP/1.1\r\nHost: h\r\n\r\n", Method::other},
      {"empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
      {"host with port", "GET / HTTP/1.1\r\nhOsT: [::1]:80\r\n\r\n"},
      {"blanks around a value", "GET / HTTP/1.1\r\nHost: \t h \t \r\n\r\n"},
      {"UTF-8 in a value", "GET / HTTP/1.1\r\nHost: h\r\nX: \xc3\xa4\r\n\r\n", Method::get, "/", true, Framing::none, 0,
       2},
  };
  for (const Good& one : cases) {
    CAPTURE(one.name);
    const std::string with_next = one.head + "GET /next";
    const Parsed parsed = parse(with_next);
    CHECK(parsed.state == HeadState::complete);
    CHECK(parsed.head.method == one.method);
    CHECK(parsed.head.target == one.target);
    CHECK(parsed.head.keep_alive == one.keep_alive);
    CHECK(parsed.head.framing == one.framing);
    CHECK(parsed.head.content_length == one.length);
    CHECK(parsed.head.headers.size() == one.headers);
    CHECK(parsed.head.size == one.head.size());
    // A part of it is neither complete nor wrong.
    for (std::size_t cut = 0; cut < one.head.size(); ++cut) {
      CAPTURE(cut);
      CHECK(parse(one.head.substr(0, cut)).state == HeadState::incomplete);
    }
  }
}

TEST_CASE("header values are views without blanks") {
  const std::string text = "GET / HTTP/1.1\r\nHost:  example.com:80 \r\nExpect: 100-Continue\r\nX-Empty:\r\n\r\n";
  const Parsed parsed = parse(text);
  REQUIRE(parsed.state == HeadState::complete);
  CHECK(parsed.head.host == "example.com:80");
  CHECK(parsed.head.expects_continue);
  REQUIRE(parsed.head.headers.size() == 3);
  CHECK(parsed.head.headers[0].name == "Host");
  CHECK(parsed.head.headers[0].value.data() == text.data() + text.find("example"));
  CHECK(parsed.head.headers[2].value.empty());
}

TEST_CASE("empty members of a list are ignored") {
  struct Listed {
    std::string lines;
    std::string version = "1.1";
    bool keeps = true;
    bool waits = false;  ///< expects 100 Continue
  };
  const Listed cases[] = {
      {"Expect:\r\n"},
      {"Expect: \t\r\n"},
      {"Expect: ,\r\n"},
      {"Expect: 100-continue,\r\n", "1.1", true, true},
      {"Expect: , 100-Continue\r\n", "1.1", true, true},
      {"Expect: 100-continue, , 100-continue\r\n", "1.1", true, true},
      {"Expect:\r\nExpect: 100-continue\r\nExpect: ,\r\n", "1.1", true, true},
      {"Expect: 100-continue,\r\n", "1.0", false, false},
      {"Connection:\r\n"},
      {"Connection: ,\r\n"},
      {"Connection: close,\r\n", "1.1", false},
      {"Connection: ,close\r\n", "1.1", false},
      {"Connection: keep-alive,, CLOSE ,\r\n", "1.1", false},
      {"Connection: ,keep-alive,\r\n", "1.0", true},
      {"Connection: ,keep-alive,,close,\r\n", "1.0", false},
      {"Connection: upgrade,\r\nUpgrade: ,h2c,\r\n"},
  };
  for (const Listed& one : cases) {
    CAPTURE(one.lines);
    const std::string text = "POST / HTTP/" + one.version + "\r\nHost: h\r\n" + one.lines + "\r\n";
    const Parsed parsed = parse(text);
    CHECK(parsed.state == HeadState::complete);
    CHECK(parsed.head.keep_alive == one.keeps);
    CHECK(parsed.head.expects_continue == one.waits);
  }
}

TEST_CASE("a Via is noted") {
  CHECK(parse("GET / HTTP/1.1\r\nHost: h\r\nvia: 1.1 other\r\n\r\n").head.has_via);
  CHECK_FALSE(parse("GET / HTTP/1.1\r\nHost: h\r\nX-Via: 1.1 other\r\n\r\n").head.has_via);
}

TEST_CASE("heads that are refused") {
  const auto with = [](std::string_view lines) {
    return "POST / HTTP/1.1\r\nHost: h\r\n" + std::string(lines) + "\r\n";
  };
  const Case cases[] = {
      // Accepted by Beast 1.81:
      {"identity", with("Transfer-Encoding: identity\r\n"), HeadState::malformed, "unknown Transfer-Encoding"},
      {"gzip", with("Transfer-Encoding: gzip\r\n"), HeadState::malformed, "unknown Transfer-Encoding"},
      {"xchunked", with("Transfer-Encoding: xchunked\r\n"), HeadState::malformed, "unknown Transfer-Encoding"},
      {"chunked, gzip", with("Transfer-Encoding: chunked, gzip\r\n"), HeadState::malformed,
       "unknown Transfer-Encoding"},
      {"gzip, chunked", with("Transfer-Encoding: gzip, chunked\r\n"), HeadState::malformed,
       "unknown Transfer-Encoding"},
      {"chunked twice in one", with("Transfer-Encoding: chunked, chunked\r\n")},
      {"empty coding", with("Transfer-Encoding:\r\n"), HeadState::malformed, "unknown Transfer-Encoding"},
      {"gzip with length", with("Transfer-Encoding: gzip\r\nContent-Length: 3\r\n"), HeadState::malformed,
       "unknown Transfer-Encoding"},
      {"length with gzip", with("Content-Length: 3\r\nTransfer-Encoding: gzip\r\n")},
      {"chunked in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", HeadState::malformed,
       "Transfer-Encoding in HTTP/1.0"},
      {"folded", with("X: a\r\n b\r\n"), HeadState::malformed, "folded header"},
      {"folded with a tab", with("X: a\r\n\tb\r\n"), HeadState::malformed, "folded header"},
      {"folded from the start", with("X:\r\n b\r\n"), HeadState::malformed, "folded header"},
      {"folded blank line", with("X: a\r\n \r\n"), HeadState::malformed, "folded header"},
      {"folded to nothing", with("X:\r\n \r\n"), HeadState::malformed, "folded header"},
      {"folded coding", with("Transfer-Encoding:\r\n chunked\r\n"), HeadState::malformed, "folded header"},
      {"no host", "GET / HTTP/1.1\r\n\r\n", HeadState::malformed, "no Host header"},
      {"two hosts", with("Host: other\r\n"), HeadState::malformed, "more than one Host header"},
      {"two equal hosts", with("Host: h\r\n"), HeadState::malformed, "more than one Host header"},
      {"a host that is none", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", HeadState::malformed, "malformed Host header"},
      {"a list of hosts", "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", HeadState::malformed, "malformed Host header"},
      {"a path in the host", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", HeadState::malformed, "malformed Host header"},
      {"two equal lengths", with("Content-Length: 3\r\nContent-Length: 3\r\n"), HeadState::malformed,
       "more than one Content-Length"},
      {"a list of equal lengths", with("Content-Length: 3, 3\r\n"), HeadState::malformed,
       "more than one Content-Length"},
      // Refused by Beast; this must stay so:
      {"two codings", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
      {"chunked with length", with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n")},
      {"length with chunked", with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n")},
      {"length zero with chunked", with("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n")},
      {"two lengths", with("Content-Length: 3\r\nContent-Length: 4\r\n")},
      {"negative length", with("Content-Length: -1\r\n")},
      {"signed length", with("Content-Length: +1\r\n")},
      {"hexadecimal length", with("Content-Length: 0x10\r\n")},
      {"endless length", with("Content-Length: 99999999999999999999999\r\n")},
      {"blank before the colon", with("Content-Length : 3\r\n")},
      {"bare LF", "GET / HTTP/1.1\nHost: h\n\n"},
      {"bare LF between headers", with("X: a\nY: b\r\n")},
      {"bare CR in a value", with("X: a\rb\r\n")},
      {"NUL in a value", with(std::string_view("X: a\0b\r\n", 8))},
      {"NUL in the target", std::string("GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n", 28)},
      {"no name", with(": a\r\n")},
      {"no colon", with("abc\r\n")},
      {"two blanks", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"blank first", " GET / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"header line first", with("").insert(0, "X: a\r\n")},
      {"no version", "GET /\r\nHost: h\r\n\r\n"},
      {"version 2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", HeadState::bad_version, "HTTP version not supported"},
      {"version 1.2", "GET / HTTP/1.2\r\nHost: h\r\n\r\n", HeadState::bad_version},
      {"version in lower case", "GET / http/1.1\r\nHost: h\r\n\r\n"},
      {"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"},
      {"unknown expectation", with("Expect: 200-ok\r\n"), HeadState::bad_expectation, "unknown expectation"},
      {"an unknown one among others", with("Expect: 100-continue, 200-ok\r\n"), HeadState::bad_expectation},
      {"an unknown one in a line of its own", with("Expect: 100-continue\r\nExpect: x\r\n"),
       HeadState::bad_expectation},
      // Refused, since another server may not read it as a list, and the end of the body depends on it:
      {"an empty coding beside chunked", with("Transfer-Encoding: chunked,\r\n"), HeadState::malformed,
       "unknown Transfer-Encoding"},
      {"an empty length", with("Content-Length: 3,\r\n")},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const Parsed parsed = parse(one.head);
    CHECK(parsed.state == one.state);
    CHECK_FALSE(parsed.head.fault.empty());
    if (!one.fault.empty()) CHECK(parsed.head.fault == one.fault);
    // No part of it is taken for a complete request.
    for (std::size_t cut = 0; cut < one.head.size(); ++cut)
      CHECK(parse(one.head.substr(0, cut)).state != HeadState::complete);
  }
}

TEST_CASE("limits of a head") {
  const HeadLimits limits{.bytes = 1024, .target = 256, .headers = 10};
  const auto head = [](std::size_t target, std::size_t value, std::size_t headers = 0) {
    return "GET /" + std::string(target - 1, 'a') + " HTTP/1.1\r\nHost: h\r\nX: " + std::string(value, 'x') + "\r\n" +
           repeat("Y: y\r\n", headers) + "\r\n";
  };
  const std::size_t frame = head(1, 0).size();
  const Case cases[] = {
      {"longest target", head(256, 0), HeadState::complete},
      {"target too long", head(257, 0), HeadState::target_too_long},
      {"longest head", head(1, 1024 - frame), HeadState::complete},
      {"head too large", head(1, 1024 - frame + 1), HeadState::too_large},
      {"most headers", head(1, 0, 8), HeadState::complete},
      {"too many headers", head(1, 0, 9), HeadState::too_large},
      {"a request line without end", "GET /" + std::string(2000, 'a'), HeadState::target_too_long},
      {"a header without end", "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(2000, 'x'), HeadState::too_large},
      {"a name without end", "GET / HTTP/1.1\r\nHost: h\r\n" + std::string(2000, 'x'), HeadState::too_large},
      {"a method without end", std::string(2000, 'G'), HeadState::target_too_long},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(parse(one.head, limits).state == one.state);
  }
  const std::string endless = "GET /fake/x" + std::string(2000, 'a');
  const Parsed parsed = parse(endless, limits);
  CHECK(parsed.head.target.starts_with("/fake/x"));
  CHECK(parsed.head.target.size() <= 256);
}

TEST_CASE("chunked bodies") {
  struct Chunks {
    std::string name;
    std::string raw;
    BodyState state = BodyState::complete;
    std::string body = {};
  };
  const Chunks cases[] = {
      {"empty", "0\r\n\r\n"},
      {"one", "5\r\nhello\r\n0\r\n\r\n", BodyState::complete, "hello"},
      {"two", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", BodyState::complete, "hello world"},
      {"hexadecimal", "A\r\n0123456789\r\n0\r\n\r\n", BodyState::complete, "0123456789"},
      {"extensions are dropped", "5;a=b;c=\"d\"\r\nhello\r\n0;e\r\n\r\n", BodyState::complete, "hello"},
      {"trailers are dropped", "5\r\nhello\r\n0\r\nAuthorization: let me in\r\nX: y\r\n\r\n", BodyState::complete,
       "hello"},
      {"the limit itself", "10\r\n0123456789abcdef\r\n0\r\n\r\n", BodyState::complete, "0123456789abcdef"},
      {"above the limit", "11\r\n0123456789abcdefg\r\n0\r\n\r\n", BodyState::too_large},
      {"above the limit in sum", "8\r\n01234567\r\n9\r\n012345678\r\n0\r\n\r\n", BodyState::too_large},
      {"endless size", "FFFFFFFFFFFFFFFFF\r\n", BodyState::malformed},
      {"largest size", "FFFFFFFFFFFFFFFF\r\n", BodyState::too_large},
      {"no size", "\r\nhello", BodyState::malformed},
      {"no digit", "x\r\nhello", BodyState::malformed},
      {"signed", "+5\r\nhello\r\n0\r\n\r\n", BodyState::malformed},
      {"0x", "0x5\r\nhello\r\n0\r\n\r\n", BodyState::malformed},
      {"blank before", " 5\r\nhello\r\n0\r\n\r\n", BodyState::malformed},
      {"too long for its size", "4\r\nhello\r\n0\r\n\r\n", BodyState::malformed},
      {"bare LF", "5\nhello\n0\n\n", BodyState::malformed},
      {"bare LF, then a CR", "5\nhello\n0\n\r\n", BodyState::malformed},
      {"bare LF after the data", "5\r\nhello\n0\r\n\r\n", BodyState::malformed},
      {"bare CR in an extension", "5;a\rb\r\nhello\r\n0\r\n\r\n", BodyState::malformed},
      {"endless extensions", "5;" + std::string(20000, 'a') + "\r\nhello\r\n0\r\n\r\n", BodyState::malformed},
      {"endless trailers", "0\r\n" + repeat("X: 0123456789\r\n", 2000) + "\r\n", BodyState::malformed},
      {"a length as trailer", "0\r\nContent-Length: 5\r\n\r\n", BodyState::malformed},
  };
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const Chunks& one : cases) {
    CAPTURE(one.name);
    for (const std::size_t step : {one.raw.size() + 4, std::size_t{1}, std::size_t{7}}) {
      CAPTURE(step);
      Head parsed;
      const HeadLimits limits;
      RequestParser parser(limits, parsed);
      REQUIRE(parser.parse_head(head) == HeadState::complete);
      Buffer body;
      BodyState state = BodyState::incomplete;
      const std::string all = one.raw + "GET ";
      std::size_t begin = 0;
      // Feeds pieces of `step` bytes, and unused bytes again, like the session.
      for (std::size_t end = std::min(step, all.size()); state == BodyState::incomplete;
           end = std::min(end + step, all.size())) {
        std::size_t used = 0;
        state = parser.parse_chunks(std::string_view(all).substr(begin, end - begin), used, body, 16);
        begin += used;
        if (end == all.size()) break;
      }
      CHECK(state == one.state);
      if (state == BodyState::complete) {
        CHECK(body.view() == one.body);
        CHECK(begin == one.raw.size());
        CHECK(parsed.headers.size() == 2);  // without trailers
        CHECK(parsed.keep_alive);
      }
    }
  }
}

}  // namespace parley::gateway::net
