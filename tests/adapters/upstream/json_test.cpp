// Bodies that are JSON, almost JSON, and not JSON at all.
#include "adapters/upstream/json.hpp"

#include <doctest/doctest.h>

namespace parley::upstream {
namespace {

Response answer(int status, String body, String type = "application/json") {
  Response response;
  response.status = status;
  response.add_header("Content-Type", std::move(type));
  response.body = std::move(body);
  return response;
}

}  // namespace

TEST_CASE("JSON is read; bytes that are not UTF-8 become U+FFFD") {
  struct Case {
    std::string name;
    String body;
    String text;
  };
  const Case cases[] = {
      {"plain", R"({"a":"b"})", "b"},
      {"umlaut", "{\"a\":\"\xC3\xA9\"}", "\xC3\xA9"},
      {"Latin-1", "{\"a\":\"caf\xE9\"}", "caf\xEF\xBF\xBD"},
      {"two bad bytes", "{\"a\":\"\xFF\xFE\"}", "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"cut in a character", "{\"a\":\"\xE2\x82\"}", "\xEF\xBF\xBD\xEF\xBF\xBD"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    shape::Document document;
    const Result<void> read = read_json(answer(200, one.body), document);
    REQUIRE(read.has_value());
    CHECK(document.root().find("a")->text == one.text);
  }
}

TEST_CASE("a body that is not JSON is upstream_failed, and the detail describes it") {
  const Response bad[] = {answer(200, ""), answer(200, "<html>\n\x1b[31m", "text/html"), answer(200, R"({"a":1)"),
                          answer(200, String(100, '[')), answer(200, R"({"a":1,"a":2})")};
  for (const Response& response : bad) {
    CAPTURE(response.body);
    shape::Document document;
    const Result<void> read = read_json(response, document);
    REQUIRE(read.has_error());
    CHECK(read.error().code == Code::upstream_failed);
    CHECK(read.error().message.find('<') == String::npos);
    for (const char byte : read.error().detail) CHECK(static_cast<unsigned char>(byte) >= ' ');
  }
  shape::Document document;
  const Response wrong_place = answer(200, "<html>\n", "text/html; charset=utf-8");
  CHECK(read_json(wrong_place, document)
            .error()
            .detail.ends_with("; 200 text/html, 7 bytes; this is a web page, not an answer of the API: check the "
                              "backend's url, and for a login or a proxy in between"));
  const Response page = answer(502, "<html>\n\x1b[31m", "text/html");
  CHECK(read_json(page, document).error().detail.ends_with("; 502 text/html: <html>  [31m"));
}

TEST_CASE("of a 2xx the log is told where it is wrong, and nothing of what is in it") {
  struct Case {
    std::string name;
    String body;
    std::string detail;
  };
  const Case cases[] = {
      {"a key twice", R"({"t0ken":"a@b.example","t0ken":1})",
       "a member occurs twice in an object (line 1, column 34); 200 application/json, 33 bytes"},
      {"cut off", "{\"t0ken\":\n\"a@b.example\"", "(line 2, column 14); 200 application/json, 23 bytes"},
      {"not JSON at all", "a@b.example t0ken", "(line 1, column 1); 200 application/json, 17 bytes"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    shape::Document document;
    const Result<void> read = read_json(answer(200, one.body), document);
    REQUIRE(read.has_error());
    CAPTURE(read.error().detail);
    CHECK(read.error().detail.ends_with(one.detail));
    CHECK(read.error().detail.find("t0ken") == String::npos);
    CHECK(read.error().detail.find("example") == String::npos);
  }
}

TEST_CASE("a quotation has [secret] in place of a repeated credential") {
  struct Case {
    std::string name;
    String text;
    String quoted;
  };
  const Case cases[] = {
      {"as it is", R"(a pa"ss/+w b)", "a [secret] b"},
      {"twice, side by side", R"(pa"ss/+wpa"ss/+w)", "[secret][secret]"},
      {"in JSON", R"({"sent":"pa\"ss/+w"})", R"({"sent":"[secret]"})"},
      {"in JSON with more escapes", R"("pa\u0022ss\/\u002Bw")", R"("[secret]")"},
      {"in a form", "password=pa%22ss%2F%2bw&x=1", "password=[secret]&x=1"},
      {"in JSON, as code points", R"("p\u00e4ss\ud83d\ude00 \tx")", R"("[secret]")"},
      {"in UTF-8", "p\xC3\xA4ss\xF0\x9F\x98\x80 \tx!", "[secret]!"},
      {"in a form, with a plus for the blank", "p=p%C3%A4ss%F0%9F%98%80+%09x&", "p=[secret]&"},
      {"in HTML", "<p>pa&quot;ss/+w</p>", "<p>[secret]</p>"},
      {"with escapes of its own", R"(100%25x\/ 100%2525x/)", "[secret] [secret]"},
      {"half a pair of surrogates", R"(p\u00e4ss\ud83d x)", R"(p\u00e4ss\ud83d x)"},
      {"the longer of two", "longer secret, longer", "[secret], [secret]"},
      {"a short one is left", "abc", "abc"},
      {"escapes that mean something else", R"(pa\u0122ss/+w pa%2Gss pa\)", R"(pa\u0122ss/+w pa%2Gss pa\)"},
      {"cut at the end", "%", "%"},
      {"where the quotation ends", String(196, 'x') + R"(pa"ss/+w and more)", String(196, 'x') + "[secret]"},
      {"behind that", String(200, 'x') + R"(pa"ss/+w)", String(200, 'x')},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    Response response = answer(500, one.text);
    response.secrets = {"abc", "longer", "longer secret", R"(pa"ss/+w)", "p\xC3\xA4ss\xF0\x9F\x98\x80 \tx", "100%25x/"};
    CHECK(quote(response, one.text) == one.quoted);
    CHECK(failed(response).detail == "500 application/json: " + one.quoted);
  }
}

TEST_CASE("each status has its error") {
  struct Case {
    int status;
    Code code;
    int retry_after;
    bool retryable;
  };
  const Case cases[] = {{400, Code::upstream_failed, 0, false}, {401, Code::upstream_denied, 0, false},
                        {403, Code::upstream_denied, 0, false}, {404, Code::upstream_failed, 0, false},
                        {408, Code::upstream_timeout, 0, true}, {429, Code::rate_limited, 7, true},
                        {500, Code::upstream_failed, 0, true},  {503, Code::upstream_failed, 7, true},
                        {504, Code::upstream_timeout, 0, true}};
  for (const Case& one : cases) {
    CAPTURE(one.status);
    Response response = answer(one.status, "body");
    response.add_header("Retry-After", "7");
    const Error error = failed(response, Source("elsewhere"));
    CHECK(error.code == one.code);
    CHECK(error.retry_after == one.retry_after);
    CHECK(error.retryable == one.retryable);
    CHECK(error.source == Source("elsewhere"));
    CHECK(failed(response).source == by_upstream);
    const String path = one.status == 404 ? "; the server does not know this path: check the backend's url" : "";
    CHECK(error.detail == std::to_string(one.status) + " application/json: body" + path);
    CHECK(error.message.find("body") == String::npos);
  }
}

}  // namespace parley::upstream
