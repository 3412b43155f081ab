// The route and endpoint of a request, and which facade renders a miss.
#include "gateway/route/router.hpp"

#include <doctest/doctest.h>

#include "gateway/runtime/mounting.hpp"
#include "tests/gateway/net/fake_vendor.hpp"

namespace parley::gateway::route {
namespace {

using http::Method;

config::Route route(String name, String host = {}, String prefix = {}, String profile = {}) {
  config::Route route;
  route.name = std::move(name);
  route.facade = "fake";
  route.host = std::move(host);
  route.prefix = std::move(prefix);
  route.profile = std::move(profile);
  route.backend = "store";
  return route;
}

Router make_router(const List<config::Route>& routes) {
  config::Settings settings = test::fake_settings();
  List<std::unique_ptr<Mount>> mounts;
  List<std::size_t> all;
  for (const config::Route& one : routes) {
    all.push_back(mounts.size());
    mounts.push_back(runtime::make_mount(settings, one, test::fake_adapters));
  }
  return Router(std::move(mounts), {all, {0}});
}

/// The result of a match: `name pattern [parameters]`, or `name! code (allowed)`.
String describe(const Router& router, Method method, std::string_view target_text, std::string_view host = "h",
                std::size_t listener = 0) {
  http::Request request;
  request.method = method;
  Parameters parameters;
  Found found;
  const auto target = parse_target(target_text);
  REQUIRE(target);
  const Result<void> result = router.match(listener, *target, host, request, parameters, found);
  String text = found.mount == nullptr ? "-" : found.mount->name;
  if (result) {
    text.append(" ").append(found.endpoint->endpoint->pattern);
    CHECK(request.endpoint == found.endpoint->endpoint);
    for (const String& parameter : request.parameters) text.append(" [").append(parameter).append("]");
    return text;
  }
  CHECK(found.endpoint == nullptr);
  CHECK(request.endpoint == nullptr);
  switch (result.error().code) {
    case Code::no_such_endpoint:
      return text + "! none";
    case Code::malformed_request:
      return text + "! malformed";
    case Code::method_not_allowed:
      return text + "! method (" + result.error().detail + ")";
    default:
      return text + "! other";
  }
}

}  // namespace

TEST_CASE("paths of one route") {
  const Router router = make_router({route("r")});
  struct Case {
    std::string_view target;
    std::string_view found;
    Method method = Method::get;
  };
  const Case cases[] = {
      {"/fake/visitors/7", "r /fake/visitors/:id [7]"},
      {"/fake/visitors/7", "r /fake/visitors/:id [7]", Method::head},
      {"/fake/visitors/7?a=b/c", "r /fake/visitors/:id [7]"},
      {"/fake/visitors/me", "r /fake/visitors/me"},
      {"/fake/visitors/a%20b", "r /fake/visitors/:id [a b]"},
      {"/fake/visitors/a+b", "r /fake/visitors/:id [a+b]"},
      {"/fake/visitors/a%2Fb", "r /fake/visitors/:id [a/b]"},
      {"/fake/visitors/%252F", "r /fake/visitors/:id [%2F]"},
      {"/fake/visitors/..", "r /fake/visitors/:id [..]"},
      {"/fake/visitors/%F0%9F%98%80", "r /fake/visitors/:id [\xF0\x9F\x98\x80]"},
      {"/fake/visitors/\xF0\x9F\x98\x80", "r /fake/visitors/:id [\xF0\x9F\x98\x80]"},
      {"/fake/acme/visitors/7", "r /fake/:domain/visitors/:id [acme] [7]"},
      {"/fake/chats:Search", "r /fake/chats:Search"},
      {"/fake/chats%3ASearch", "r /fake/chats:Search"},
      {"/f%61ke/break", "r /fake/break"},
      {"/fake/visitors/%", "r! malformed"},
      {"/fake/visitors/%zz", "r! malformed"},
      {"/fake/visitors/%4", "r! malformed"},
      {"/fake/visitors/%FF", "r! malformed"},
      {"/fake/visitors/%C0%AF", "r! malformed"},
      {"/fake/visitors/%ED%A0%80", "r! malformed"},
      {"/fake/visitors/\xFF", "r! malformed"},
      {"/elsewhere/%FF", "-! malformed"},
      {"/fake/visitors/", "r! none"},
      {"/fake/visitors//", "r! none"},
      {"/fake//visitors/7", "r! none"},
      {"/fake/visitors/7/", "r! none"},
      {"/fake/visitors/7/8", "r! none"},
      {"/fake/Visitors/7", "r! none"},
      {"/fake", "r! none"},
      {"/fake/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18", "r! none"},
      {"/FAKE/visitors/7", "-! none"},
      {"/fakeish", "-! none"},
      {"/", "-! none"},
      {"*", "-! none"},
      {"/fake/visitors/7", "r! method (GET, HEAD)", Method::post},
      {"/fake/visitors/me", "r! method (GET, HEAD)", Method::put},
      {"/fake/page", "r! method (POST)", Method::get},
      {"/fake/page", "r! method (POST)", Method::head},
      {"/fake/page", "r /fake/page", Method::post},
      {"/fake/page", "r! method (POST)", Method::options},
      {"/fake/page", "r! method (POST)", Method::other},
  };
  for (const Case& one : cases) {
    CAPTURE(one.target);
    CAPTURE(one.method);
    CHECK(describe(router, one.method, one.target) == one.found);
  }
}

TEST_CASE("a facade that ignores the case of paths") {
  const Router router = make_router({route("loud", {}, {}, "loud")});
  CHECK(describe(router, Method::get, "/FAKE/Visitors/AbC") == "loud /fake/visitors/:id [AbC]");
  CHECK(describe(router, Method::get, "/fake/visitors/7/") == "loud /fake/visitors/:id [7]");
  CHECK(describe(router, Method::get, "/fake/visitors/7//") == "loud! none");
  CHECK(describe(router, Method::get, "/fake/visitors/") == "loud! none");
  CHECK(describe(router, Method::get, "/Fake/nothing") == "loud! none");
}

TEST_CASE("a facade that accepts slashes at the beginning and the end") {
  const Router router = make_router({route("slashes", {}, {}, "slashes"), route("below", {}, "/crm", "slashes")});
  struct Case {
    std::string_view target;
    std::string_view found;
    std::string_view path;  ///< without the prefix
  };
  for (const Case& one : {
           Case{"/fake/visitors/7/", "slashes /fake/visitors/:id [7]", "/fake/visitors/7/"},
           Case{"//fake/visitors/7", "slashes /fake/visitors/:id [7]", "/fake/visitors/7"},
           Case{"///fake/visitors/7/", "slashes /fake/visitors/:id [7]", "/fake/visitors/7/"},
           Case{"//crm/fake/visitors/7", "below /fake/visitors/:id [7]", "/fake/visitors/7"},
           Case{"/crm//fake/visitors/7", "below! none", "//fake/visitors/7"},
           Case{"/fake//visitors/7", "slashes! none", "/fake//visitors/7"},
           Case{"/fake/visitors//7", "slashes! none", "/fake/visitors//7"},
           Case{"/fake/visitors/7//", "slashes! none", "/fake/visitors/7//"},
           Case{"//fake/visitors/", "slashes! none", "/fake/visitors/"},
           Case{"//fake/nothing", "slashes! none", "/fake/nothing"},
           Case{"//", "-! none", "//"},
           Case{"/", "-! none", "/"},
           Case{"//FAKE/visitors/7", "-! none", "//FAKE/visitors/7"},
       }) {
    CAPTURE(one.target);
    CHECK(describe(router, Method::get, one.target) == one.found);
    http::Request request;
    Parameters parameters;
    Found found;
    static_cast<void>(router.match(0, *parse_target(one.target), "h", request, parameters, found));
    CHECK(request.path == one.path);
  }
  CHECK(describe(make_router({route("r")}), Method::get, "//fake/visitors/7") == "-! none");
  CHECK(describe(make_router({route("loud", {}, {}, "loud")}), Method::get, "//fake/visitors/7") == "-! none");
}

TEST_CASE("hosts and prefixes") {
  const Router router = make_router({
      route("plain"),
      route("crm", {}, "/crm"),
      route("deep", {}, "/crm/v2"),
      route("host", "CRM.example.com"),
      route("host-crm", "crm.example.com", "/crm"),
      route("twin-a", {}, "/twin"),
      route("twin-b", {}, "/twin"),
  });
  struct Case {
    std::string_view target;
    std::string_view host;
    std::string_view found;
  };
  const Case cases[] = {
      {"/fake/break", "h", "plain /fake/break"},
      {"/crm/fake/break", "h", "crm /fake/break"},
      {"/crm/v2/fake/break", "h", "deep /fake/break"},
      {"/CRM/fake/break", "h", "-! none"},
      {"/crmx/fake/break", "h", "-! none"},
      {"/crm/nothing", "h", "crm! none"},
      {"/crm", "h", "crm! none"},
      {"/crm/v2/nothing", "h", "deep! none"},
      {"/fake/nothing", "h", "plain! none"},
      {"/twin/nothing", "h", "-! none"},
      {"/twin/fake/nothing", "h", "twin-a! none"},
      {"/fake/break", "crm.example.com", "host /fake/break"},
      {"/fake/break", "crm.EXAMPLE.com:8080", "host /fake/break"},
      {"/fake/break", "crm.example.com.", "host /fake/break"},
      {"/crm/fake/break", "crm.example.com", "host-crm /fake/break"},
      // If the host's own routes do not match, those for any host are tried.
      {"/crm/v2/fake/break", "crm.example.com", "deep /fake/break"},
      {"/fake/break", "www.crm.example.com", "plain /fake/break"},
      {"/fake/break", "", "plain /fake/break"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.target);
    CAPTURE(one.host);
    CHECK(describe(router, Method::get, one.target, one.host) == one.found);
  }
  // The second listener serves only the first route.
  CHECK(describe(router, Method::get, "/fake/break", "h", 1) == "plain /fake/break");
  CHECK(describe(router, Method::get, "/crm/fake/break", "h", 1) == "-! none");
}

TEST_CASE("the request's path is without the prefix") {
  const Router router = make_router({route("crm", {}, "/crm/x")});
  http::Request request;
  Parameters parameters;
  Found found;
  REQUIRE(router.match(0, *parse_target("/crm/x/fake/visitors/7"), "h", request, parameters, found).has_value());
  CHECK(request.path == "/fake/visitors/7");
}

}  // namespace parley::gateway::route
