// Targets of request lines, and hosts.
#include "gateway/route/target.hpp"

#include <doctest/doctest.h>

namespace parley::gateway {

TEST_CASE("targets") {
  struct Case {
    std::string_view target;
    bool good;
    std::string_view path, query, authority;
  };
  const Case cases[] = {
      {"/", true, "/", "", ""},
      {"/a/b?c=d?e", true, "/a/b", "c=d?e", ""},
      {"/a?", true, "/a", "", ""},
      {"*", true, "", "", ""},
      {"http://h:8080/a?b", true, "/a", "b", "h:8080"},
      {"HTTPS://H", true, "/", "", "H"},
      {"http://h?a", true, "/", "a", "h"},
      {"//h/a", true, "//h/a", "", ""},
      {"http:///a", false, "", "", ""},
      {"http://user@h/a", false, "", "", ""},
      {"ftp://h/a", false, "", "", ""},
      {"a/b", false, "", "", ""},
      {"h:443", false, "", "", ""},
      {"", false, "", "", ""},
      {"/a#b", false, "", "", ""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.target);
    const auto target = parse_target(one.target);
    REQUIRE(target.has_value() == one.good);
    if (!target) continue;
    CHECK(target->path == one.path);
    CHECK(target->query == one.query);
    CHECK(target->authority == one.authority);
  }
}

TEST_CASE("hosts") {
  CHECK(host_of("h") == "h");
  CHECK(host_of("h:80") == "h");
  CHECK(host_of("h.:80") == "h");
  CHECK(host_of("[::1]:80") == "[::1]");
  CHECK(host_of("[::1]") == "[::1]");
  CHECK(host_of("[::1") == "[::1");
  CHECK(host_of("").empty());
}

}  // namespace parley::gateway
