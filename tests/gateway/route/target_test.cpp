// Targets of request lines, and hosts.
#include "gateway/route/target.hpp"

#include <doctest/doctest.h>

namespace parley::gateway::route {

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
      {"http://[::1]:80/a", true, "/a", "", "[::1]:80"},
      {"http:///a", false, "", "", ""},
      {"http://h:x/a", false, "", "", ""},
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

TEST_CASE("authorities") {
  for (const std::string_view good : {"h", "h.", "h:", "h:80", "h:99999", "a_b-c~1", "h%2e", "1.2.3.4:5", "[::1]",
                                      "[::1]:", "[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255]:80"}) {
    CAPTURE(good);
    CHECK(is_authority(good));
  }
  for (const std::string_view bad :
       {"",     ":",   ":80",    "h:x",     "h:80:80",   "h:8 0",  "u@h",        "h/", "h?",
        "h#",   "h\\", "h%",     "h%2",     "h%2g",      "a,b",    "a b",        "[",  "[]",
        "[::1", "::1", "[::1]x", "[::1]80", "[1.2.3.4]", "[v1.a]", "[::1%25lo]", "h]", "\xc3\xa9"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_authority(bad));
  }
  CHECK_FALSE(is_authority(std::string_view("h\0", 2)));
  CHECK_FALSE(is_authority(std::string_view("[::1\0]", 6)));
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

}  // namespace parley::gateway::route
