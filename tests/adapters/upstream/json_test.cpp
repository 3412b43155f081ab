// Bodies that are JSON, nearly JSON, and not at all.
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

TEST_CASE("JSON is read, bytes that are no UTF-8 become U+FFFD") {
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

TEST_CASE("what is no JSON is upstream_failed, and the log is told what came") {
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
  CHECK(read_json(bad[1], document).error().detail.find("200 text/html: <html>  [31m") != String::npos);
}

TEST_CASE("a status becomes its error") {
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
    const Error error = failed(response, "rocketchat");
    CHECK(error.code == one.code);
    CHECK(error.retry_after == one.retry_after);
    CHECK(error.retryable == one.retryable);
    CHECK(error.source == "rocketchat");
    CHECK(error.detail == std::to_string(one.status) + " application/json: body");
    CHECK(error.message.find("body") == String::npos);
  }
}

}  // namespace parley::upstream
