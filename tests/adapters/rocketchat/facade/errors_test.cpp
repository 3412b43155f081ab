// Errors of other parts in the vendor's documents, in both profiles; headers of every answer.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

struct Rendered {
  const char* name;
  Method method;
  const char* path;
  Error error;
  int status;
  const char* body;
};

void check(const char* profile, std::initializer_list<Rendered> cases) {
  for (const Rendered& one : cases) {
    CAPTURE(profile);
    CAPTURE(one.name);
    Call call(profile, one.method, one.path);
    const http::Reply& reply = call.rendered(one.error);
    CHECK(reply.status == one.status);
    CHECK(reply.content_type == "application/json");
    CHECK(difference(one.body, text(reply)) == "");
  }
}

Error error(Code code, const char* message = "words of another part") { return {.code = code, .message = message}; }

}  // namespace

TEST_CASE("rocketchat errors: the documents of profile 8") {
  check(
      "8",
      {
          {"unknown token", Method::get, token_path, error(Code::no_such_visitor), 400,
           R"({"success":false,"error":"[invalid-token]","errorType":"invalid-token"})"},
          {"room of an unknown token", Method::get, room_path, error(Code::no_such_visitor), 400,
           R"({"success":false,"error":"invalid-token"})"},
          {"no such room", Method::get, room_path, error(Code::no_such_chat), 400,
           R"({"success":false,"error":"invalid-room"})"},
          {"another visitor's room", Method::get, room_path, error(Code::not_the_visitors_chat), 400,
           R"({"success":false,"error":"invalid-room"})"},
          {"not logged in: the page's example", Method::get, channels_path, error(Code::unauthorized), 401,
           R"({"status":"error","message":"You must be logged in to do this."})"},
          {"no permission", Method::get, channels_path, error(Code::forbidden), 403,
           R"({"success":false,"error":"User does not have the permissions required for this action [error-unauthorized]"})"},
          {"internal", Method::get, token_path, error(Code::internal), 500,
           R"({"success":false,"error":"Internal server error"})"},
          {"unavailable", Method::get, token_path, error(Code::unavailable), 503,
           R"({"success":false,"error":"Service unavailable, try again [error-service-unavailable]","errorType":"error-service-unavailable"})"},
          {"unsupported", Method::get, token_path, error(Code::unsupported_operation, "the store cannot"), 400,
           R"({"success":false,"error":"the store cannot [error-not-supported]","errorType":"error-not-supported"})"},
          {"too large", Method::post, visitor_path, error(Code::body_too_large, "over 1 MiB"), 413,
           R"({"success":false,"error":"over 1 MiB [error-request-too-large]","errorType":"error-request-too-large"})"},
          {"lossy", Method::get, token_path, error(Code::lossy, "cannot carry visitor.status"), 400,
           R"({"success":false,"error":"cannot carry visitor.status [error-lossy-answer]","errorType":"error-lossy-answer"})"},
          {"no body for visitor", Method::post, visitor_path, error(Code::missing_body), 400,
           R"({"success":false,"error":"Match error: Missing key 'visitor'"})"},
          {"no body for page.visited", Method::post, page_path, error(Code::missing_body), 400,
           R"({"success":false,"error":"must have required property 'token' [invalid-params]","errorType":"invalid-params"})"},
      });
}

TEST_CASE("rocketchat errors: the documents of profile 0.70") {
  check(
      "0.70",
      {
          {"unknown token: 200 without a visitor", Method::get, token_path, error(Code::no_such_visitor), 200,
           R"({"success":true})"},
          {"page of an unknown token", Method::post, page_path, error(Code::no_such_visitor), 400,
           R"({"isClientSafe":true,"error":"invalid-token","message":"[invalid-token]","errorType":"Meteor.Error","success":false})"},
          {"page of another visitor's room", Method::post, page_path, error(Code::not_the_visitors_chat), 400,
           R"({"isClientSafe":true,"error":"invalid-room","message":"[invalid-room]","errorType":"Meteor.Error","success":false})"},
          {"page of no room", Method::post, page_path, error(Code::no_such_chat), 400,
           R"({"isClientSafe":true,"error":"invalid-room","message":"[invalid-room]","errorType":"Meteor.Error","success":false})"},
          {"not logged in", Method::get, channels_path, error(Code::unauthorized), 401,
           R"({"status":"error","message":"You must be logged in to do this."})"},
          {"wrong method", Method::post, visitor_path, error(Code::method_not_allowed), 405,
           R"({"status":"error","message":"API endpoint does not exist"})"},
          {"unavailable", Method::get, token_path, error(Code::unavailable), 503,
           R"({"isClientSafe":true,"error":"error-service-unavailable","reason":"Service unavailable, try again","message":"Service unavailable, try again [error-service-unavailable]","errorType":"Meteor.Error","success":false})"},
      });
}

TEST_CASE("rocketchat errors: unknown paths and wrong methods") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    const auto served = facade(route(profile));
    OwnedRequest request(Method::get, "/api/v1/nothing");
    http::Reply reply;
    served->render({.code = Code::no_such_endpoint, .message = "no route"}, request.get(), reply);
    CHECK(reply.status == 404);
    CHECK(reply.content_type == "text/plain");
    CHECK(text(reply) == "404 Not Found");
    CHECK(header_of(reply, "Access-Control-Allow-Origin") == "*");
  }
  OwnedRequest request(Method::put, visitor_path);
  http::Reply today;
  const Error wrong_method{.code = Code::method_not_allowed, .message = "PUT", .detail = "POST"};
  facade(route("8"))->render(wrong_method, request.get(), today);
  CHECK(today.status == 404);
  CHECK(text(today) == "404 Not Found");
  http::Reply old;
  facade(route("0.70"))->render(wrong_method, request.get(), old);
  CHECK(old.status == 405);
  CHECK(header_of(old, "Allow") == "POST");
}

TEST_CASE("rocketchat errors: a CORS preflight is allowed") {
  OwnedRequest request(Method::options, visitor_path);
  request.header("Origin", "https://shop.example.com").header("Access-Control-Request-Method", "POST");
  http::Reply reply;
  facade(route())->render({.code = Code::method_not_allowed, .message = "OPTIONS", .detail = "POST"}, request.get(),
                          reply);
  CHECK(reply.status == 200);
  CHECK(reply.body.empty());
  CHECK(header_of(reply, "Access-Control-Allow-Origin") == "*");
  CHECK(header_of(reply, "Access-Control-Allow-Methods") == "GET, POST, PUT, DELETE, HEAD, PATCH");
  CHECK(header_of(reply, "Access-Control-Allow-Headers") ==
        "Origin, X-Requested-With, Content-Type, Accept, X-User-Id, X-Auth-Token, x-visitor-token, Authorization");
  http::Reply nowhere;
  facade(route())->render({.code = Code::no_such_endpoint}, request.get(), nowhere);
  CHECK(nowhere.status == 404);
}

TEST_CASE("rocketchat errors: headers of every answer") {
  const auto check_headers = [](const http::Reply& reply, const char* allowed) {
    CHECK(header_of(reply, "Cache-Control") == "no-store");
    CHECK(header_of(reply, "Pragma") == "no-cache");
    CHECK(header_of(reply, "Access-Control-Allow-Origin") == "*");
    CHECK(header_of(reply, "Access-Control-Allow-Headers") == allowed);
  };
  const char* today =
      "Origin, X-Requested-With, Content-Type, Accept, X-User-Id, X-Auth-Token, x-visitor-token, Authorization";
  const char* old = "Origin, X-Requested-With, Content-Type, Accept, X-User-Id, X-Auth-Token";
  Call call("8", Method::get, token_path);
  check_headers(call.rendered({.code = Code::no_such_visitor}), today);
  check_headers(call.encoded(Outcome(List<Channel>())), today);
  Call pimenta("0.70", Method::get, token_path);
  check_headers(pimenta.rendered({.code = Code::no_such_visitor}), old);
  check_headers(pimenta.encoded(Outcome(List<Channel>())), old);
}

TEST_CASE("rocketchat errors: a request of another vendor, on a route with emit") {
  // The endpoint belongs to the other facade.
  const contract::Endpoint foreign{.method = Method::get, .pattern = "/v4/livechat/visitors/:id"};
  OwnedRequest owned(Method::get, "/v4/livechat/visitors/x");
  http::Request request = owned.get();
  request.endpoint = &foreign;
  http::Reply reply;
  facade(route())->render({.code = Code::no_such_visitor}, request, reply);
  CHECK(text(reply) == R"({"success":false,"error":"[invalid-token]","errorType":"invalid-token"})");
  http::Reply missing;
  facade(route())->render({.code = Code::missing_body, .message = "a JSON body is required"}, request, missing);
  CHECK(text(missing) ==
        R"({"success":false,"error":"a JSON body is required [invalid-params]","errorType":"invalid-params"})");
}

}  // namespace parley::test::rocketchat
