// Errors in Comm100's style.
#include <doctest/doctest.h>

#include "adapters/comm100/facade/facade.hpp"
#include "tests/support/json.hpp"
#include "tests/support/requests.hpp"

namespace {
using namespace parley;

String rendered(const Error& error, http::Reply& reply) {
  comm100::render_error(error, nullptr, "Bearer realm=\"comm100\"", reply);
  return String(reply.body.view());
}
}  // namespace

TEST_CASE("comm100: status, code and text of errors") {
  const struct {
    Error error;
    const char* body;
  } cases[] = {
      {{.code = Code::missing_field, .message = "Parameter 'timeFrom' is required."},
       R"({"code":400000,"message":"Parameter 'timeFrom' is required."})"},
      {{.code = Code::missing_field}, R"({"code":400000,"message":"A parameter is required."})"},
      {{.code = Code::unauthorized, .message = "secret talk"},
       R"({"code":401000,"message":"The access token or API key is missing or invalid."})"},
      {{.code = Code::no_such_visitor, .message = "x"}, R"({"code":404000,"message":"The visitor does not exist."})"},
      {{.code = Code::unsupported_media},
       R"({"code":415000,"message":"The request body must be sent as Content-Type: application/json."})"},
      {{.code = Code::internal, .message = "at line 7 of store.cpp"},
       R"({"code":500000,"message":"An internal error occurred."})"},
      {{.code = Code::malformed_request, .message = "bad \xff byte"},
       R"({"code":400000,"message":"The request is malformed."})"},
      {{.code = Code::invalid_field, .message = "a \"quote\""}, R"({"code":400000,"message":"a \"quote\""})"},
  };
  for (const auto& one : cases) {
    http::Reply reply;
    CHECK(rendered(one.error, reply) == one.body);
    CHECK(reply.content_type == "application/json; charset=utf-8");
    CHECK(reply.status * 1000 == std::stoi(test::parse(one.body).find("code")->text));
  }
}

TEST_CASE("comm100: the headers that go with some errors") {
  http::Reply reply;
  rendered({.code = Code::unauthorized}, reply);
  CHECK(test::header_of(reply, "WWW-Authenticate") == R"(Bearer realm="comm100")");
  rendered({.code = Code::method_not_allowed, .detail = "GET, PUT"}, reply);
  CHECK(test::header_of(reply, "Allow") == "GET, PUT");
  CHECK(test::header_of(reply, "WWW-Authenticate") == "");
  rendered({.code = Code::unavailable}, reply);
  CHECK(test::header_of(reply, "Retry-After") == "1");
}
