// The search for a part of a text.
#include "schemas/ascii_search.hpp"

#include <doctest/doctest.h>

#include <random>

#include "schemas/ascii.hpp"

namespace parley {

TEST_CASE("ascii search: finds a part of a text, ignoring the case of ASCII letters") {
  using ascii::contains_ignoring_case;
  CHECK(contains_ignoring_case("Ann Example", "ann"));
  CHECK(contains_ignoring_case("Ann Example", "EXAMPLE"));
  CHECK(contains_ignoring_case("192.168.2.128", "168.2"));
  CHECK(contains_ignoring_case("aab", "ab"));
  CHECK(contains_ignoring_case("text", ""));
  CHECK(contains_ignoring_case("", ""));
  CHECK(!contains_ignoring_case("", "a"));
  CHECK(!contains_ignoring_case("Ann", "anna"));
  CHECK(!contains_ignoring_case("\xc3\x89", "\xc3\xa9"));  // the case of other letters counts
  CHECK(!contains_ignoring_case("@", "`"));                // 32 apart, but not letters
  CHECK(!contains_ignoring_case("[", "{"));
}

TEST_CASE("ascii search: finds the same as a comparison at every offset") {
  std::mt19937 random(20261130);  // NOLINT: a fixed seed, so that the cases are always the same
  constexpr std::string_view bytes = "aAbB1@`[{";
  const auto made = [&](std::size_t most) {
    String text;
    for (std::size_t size = random() % (most + 1); size > 0; --size) text += bytes[random() % bytes.size()];
    return text;
  };
  std::size_t found = 0;
  for (int i = 0; i < 20'000; ++i) {
    const String text = made(12);
    const String part = made(3);
    bool expected = false;
    for (std::size_t at = 0; at + part.size() <= text.size(); ++at) {
      expected |= ascii::lower(text).substr(at, part.size()) == ascii::lower(part);
    }
    CAPTURE(text);
    CAPTURE(part);
    REQUIRE(ascii::contains_ignoring_case(text, part) == expected);
    found += expected;
  }
  CHECK(found > 1000);
  CHECK(found < 19'000);
}

}  // namespace parley
