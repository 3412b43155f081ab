// Lists in headers (RFC 9110, 5.6.1), read from both ends.
#include "adapters/http/header_list.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace parley;

TEST_CASE("header lists: empty members are skipped, from both ends") {
  using Members = std::vector<std::string>;
  const struct {
    const char* name;
    const char* value;
    Members members;
  } cases[] = {
      {"one", "a", {"a"}},
      {"several", "a, b,c", {"a", "b", "c"}},
      {"blanks and tabs around them", " \ta\t ,\t b ", {"a", "b"}},
      {"the standard's three", "foo ,bar,", {"foo", "bar"}},
      {"the standard's empty ones", "foo , ,bar,charlie", {"foo", "bar", "charlie"}},
      {"a comma first", ",a", {"a"}},
      {"a comma last", "a,", {"a"}},
      {"nothing", "", {}},
      {"a comma", ",", {}},
      {"commas and blanks", " , \t, ", {}},
      {"blanks inside stay", "1.1 a, 1.0 b (c)", {"1.1 a", "1.0 b (c)"}},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    Members from_left;
    http::HeaderList forward(one.value);
    while (const auto member = forward.next()) from_left.emplace_back(*member);
    CHECK(from_left == one.members);
    Members from_right;
    http::HeaderList backward(one.value);
    while (const auto member = backward.last()) from_right.emplace_back(*member);
    std::reverse(from_right.begin(), from_right.end());
    CHECK(from_right == one.members);
  }
}
